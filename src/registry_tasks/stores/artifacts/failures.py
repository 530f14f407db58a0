"""What the operating system says of the folder of an object remote, in the registry's words."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from registry_tasks.entities.errors import RemoteMissing, StoreIoFailed
from registry_tasks.stores.failures import writing


@contextmanager
def using_remote(root: Path) -> Iterator[None]:
    """Translate as ``writing`` does, but for all that may mean that the folder is away.

    Raises: DiskFull, StoreReadOnly, RemoteMissing.
    """
    try:
        with writing(root):
            yield
    except StoreIoFailed as error:
        raise RemoteMissing(error.url, error.reason) from error
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
