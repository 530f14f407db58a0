"""What people annotate: a model by its name, or a version by a reference."""

import re
from typing import Final

_UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def names_version(text: str) -> bool:
    """Whether a text is written as a reference to a version, and not as the name of a model."""
    return "@" in text or ":" in text or _UUID.fullmatch(text.lower()) is not None
