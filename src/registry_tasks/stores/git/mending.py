"""Put refs of ours back where they belong, and clear away lock files that nobody holds."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from registry_tasks.stores.git.lock import locked
from registry_tasks.stores.git.program import git
from registry_tasks.stores.git.refs import Tag, create_ref, create_tag, list_refs

_OURS: Final = ("refs/tags", "refs/registry")


def point_ref(common_dir: Path, name: str, commit: str) -> None:
    """Make a ref lead to ``commit``, wherever it led before. Raises MalformedName."""
    _remove_unless(common_dir, name, commit)
    create_ref(common_dir, name, commit)


def point_tag(common_dir: Path, tag: Tag) -> None:
    """Make an annotated tag anew, wherever it led before. Raises MalformedName."""
    _remove_unless(common_dir, f"refs/tags/{tag.name}", tag.commit)
    create_tag(common_dir, tag)


def stale_locks(common_dir: Path, before: float) -> Iterator[Path]:
    """Give lock files on tags and refs of ours that are older than a time (seconds since 1970)."""
    for folder in _OURS:
        for path in sorted((common_dir / folder).rglob("*.lock")):
            if _is_stale(path, before):
                yield path


def remove_stale(common_dir: Path, path: Path, before: float) -> None:
    """Remove a lock file if it is still as old; no Git of ours writes meanwhile."""
    with locked(common_dir):
        if _is_stale(path, before):
            path.unlink(missing_ok=True)


def _remove_unless(common_dir: Path, name: str, commit: str) -> None:
    with locked(common_dir) as lock:
        (common_dir / f"{name}.lock").unlink(missing_ok=True)  # a dead one's: we hold our lock
        if list_refs(common_dir, name).get(name) not in (None, commit):
            git(common_dir, "update-ref", "--no-deref", "-d", name, lock=lock)


def _is_stale(path: Path, before: float) -> bool:
    try:
        return path.stat().st_mtime < before
    except FileNotFoundError:
        return False
