"""Driver errors become the registry's own at the border of the store."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import registry_tasks.entities.errors as e

IMMUTABLE = "immutable: "  # how the triggers begin their message
_LITTLE_BYTES: Final = 1 << 20  # with less free, SQLite's side files cannot be relied on to grow


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


@contextmanager
def committing() -> Iterator[None]:
    """Say of a connection that is lost during COMMIT that its outcome is not known."""
    try:
        yield
    except Exception as error:
        known = _translate("", getattr(error, "orig", None) or error)
        if not isinstance(known, e.StoreUnreachable):
            raise
        raise _Lost(known.reason) from error


class _Lost(Exception):
    """On its way to ``translated``, which knows the store's address."""


def refused_value(error: Exception) -> str | None:
    """Say why PostgreSQL cannot keep a value (a NUL, NaN in JSON, a key too long for an index)."""
    if not type(error).__module__.startswith("psycopg"):
        return None
    state = getattr(error, "sqlstate", None)
    if (state or "").startswith(("22", "54")) or (state is None and _is_data_error(error)):
        return str(error).partition("\n")[0]
    return None


def _is_data_error(error: Exception) -> bool:
    return any(kind.__name__ == "DataError" for kind in type(error).__mro__)


def _translate(url: str, error: BaseException) -> e.RegistryError | None:
    said = str(error)
    if isinstance(error, _Lost):
        return e.CommitUnknown(url, said)
    if type(error).__module__ == "sqlalchemy.exc" and type(error).__name__ == "TimeoutError":
        return e.StoreTimeout(url, "every connection of this process is in use")
    if IMMUTABLE in said:
        return e.Immutable(said.partition(IMMUTABLE)[2].splitlines()[0])
    if isinstance(error, sqlite3.Error):
        return _translate_sqlite(url, error)
    if type(error).__module__.startswith("psycopg"):  # loaded by then, and only then
        return _translate_postgresql(url, error)
    return None


def _translate_sqlite(url: str, error: sqlite3.Error) -> e.RegistryError | None:
    said = str(error)
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
            return e.DiskFull(url) if _is_full(url) else e.StoreReadOnly(url)
        case sqlite3.SQLITE_IOERR:  # also when the file of shared memory cannot grow
            return e.DiskFull(url) if _is_full(url) else e.StoreIoFailed(url, said)
    return None


def _is_full(url: str) -> bool:
    from registry_tasks.stores.metadata import sqlite

    path = sqlite.path_of(url)
    try:
        disk = None if path is None else os.statvfs(path.parent)
    except OSError:  # the folder itself cannot be asked
        return False
    return disk is not None and disk.f_bavail * disk.f_frsize < _LITTLE_BYTES


def _translate_postgresql(url: str, error: BaseException) -> e.RegistryError | None:
    said = " ".join(str(error).split())
    match getattr(error, "sqlstate", None):  # PostgreSQL's appendix A
        case "55P03":
            return e.StoreLocked(url)
        case "57014" | "25P03":  # a statement too long, a transaction idle too long
            return e.StoreTimeout(url, said)
        case "40001" | "40P01":  # not serialisable, dead-locked
            return e.StoreConflict(url)
        case "25006":
            return e.StoreReadOnly(url)
        case "42501":
            return e.StoreForbidden(url, said)
        case "53100":
            return e.DiskFull(url)
        case "XX001" | "XX002":  # a damaged page or index
            return e.StoreCorrupt(url, said)
        case str() as state if state.startswith(("08", "28", "3D", "53", "57P")):
            return e.StoreUnreachable(url, said)
        case None if type(error).__name__ == "ProgrammingError":  # libpq knows no such option
            return e.InvalidSetting("REGISTRY_STORE", url, said)
        case None if type(error).__name__ in ("OperationalError", "ConnectionTimeout"):
            return e.StoreUnreachable(url, said)
    return None
