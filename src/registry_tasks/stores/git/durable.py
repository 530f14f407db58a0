"""Make what Git wrote outlive a loss of power: Git syncs its files, but never their folders."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from registry_tasks.entities.errors import ProgramFailed
from registry_tasks.stores.folders import sync_folder

MARK_FILE: Final = "registry-settled"
CLOCK_FILE: Final = "registry-clock"
_SETTLED_S: Final = 600  # what is older the kernel has long written by itself
_COARSE_S: Final = 0.1  # how far the times of a file system lag behind


def settle(common_dir: Path, refs: Iterable[str]) -> None:
    """Sync the folders of objects, then those of some refs, given by their full names.

    In this order, so that no ref outlives what it leads to. Objects that did not change since this
    was last done, and what did not change for minutes, are left alone. Raises: ProgramFailed.
    """
    try:
        _settle(common_dir, refs)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ProgramFailed("fsync", error.filename or str(common_dir), reason) from error


def _settle(common_dir: Path, refs: Iterable[str]) -> None:
    objects, mark = common_dir / "objects", common_dir / MARK_FILE
    clock = common_dir / CLOCK_FILE
    clock.touch()
    began = clock.stat().st_mtime  # by the file system's own clock, as all that is compared
    long_ago = began - _SETTLED_S
    since = max(long_ago, _time_of(mark, began) - _COARSE_S)
    ways = [Path(ref).parents for ref in refs]
    folders = {common_dir / part for way in ways for part in way if part != Path()}
    for folder in (*objects.iterdir(), objects):
        _sync_if_changed(folder, since)
    for folder in sorted(folders, reverse=True):
        _sync_if_changed(folder, long_ago)
    mark.touch()
    os.utime(mark, (began, began))  # what changes from here on is for the next time


def _time_of(mark: Path, now: float) -> float:
    """Return when this was last done, long ago if the clock was put back since."""
    try:
        at = mark.stat().st_mtime
    except FileNotFoundError:
        return 0.0
    return at if at <= now else 0.0


def _sync_if_changed(folder: Path, since: float) -> None:
    try:
        if folder.is_dir() and folder.stat().st_mtime >= since:
            sync_folder(folder)
    except FileNotFoundError:  # Git removes folders that became empty
        return
