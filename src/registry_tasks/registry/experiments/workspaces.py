"""Working copies of their own for runs, held by a lock so that a dead run's copy is found."""

import fcntl
import logging
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from uuid import uuid4

from registry_tasks.entities.errors import RegistryError
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.failures import writing
from registry_tasks.stores.folders import make_folder, sync_folder
from registry_tasks.stores.git.worktrees import add_worktree, clone, remove_worktree

_LOCK = ".lock"
_log = logging.getLogger(__name__)


class Held:
    """The name of a workspace, which this process holds until it lets go or dies."""

    def __init__(self, folder: Path, descriptor: int) -> None:
        self.folder = folder
        self._descriptor, self._stays = descriptor, False

    def leave(self) -> None:
        """Let the name stay when it is released: whoever tidies up next ends what it stands for."""
        self._stays = True

    def release(self) -> None:
        """Let go, and leave nothing behind; forgetting it is no release."""
        try:
            if not self._stays:
                _lock(self.folder).unlink(missing_ok=True)
        except OSError as error:  # which must not hide why somebody lets go
            _log.warning("%s stays until somebody tidies up: %s", _lock(self.folder), error)
        finally:
            os.close(self._descriptor)


@contextmanager
def hold(registry: Registry, name: str) -> Iterator[Held]:
    """Hold the name of a workspace; the operating system lets go when this process dies."""
    held = take(registry, name)
    try:
        yield held
    finally:
        held.release()


def take(registry: Registry, name: str) -> Held:
    """Take the name of a workspace, once nobody holds it."""
    folder = folder_of(registry, name)
    lock = _lock(folder)
    with writing(lock.parent):
        make_folder(lock.parent)
        while True:
            descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            held = Held(folder, descriptor)
            if _is_file(descriptor, lock):
                try:  # a run that begins now is found dead by its name after a power loss
                    sync_folder(lock.parent)
                except OSError:
                    held.release()
                    raise
                return held
            os.close(descriptor)  # a sweeper saw the file before we had locked it, and removed it


@contextmanager
def worktree(registry: Registry, held: Held, commit: str) -> Iterator[Path]:
    """A linked worktree of the project at a commit, removed on leaving."""
    with _cleared(held, partial(remove_worktree, registry.repository)):
        add_worktree(registry.repository, held.folder, commit)
        yield held.folder


@contextmanager
def fresh_clone(registry: Registry, name: str, commit: str) -> Iterator[Path]:
    """A clone that shares nothing with the checkout but Git's history, removed on leaving."""
    with hold(registry, name) as held, _cleared(held, _remove):
        clone(registry.repository, held.folder, commit)
        yield held.folder


@contextmanager
def scratch(registry: Registry) -> Iterator[Path]:
    """An empty folder, removed on leaving."""
    with hold(registry, f"scratch-{uuid4()}") as held, _cleared(held, _remove):
        held.folder.mkdir()
        yield held.folder


def folder_of(registry: Registry, name: str) -> Path:
    """Return where a workspace is, or was."""
    return _folder(registry) / name


def dead_workspaces(registry: Registry) -> tuple[str, ...]:
    """Name the workspaces whose processes died before they could tidy up."""
    return tuple(name for name in _names(registry) if _is_free(_lock(folder_of(registry, name))))


def is_left(registry: Registry, name: str) -> bool:
    """Whether anything of a workspace is on disk."""
    return name in _names(registry)


def is_held(registry: Registry, name: str) -> bool:
    """Whether a living process works in a workspace of this machine."""
    return is_left(registry, name) and not _is_free(_lock(folder_of(registry, name)))


def remove_dead(registry: Registry, end: Callable[[str], None]) -> tuple[str, ...]:
    """Remove dead workspaces, worktrees and clones alike; returns their names.

    ``end`` is called with each name first, while nobody else can hold or sweep it.
    """

    def remove(name: str) -> None:
        end(name)
        if repository := registry.find_repository():  # a logged run may have none
            remove_worktree(repository, folder_of(registry, name))
        _lock(folder_of(registry, name)).unlink(missing_ok=True)

    with writing(_folder(registry)):
        names = _names(registry)
        return tuple(
            n for n in names if _try_lock(_lock(folder_of(registry, n)), partial(remove, n))
        )


@contextmanager
def _cleared(held: Held, remove: Callable[[Path], None]) -> Iterator[None]:
    """Clear a workspace on leaving. What a disk does to it meanwhile is told in our own words."""
    with writing(held.folder):
        try:
            yield
        finally:
            try:
                remove(held.folder)
            except (OSError, RegistryError) as error:  # which must not hide why it is left
                held.leave()
                _log.warning("%s stays until somebody tidies up: %s", held.folder, error)


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)


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


def _lock(folder: Path) -> Path:
    return folder.with_name(folder.name + _LOCK)
