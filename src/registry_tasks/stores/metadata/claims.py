"""Claims: names that one process at a time may hold over a store, and that go with the process.

They guard no data: what is written is safe without them. They tell whether somebody is at work.
"""

import fcntl
import os
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from registry_tasks.stores.failures import writing
from registry_tasks.stores.folders import make_folder
from registry_tasks.stores.metadata import sqlite

FOLDER: Final = "claims"
_SECONDS_TO_NOTICE: Final = 30
_LASTING: Final = sa.text(
    "SELECT set_config(s.name, wanted.value, true) FROM pg_settings s JOIN (VALUES "
    "('idle_in_transaction_session_timeout', '0'), ('transaction_timeout', '0'), "
    f"('tcp_keepalives_idle', '{_SECONDS_TO_NOTICE}'), ('tcp_keepalives_interval', '10'), "
    "('tcp_keepalives_count', '3')) AS wanted (name, value) ON wanted.name = s.name"
)
"""A claim may last for hours, and its transaction holds nothing else; ``transaction_timeout`` is
younger than some servers. A machine that vanished is noticed by silence on the line."""

Release = Callable[[], None]


def claim(url: str, engine: Callable[[], sa.Engine], name: str) -> Release | None:
    """Take a name and return how to let go of it; None if somebody holds it.

    The operating system or the server lets go for a process that died.
    """
    path = sqlite.path_of(url)
    return _lock(engine(), name) if path is None else _lock_file(path.parent / FOLDER / _file(name))


def _lock(engine: sa.Engine, name: str) -> Release | None:
    """Take PostgreSQL's lock in a transaction that stays open, which connection pools respect."""
    connection = engine.connect().execution_options(isolation_level="READ COMMITTED")
    key = int.from_bytes(sha256(f"claim {name}".encode()).digest()[:8], signed=True)
    try:
        connection.execute(_LASTING)
        is_ours = connection.scalar(sa.select(sa.func.pg_try_advisory_xact_lock(key)))
    except BaseException:
        connection.close()
        raise
    if not is_ours:
        connection.close()
        return None

    def release() -> None:
        with suppress(sa.exc.DBAPIError):  # it was lost meanwhile, and the claim with it
            connection.close()

    return release


def _lock_file(path: Path) -> Release | None:
    with writing(path.parent):
        make_folder(path.parent)
        while True:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(descriptor)
                return None
            if _is_file(descriptor, path):
                break
            os.close(descriptor)  # its holder removed it before we had locked it

    def release() -> None:
        with suppress(OSError):  # an empty file that stays is in nobody's way
            path.unlink()
        os.close(descriptor)

    return release


def _file(name: str) -> str:
    return f"{sha256(name.encode()).hexdigest()[:32]}.lock"


def _is_file(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False
