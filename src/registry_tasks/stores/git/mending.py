"""Put refs of ours back where they belong, and clear away lock files that nobody holds."""

import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from registry_tasks.stores.git.lock import is_held, locked
from registry_tasks.stores.git.program import git
from registry_tasks.stores.git.refs import Tag, create_ref, create_tag, list_refs

_OURS: Final = ("refs/tags", "refs/registry")
_STALE_S: Final = 600  # no Git, of ours or of others, writes a ref for so long


def point_ref(common_dir: Path, name: str, commit: str) -> None:
    """Make a ref lead to ``commit``, wherever it led before. Raises MalformedName."""
    _remove_unless(common_dir, name, commit)
    create_ref(common_dir, name, commit)


def point_tag(common_dir: Path, tag: Tag) -> None:
    """Make an annotated tag anew, wherever it led before. Raises MalformedName."""
    _remove_unless(common_dir, f"refs/tags/{tag.name}", tag.commit)
    create_tag(common_dir, tag)


def stale_locks(common_dir: Path) -> Iterator[Path]:
    """Give lock files on tags and refs of ours that no living Git holds.

    Ours hold our lock as long as they live; of others only the age of the file tells.
    """
    found = [path for folder in _OURS for path in sorted((common_dir / folder).rglob("*.lock"))]
    if not found or is_held(common_dir):
        return
    for path in found:
        if _is_stale(path):
            yield path


def remove_stale(common_dir: Path, path: Path) -> None:
    """Remove a lock file if it is still stale; no Git of ours writes meanwhile."""
    with locked(common_dir):
        if _is_stale(path):
            path.unlink(missing_ok=True)


def remove_locks(common_dir: Path, patterns: Iterable[str]) -> int:
    """Remove the lock files of refs that only we write; returns how many there were.

    Whoever calls this holds our lock, so that none of them is a living Git's.
    """
    found = [path for pattern in patterns for path in common_dir.glob(f"{pattern}.lock")]
    for path in found:
        path.unlink(missing_ok=True)
    return len(found)


def _remove_unless(common_dir: Path, name: str, commit: str) -> None:
    with locked(common_dir) as lock:
        (common_dir / f"{name}.lock").unlink(missing_ok=True)  # a dead one's: we hold our lock
        if list_refs(common_dir, name).get(name) not in (None, commit):
            git(common_dir, "update-ref", "--no-deref", "-d", name, lock=lock)


def _is_stale(path: Path) -> bool:
    """Compare it with a file that is made beside it now: no clock but the file system's counts.

    One that is of the future is as old: that clock was put back since.
    """
    try:
        with tempfile.TemporaryFile(dir=path.parent) as now:
            age_s = os.fstat(now.fileno()).st_mtime - path.stat().st_mtime
    except (FileNotFoundError, PermissionError):  # it is gone, or not ours to remove
        return False
    return abs(age_s) > _STALE_S
