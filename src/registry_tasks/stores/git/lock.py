"""The lock around every write to refs and worktree data that all checkouts share.

A killed Git leaves ``*.lock`` files behind that block whoever comes next. Here the kernel keeps
the lock, and it is inherited by each Git child: it is free only when nobody writes any more, so
that its next holder may remove lock files that Git left behind.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from registry_tasks.entities.errors import ProgramFailed
from registry_tasks.stores.failures import writing

LOCK_FILE = "registry.lock"


def is_held(common_dir: Path) -> bool:
    """Whether somebody writes right now; leaves no trace."""
    try:
        descriptor = os.open(common_dir / LOCK_FILE, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    else:
        return False
    finally:
        os.close(descriptor)


@contextmanager
def quiet(common_dir: Path) -> Iterator[None]:
    """Hold off whoever writes while something is looked at; leaves no trace."""
    try:
        descriptor = os.open(common_dir / LOCK_FILE, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:  # nobody of ours has ever written
        yield
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def locked(common_dir: Path) -> Iterator[int]:
    """Wait for the lock of a repository and hold it; gives the descriptor for Git children.

    Raises: ProgramFailed if there is no place for it; DiskFull, StoreReadOnly and StoreIoFailed for
    what a disk says to the holder.
    """
    try:
        descriptor = os.open(common_dir / LOCK_FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ProgramFailed("flock", str(common_dir / LOCK_FILE), reason) from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        with writing(common_dir):
            yield descriptor
    finally:
        os.close(descriptor)
