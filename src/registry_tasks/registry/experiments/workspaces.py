"""Working copies of their own for runs, held by a lock so that a dead run's copy is found."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

from registry_tasks.registry.registry import Registry
from registry_tasks.stores.folders import make_folder, sync_folder
from registry_tasks.stores.git.worktrees import add_worktree, clone, remove_worktree

_LOCK = ".lock"


@contextmanager
def worktree(registry: Registry, name: str, commit: str) -> Iterator[Path]:
    """A linked worktree of the project at a commit, removed on leaving."""
    folder = _folder(registry) / name
    with hold(registry, name):
        try:
            add_worktree(registry.repository, folder, commit)
            yield folder
        finally:
            remove_worktree(registry.repository, folder)


@contextmanager
def fresh_clone(registry: Registry, name: str, commit: str) -> Iterator[Path]:
    """A clone that shares nothing with the checkout but Git's history, removed on leaving."""
    folder = _folder(registry) / name
    with hold(registry, name):
        try:
            clone(registry.repository, folder, commit)
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def scratch(registry: Registry) -> Iterator[Path]:
    """An empty folder, removed on leaving."""
    name = f"scratch-{uuid4()}"
    folder = _folder(registry) / name
    with hold(registry, name):
        try:
            folder.mkdir()
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def hold(registry: Registry, name: str) -> Iterator[None]:
    """Hold the name of a workspace; the operating system lets go when this process dies."""
    held = take(registry, name)
    try:
        yield
    finally:
        held.release()


class Held(NamedTuple):
    """A name that this process holds until it is released or dies; forgetting it is no release."""

    lock: Path
    descriptor: int

    def release(self) -> None:
        """Let go, and leave nothing behind."""
        self.lock.unlink(missing_ok=True)
        os.close(self.descriptor)


def take(registry: Registry, name: str) -> Held:
    """Take the name of a workspace, once nobody holds it."""
    lock = _lock(registry, name)
    make_folder(lock.parent)
    while True:
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        if _is_file(descriptor, lock):
            sync_folder(lock.parent)  # a run that begins now is found dead by it after a power loss
            return Held(lock, descriptor)
        os.close(descriptor)  # a sweeper saw the file before we had locked it, and removed it


def leave(registry: Registry, name: str) -> None:
    """Leave an empty workspace for the next sweep to find."""
    make_folder(_folder(registry) / name)


def folder_of(registry: Registry, name: str) -> Path:
    """Return where a workspace is, or was."""
    return _folder(registry) / name


def dead_workspaces(registry: Registry) -> tuple[str, ...]:
    """Name the workspaces whose processes died before they could tidy up."""
    return tuple(name for name in _names(registry) if _is_free(_lock(registry, name)))


def is_left(registry: Registry, name: str) -> bool:
    """Whether anything of a workspace is on disk."""
    return name in _names(registry)


def is_held(registry: Registry, name: str) -> bool:
    """Whether a living process works in a workspace of this machine."""
    return is_left(registry, name) and not _is_free(_lock(registry, name))


def remove_dead(registry: Registry, end: Callable[[str], None]) -> tuple[str, ...]:
    """Remove dead workspaces, worktrees and clones alike; returns their names.

    ``end`` is called with each name first, while nobody else can hold or sweep it.
    """

    def remove(name: str) -> None:
        end(name)
        if repository := registry.find_repository():  # a logged run may have none
            remove_worktree(repository, _folder(registry) / name)
        _lock(registry, name).unlink(missing_ok=True)

    names = _names(registry)
    return tuple(n for n in names if _try_lock(_lock(registry, n), partial(remove, n)))


def _names(registry: Registry) -> list[str]:
    folder = _folder(registry)
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted({path.name.removesuffix(_LOCK) for path in found})


def _try_lock(lock: Path, act: Callable[[], None]) -> bool:
    """Do ``act`` under a lock that nobody holds; False if somebody does."""
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if not _is_file(descriptor, lock):
            return False
        act()
    except BlockingIOError:
        return False
    else:
        return True
    finally:
        os.close(descriptor)


def _is_free(lock: Path) -> bool:
    """Whether nobody holds a lock; leaves no trace."""
    try:
        descriptor = os.open(lock, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return _is_file(descriptor, lock)
    except BlockingIOError:
        return False
    finally:
        os.close(descriptor)


def _is_file(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


def _folder(registry: Registry) -> Path:
    return registry.settings.workspaces


def _lock(registry: Registry, name: str) -> Path:
    return _folder(registry) / (name + _LOCK)
