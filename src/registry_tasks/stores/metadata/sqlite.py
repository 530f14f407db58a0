"""SQLite as the registry wants it: WAL, synced, one writer at a time that waits its turn."""

from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

_PREFIX: Final = "sqlite:///"
BUSY_TIMEOUT_S: Final = 10
WAL_BYTES: Final = 1 << 24  # it grows while somebody reads for long, and is cut back after that
PRAGMAS: Final = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # an acknowledged commit survives a power cut
    "PRAGMA foreign_keys=ON",
    f"PRAGMA journal_size_limit={WAL_BYTES}",
)


def path_of(url: str) -> Path | None:
    """Return the file behind a SQLite URL, None for another database."""
    return Path(url.removeprefix(_PREFIX)) if url.startswith(_PREFIX) else None


def absolute(url: str) -> str:
    """Return a URL that names the same file from every folder; other databases stay as they are."""
    path = path_of(url)
    return url if path is None else f"{_PREFIX}{path.absolute()}"


def engine(url: str) -> sa.Engine:
    """Make an engine whose transactions begin as the caller's purpose asks.

    The driver's own BEGIN is deferred, and two deferred writers dead-lock into "database is
    locked"; so the driver begins nothing, and writers begin IMMEDIATE.
    """
    database = sa.URL.create("sqlite", database=str(path_of(url)))  # a path may hold ? and %
    made = sa.create_engine(database, connect_args={"timeout": BUSY_TIMEOUT_S})

    @sa.event.listens_for(made, "connect")
    def configure(connection: Any, record: object) -> None:
        connection.isolation_level = None
        for pragma in PRAGMAS:
            connection.execute(pragma)

    @sa.event.listens_for(made, "begin")
    def begin(connection: sa.Connection) -> None:
        writing = connection.get_execution_options().get("writing", False)
        driver: Any = connection.connection.driver_connection  # ten times as fast as through it
        driver.execute("BEGIN IMMEDIATE" if writing else "BEGIN")

    return made
