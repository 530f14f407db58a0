"""The door to the database: reading, writing, migrating."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from errno import ENOSPC
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from registry_tasks.entities.errors import DiskFull, StoreMissing, StoreNotEmpty, StoreReadOnly
from registry_tasks.stores.folders import make_folder
from registry_tasks.stores.metadata import claims, postgresql, sqlite
from registry_tasks.stores.metadata.copying import is_empty
from registry_tasks.stores.metadata.driver_errors import committing, translated
from registry_tasks.stores.metadata.moving import check_in_use
from registry_tasks.stores.metadata.schema import check_schema


@dataclass
class Transaction:
    """One change in the making: a connection, who makes it, and its one point in time."""

    connection: sa.Connection
    actor: str
    at: datetime = field(default_factory=lambda: datetime.now(UTC))

    def commit(self) -> None:
        """Make the change; the last line of a verb's ``with`` block."""
        with committing():
            self.connection.commit()


class MetadataStore:
    """A store by URL: ``sqlite:///<path>`` or ``postgresql+psycopg://...``.

    ``admit`` looks at a view of it, once, before anything else does, and raises for whom it does
    not let in.
    """

    def __init__(self, url: str, admit: Callable[[sa.Connection], None] | None = None) -> None:
        self._url, self._admit = url, admit
        self._path = sqlite.path_of(url)
        self.url = postgresql.without_password(url)  # as messages show it

    def check(self) -> None:
        """Open it, unless it is open. Raises as ``reading``, and what ``admit`` raises."""
        self._require()
        with translated(self.url):
            _ = self._checked

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Open a consistent view. Raises StoreMissing, SchemaOlder, SchemaNewer."""
        self._require()
        with translated(self.url), self._checked.connect() as connection:
            yield _one_view(connection)

    @contextmanager
    def reading_all(self) -> Iterator[sa.Connection]:
        """Open a view as ``reading`` does, whose statements may take as long as they need."""
        with self.reading() as connection:
            yield _with_time(connection)

    @contextmanager
    def writing(self, actor: str) -> Iterator[Transaction]:
        """Open the one transaction of a verb; leaving without ``commit`` rolls back.

        A store that does not exist yet is made. Raises StoreLocked, StoreReadOnly, DiskFull,
        StoreMovedAway.
        """
        self._make()
        with translated(self.url), self._checked.connect() as connection:
            take_turn(connection)
            check_schema(_cursor(connection), self.url)  # it may have been migrated since
            check_in_use(connection, self.url)
            yield Transaction(connection, actor)

    def migrate(self, permit: Callable[[sa.Connection], None] = lambda _: None) -> None:
        """Bring the store to the newest schema, making it if need be; safe to run twice.

        ``permit`` looks at it first, whatever schema it has, and raises for who may not.
        """
        from registry_tasks.stores.metadata.migrations.run import upgrade

        with self._changing_schema() as connection:
            permit(connection)
            upgrade(connection)
            connection.commit()

    @contextmanager
    def halted(self, actor: str) -> Iterator[Transaction]:
        """Open one big change of a store that is there, while all other writers wait.

        One that was moved is let through: it is about moving. Raises as ``reading``.
        """
        self._require()
        with translated(self.url), self._checked.connect() as connection:
            _with_time(take_turn(connection))
            check_schema(_cursor(connection), self.url)
            yield Transaction(connection, actor)

    @contextmanager
    def receiving(self, actor: str) -> Iterator[Transaction]:
        """Open the one transaction that makes this store, tables and all, from another one's rows.

        Raises: StoreNotEmpty, SchemaNewer, StoreCorrupt if the database belongs to others.
        """
        from registry_tasks.stores.metadata.migrations.run import upgrade

        with self._changing_schema() as connection:
            upgrade(connection)
            if not is_empty(connection):
                raise StoreNotEmpty(self.url)
            yield Transaction(connection, actor)

    @contextmanager
    def claimed(self, name: str) -> Iterator[bool]:
        """Hold a name of the store within, which is there or not; False if somebody holds it.

        Raises: StoreUnreachable, StoreReadOnly.
        """
        release = self.claim(name)
        try:
            yield release is not None
        finally:
            if release is not None:
                release()

    def claim(self, name: str) -> claims.Release | None:
        """Hold a name until it is released or this process ends; None if somebody holds it."""
        with translated(self.url):
            return claims.claim(self._url, lambda: self._engine, name)

    def close(self) -> None:
        """Close pooled connections."""
        if "_engine" in self.__dict__:
            self._engine.dispose()

    @contextmanager
    def _changing_schema(self) -> Iterator[sa.Connection]:
        if path := self._path:
            try:
                make_folder(path.parent)
                path.touch(0o600)
            except OSError as error:
                unusable = DiskFull if error.errno == ENOSPC else StoreReadOnly
                raise unusable(str(path.parent)) from error
        with translated(self.url), self._engine.connect() as connection:
            yield _with_time(take_turn(connection))

    def _exists(self) -> bool:
        if self._path is None:
            return True
        try:
            return os.stat(self._path).st_size > 0
        except (OSError, ValueError):
            return self._path.exists()

    def _make(self) -> None:
        """Make the store unless it is there; a process may have died while making it."""
        try:
            self.check()
        except StoreMissing:
            self.migrate()

    def _require(self) -> None:
        if not self._exists():
            raise StoreMissing(self.url)

    @cached_property
    def _engine(self) -> sa.Engine:
        if self._path is not None:
            return sqlite.engine(self._url)
        return postgresql.engine(self._url)

    @cached_property
    def _checked(self) -> sa.Engine:
        with self._engine.connect() as connection:
            check_schema(_cursor(connection), self.url)
            if self._admit is not None:
                self._admit(connection)
        return self._engine


def _one_view(connection: sa.Connection) -> sa.Connection:
    """Let all statements see one state; SQLite's transactions do so anyway."""
    return postgresql.one_view(connection) if _is_postgresql(connection) else connection


def take_turn(connection: sa.Connection) -> sa.Connection:
    """Begin a writer's transaction once it is its turn: writers queue.

    So the order of transactions is also the order of their times.
    """
    connection = connection.execution_options(writing=True)
    if _is_postgresql(connection):
        postgresql.take_turn(connection)
    else:
        connection.begin()
    return connection


def _with_time(connection: sa.Connection) -> sa.Connection:
    """Let a big change take as long as it needs; SQLite sets it no limit."""
    if _is_postgresql(connection):
        postgresql.take_time(connection)
    return connection


def _is_postgresql(connection: sa.Connection) -> bool:
    return connection.dialect.name == "postgresql"


def _cursor(connection: sa.Connection) -> Any:
    return connection.connection.cursor()
