"""The version people read: major, minor and patch say what kind of change made it."""

import re
from enum import StrEnum
from typing import NamedTuple, Self

_TEXT = re.compile(r"v?(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})")


class Bump(StrEnum):
    """Which part of the semantic version moved."""

    FIRST = "first"
    MAJOR = "major"
    MINOR = "minor"
    PATCH = "patch"


class SemanticVersion(NamedTuple):
    """Ordered as Semantic Versioning 2.0.0 orders versions without pre-release parts."""

    major: int
    minor: int
    patch: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``v1.2.0`` or ``1.2.0``. Raises ValueError."""
        found = _TEXT.fullmatch(text)
        if not found:
            raise ValueError(f"{text!r} is not a semantic version like v1.2.0")
        return cls(*map(int, found.groups()))

    def __str__(self) -> str:
        return f"v{self.major}.{self.minor}.{self.patch}"
