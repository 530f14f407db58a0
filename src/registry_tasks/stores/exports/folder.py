"""A folder that appears whole or not at all: filled beside its place, synced, renamed.

A writer holds a lock on what it fills. The kernel drops it with the process, so that what a dead
writer left can be told from what is being filled.
"""

import errno
import fcntl
import glob
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from registry_tasks.entities.errors import FolderTaken
from registry_tasks.stores.folders import make_folder, sync_folder

_SUFFIX: Final = ".unfinished"
_THERE: Final = frozenset({errno.EEXIST, errno.ENOTEMPTY, errno.ENOTDIR})


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """Give a folder to fill, which becomes ``target`` at the end. Raises FolderTaken, OSError."""
    if os.path.lexists(target):
        raise FolderTaken(str(target))
    make_folder(target.parent)
    _sweep(target)
    filling, lock = _begin(target)
    try:
        yield filling
        os.fsync(lock)
        _rename(filling, target)
        sync_folder(target.parent)
    finally:
        shutil.rmtree(filling, ignore_errors=True)  # it is swept by the next one otherwise
        os.close(lock)


def _begin(target: Path) -> tuple[Path, int]:
    while True:
        filling = target.parent / f".{target.name}-{os.getpid()}-{uuid.uuid4().hex}{_SUFFIX}"
        filling.mkdir()
        lock = os.open(filling, os.O_RDONLY | os.O_DIRECTORY)
        fcntl.flock(lock, fcntl.LOCK_EX)
        if filling.exists():
            return filling, lock
        os.close(lock)  # swept between making and locking it


def _rename(filling: Path, target: Path) -> None:
    try:
        filling.rename(target)
    except OSError as error:
        if error.errno in _THERE:  # somebody was quicker
            raise FolderTaken(str(target)) from error
        raise


def _sweep(target: Path) -> None:
    """Remove what writers of this folder that died left behind."""
    for path in target.parent.glob(f".{glob.escape(target.name)}-*{_SUFFIX}"):
        try:
            lock = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
        except FileNotFoundError:
            continue
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(path)
        except BlockingIOError:  # its writer is alive
            continue
        finally:
            os.close(lock)
