"""Working copies of their own for runs, held by a lock so that a dead run's copy is found."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from registry_tasks.registry.registry import Registry
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
def hold(registry: Registry, name: str) -> Iterator[None]:
    """Hold the name of a workspace; the operating system lets go when this process dies."""
    lock = _folder(registry) / (name + _LOCK)
    lock.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        lock.unlink(missing_ok=True)
        os.close(descriptor)


def dead_workspaces(registry: Registry) -> tuple[str, ...]:
    """Name the workspaces whose processes died before they could tidy up."""
    folder = _folder(registry)
    if not folder.is_dir():
        return ()
    names = {path.name.removesuffix(_LOCK) for path in folder.iterdir()}
    return tuple(sorted(name for name in names if not _is_held(folder / (name + _LOCK))))


def remove_workspace(registry: Registry, name: str) -> None:
    """Remove a dead workspace, worktree or clone."""
    remove_worktree(registry.repository, _folder(registry) / name)
    (_folder(registry) / (name + _LOCK)).unlink(missing_ok=True)


def _folder(registry: Registry) -> Path:
    return registry.settings.state / "workspaces"


def _is_held(lock: Path) -> bool:
    try:
        descriptor = os.open(lock, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    else:
        return False
    finally:
        os.close(descriptor)
