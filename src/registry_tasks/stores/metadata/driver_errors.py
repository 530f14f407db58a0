"""Driver errors become the registry's own at the border of the store."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import registry_tasks.entities.errors as e

IMMUTABLE = "immutable: "  # how the triggers begin their message


@contextmanager
def translated(url: str) -> Iterator[None]:
    """Translate what the driver raises within, whether or not SQLAlchemy wrapped it."""
    try:
        yield
    except Exception as error:
        known = _translate(url, getattr(error, "orig", None) or error)
        if known is None:
            raise
        raise known from error


def _translate(url: str, error: BaseException) -> e.RegistryError | None:
    said = str(error)
    if IMMUTABLE in said:
        return e.Immutable(said.partition(IMMUTABLE)[2].splitlines()[0])
    if not isinstance(error, sqlite3.Error):
        return None
    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF  # without the extended part
    match code:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return e.StoreLocked(url)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return e.StoreReadOnly(url)
        case sqlite3.SQLITE_FULL:
            return e.DiskFull(url)
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return e.StoreCorrupt(url, said)
        case sqlite3.SQLITE_CANTOPEN:
            return e.StoreReadOnly(url)
        case sqlite3.SQLITE_IOERR:
            return e.StoreCorrupt(url, said)
    return None
