"""SQL by hand through either road: SQLAlchemy's connection, or the bare driver.

Reading one version is what serving does all day, so it must not pay for importing and calling
SQLAlchemy; the same statements run inside a verb's transaction.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence, Sized
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from registry_tasks.entities.errors import StoreMissing
from registry_tasks.stores.metadata.driver_errors import translated
from registry_tasks.stores.metadata.schema import check_schema

if TYPE_CHECKING:
    import sqlalchemy as sa

_CACHE_KIB: Final = 16_384
"""Of pages a connection keeps, as it comes to read them: a search goes back to many."""

Rows: TypeAlias = Sequence[Any]
Query: TypeAlias = Callable[[str, tuple[Any, ...]], Rows]
"""Runs a statement with ``?`` placeholders and returns all its rows."""


def through(connection: "sa.Connection") -> Query:
    """Query inside the transaction of a connection, which begins here if it has not yet."""
    if connection.dialect.name == "sqlite":
        if not connection.in_transaction():
            connection.begin()
        driver: Any = connection.connection.driver_connection
        return lambda statement, values: driver.execute(statement, values).fetchall()

    def query(statement: str, values: tuple[Any, ...]) -> Rows:
        return connection.exec_driver_sql(statement.replace("?", "%s"), values).fetchall()

    return query


def marks(values: Sized) -> str:
    """Return a placeholder for each value."""
    return ", ".join("?" * len(values))


def read_document(found: Any) -> Any:
    """Return an object of JSON, or None, as it was written: SQLite's driver gives text."""
    return json.loads(found) if isinstance(found, str) else found


class Bare:
    """A SQLite store through nothing but the driver, for reading only; itself a ``Query``.

    For one thread at a time. Raises: StoreMissing, SchemaOlder, SchemaNewer, StoreCorrupt.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        path = Path(url.removeprefix("sqlite:///")).absolute()
        if not path.exists():
            raise StoreMissing(url)
        with translated(url):
            self._connection = sqlite3.connect(
                f"{path.as_uri()}?mode=rw", uri=True, isolation_level=None, check_same_thread=False
            )
            try:
                self._connection.execute("PRAGMA query_only=ON")
                self._connection.execute(f"PRAGMA cache_size=-{_CACHE_KIB}")
                check_schema(self._connection.cursor(), url)
            except BaseException:
                self._connection.close()
                raise

    def __call__(self, statement: str, values: tuple[Any, ...]) -> Rows:
        return self._connection.execute(statement, values).fetchall()

    @contextmanager
    def snapshot(self) -> Iterator[Query]:
        """Let several statements see one state of the store."""
        with translated(self._url):
            self._connection.execute("BEGIN")
            try:
                yield self
            finally:
                self._connection.execute("ROLLBACK")

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()
