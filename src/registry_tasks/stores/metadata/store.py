"""The door to the database: reading, writing, migrating."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from registry_tasks.entities.errors import StoreMissing, StoreReadOnly
from registry_tasks.stores.metadata import sqlite
from registry_tasks.stores.metadata.driver_errors import translated
from registry_tasks.stores.metadata.schema import check_schema

WRITERS_LOCK = 0x7265_6769  # key of PostgreSQL's advisory lock: writers queue, as in SQLite


@dataclass
class Transaction:
    """One change in the making: a connection, who makes it, and its one point in time."""

    connection: sa.Connection
    actor: str
    at: datetime = field(default_factory=lambda: datetime.now(UTC))

    def commit(self) -> None:
        """Make the change; the last line of a verb's ``with`` block."""
        self.connection.commit()


class MetadataStore:
    """A store by URL: ``sqlite:///<path>`` or ``postgresql+psycopg://...``."""

    def __init__(self, url: str) -> None:
        self.url = url

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Open a consistent view. Raises StoreMissing, SchemaOlder, SchemaNewer."""
        self._require()
        with translated(self.url), self._checked.connect() as connection:
            yield _one_view(connection)

    @contextmanager
    def writing(self, actor: str) -> Iterator[Transaction]:
        """Open the one transaction of a verb; leaving without ``commit`` rolls back.

        A store that does not exist yet is made. Raises StoreLocked, StoreReadOnly, DiskFull.
        """
        self._make()
        with translated(self.url), self._checked.connect() as connection:
            yield Transaction(take_turn(connection), actor)

    def migrate(self) -> None:
        """Bring the store to the newest schema, making it if need be; safe to run twice."""
        from registry_tasks.stores.metadata.migrations.run import upgrade

        if path := sqlite.path_of(self.url):
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
            except OSError:
                raise StoreReadOnly(str(path.parent)) from None
        with translated(self.url), self._engine.connect() as connection:
            upgrade(take_turn(connection))
            connection.commit()

    def close(self) -> None:
        """Close pooled connections."""
        if "_engine" in self.__dict__:
            self._engine.dispose()

    def _exists(self) -> bool:
        path = sqlite.path_of(self.url)
        return path is None or (path.exists() and path.stat().st_size > 0)

    def _make(self) -> None:
        """Make the store unless it is there; a process may have died while making it."""
        try:
            self._require()
            with translated(self.url):
                _ = self._checked
        except StoreMissing:
            self.migrate()

    def _require(self) -> None:
        if not self._exists():
            raise StoreMissing(self.url)

    @cached_property
    def _engine(self) -> sa.Engine:
        return sqlite.engine(self.url) if sqlite.path_of(self.url) else sa.create_engine(self.url)

    @cached_property
    def _checked(self) -> sa.Engine:
        with self._engine.connect() as connection:
            check_schema(_cursor(connection), self.url)
        return self._engine


def _one_view(connection: sa.Connection) -> sa.Connection:
    """Let all statements see one state; SQLite's transactions do so anyway."""
    if connection.dialect.name == "postgresql":
        return connection.execution_options(isolation_level="REPEATABLE READ")
    return connection


def take_turn(connection: sa.Connection) -> sa.Connection:
    """Begin a writer's transaction: writers queue, on SQLite by its lock, else by an advisory one.

    It has begun when this returns, so that times taken in it follow the order of the changes.
    """
    connection = connection.execution_options(writing=True)
    connection.begin()
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(WRITERS_LOCK)))
    return connection


def _cursor(connection: sa.Connection) -> Any:
    return connection.connection.cursor()
