"""How long an operation on an object may take, all its requests and retries together."""

import time
from typing import Final

SLOWEST_BYTES_S: Final = 1 << 20
"""A slower line needs a longer REGISTRY_S3_DEADLINE."""


class Deadline:
    """The moment by which an operation ends, one way or the other."""

    def __init__(self, seconds: float, *, size_bytes: int = 0) -> None:
        self.base_s = seconds
        self.seconds = seconds + size_bytes / SLOWEST_BYTES_S
        self._start = time.monotonic()

    def left(self) -> float:
        """Return the seconds left, never less than none."""
        return max(0.0, self.seconds - self.spent())

    def spent(self) -> float:
        """Return the seconds since the operation began."""
        return time.monotonic() - self._start

    def attempt(self, size_bytes: int) -> float:
        """Return the seconds that one request may take, so that a hung one leaves time for more."""
        return min(self.left(), self.base_s / 4 + size_bytes / SLOWEST_BYTES_S)
