"""SQL by hand through either road: SQLAlchemy's connection, or the bare driver.

Reading one version is what serving does all day, so it must not pay for importing and calling
SQLAlchemy; the same statements run inside a verb's transaction.
"""

import sqlite3
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from registry_tasks.entities.errors import StoreMissing
from registry_tasks.stores.metadata.driver_errors import translated
from registry_tasks.stores.metadata.schema import check_schema

if TYPE_CHECKING:
    import sqlalchemy as sa

Rows: TypeAlias = Sequence[Any]
Query: TypeAlias = Callable[[str, tuple[Any, ...]], Rows]
"""Runs a statement with ``?`` placeholders and returns all its rows."""


def through(connection: "sa.Connection") -> Query:
    """Query inside a transaction that is open already."""
    placeholder = "%s" if connection.dialect.paramstyle in ("pyformat", "format") else "?"

    def query(statement: str, values: tuple[Any, ...]) -> Rows:
        text = statement.replace("?", placeholder)
        return connection.exec_driver_sql(text, values).fetchall()

    return query


def bare(url: str) -> Query:
    """Query a SQLite store with nothing but the driver; for reading only.

    Raises: StoreMissing, SchemaOlder, SchemaNewer, StoreCorrupt.
    """
    path = url.removeprefix("sqlite:///")
    with translated(url):
        try:
            connection = sqlite3.connect(
                f"file:{path}?mode=rw", uri=True, isolation_level=None, check_same_thread=False
            )
        except sqlite3.OperationalError:
            raise StoreMissing(url) from None
        connection.execute("PRAGMA query_only=ON")
        check_schema(connection.cursor(), url)

    def query(statement: str, values: tuple[Any, ...]) -> Rows:
        with translated(url):
            return connection.execute(statement, values).fetchall()

    return query
