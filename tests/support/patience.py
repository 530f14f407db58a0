"""Wait for what another process or thread does."""

import time
from collections.abc import Callable
from typing import Final, TypeVar

PATIENCE_S: Final = 300.0
"""Long, for machines that have much to do; whatever comes about is seen at once."""
Seen = TypeVar("Seen")


def until(look: Callable[[], Seen]) -> Seen:
    """Return the first true thing that a look finds."""
    deadline = time.monotonic() + PATIENCE_S
    while not (found := look()):
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.05)
    return found
