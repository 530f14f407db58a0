"""The one place that turns what the operating system says into the registry's words."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from registry_tasks.entities.errors import DiskFull, StoreIoFailed, StoreReadOnly

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_READ_ONLY = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_FAILED = frozenset({errno.EIO, errno.ESTALE})


@contextmanager
def writing(place: Path) -> Iterator[None]:
    """Translate what can go wrong below ``place``.

    Raises: DiskFull, StoreReadOnly, StoreIoFailed; OSError for what is no fault of a disk.
    """
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise DiskFull(str(place)) from error
        if error.errno in _READ_ONLY:
            raise StoreReadOnly(str(place)) from error
        if error.errno in _FAILED:
            raise StoreIoFailed(str(place), error.strerror or str(error)) from error
        raise
