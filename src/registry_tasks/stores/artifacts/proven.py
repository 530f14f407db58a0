"""Proven: files that were hashed and not written to since, so that many parts cost one hashing."""

import time
from pathlib import Path
from typing import Final, NamedTuple

SETTLED_NS: Final = 2_000_000_000
"""A file that changed less long ago may change again without its times telling."""
_MANY: Final = 1024


class Look(NamedTuple):
    """What a file system says of a file; nobody can set when it was changed."""

    inode: int
    size_bytes: int
    modified_ns: int
    changed_ns: int


class Proven:
    """Files by their path, which says their SHA-256; for one process, and for as long as it runs."""

    def __init__(self) -> None:
        self._known: dict[Path, Look] = {}

    def holds(self, path: Path) -> bool:
        """Whether a file is as it was when it was proven."""
        known = self._known.get(path)
        return known is not None and known == look_at(path)

    def remember(self, path: Path, look: Look | None) -> None:
        """Remember that a file was proven which looked so before it was read."""
        if look is None or time.time_ns() - look.changed_ns < SETTLED_NS:
            return
        if len(self._known) >= _MANY:
            self._known.clear()
        self._known[path] = look


def look_at(path: Path) -> Look | None:
    """Return what the file system says of a file, None if there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return Look(found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
