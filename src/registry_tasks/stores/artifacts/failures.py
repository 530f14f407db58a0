"""The one place that turns what the operating system says into the registry's words."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from registry_tasks.entities.errors import DiskFull, RemoteMissing, StoreReadOnly

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_READ_ONLY = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


@contextmanager
def writing(place: Path) -> Iterator[None]:
    """Translate what can go wrong below ``place``. Raises DiskFull, StoreReadOnly, OSError."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise DiskFull(str(place)) from error
        if error.errno in _READ_ONLY:
            raise StoreReadOnly(str(place)) from error
        raise


@contextmanager
def using_remote(root: Path) -> Iterator[None]:
    """Translate the same for the object remote, and all the rest to RemoteMissing."""
    try:
        with writing(root):
            yield
    except OSError as error:
        raise RemoteMissing(str(root), error.strerror or str(error)) from error


@contextmanager
def reading_remote(root: Path) -> Iterator[None]:
    """Translate what hinders reading to RemoteMissing; that a file is not there passes as it is."""
    try:
        yield
    except FileNotFoundError:
        raise
    except OSError as error:
        raise RemoteMissing(str(root), error.strerror or str(error)) from error
