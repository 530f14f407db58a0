"""Read whole rows by statements that are put together once.

As ``inserting`` does for writing: on SQLite the bare driver answers, and what SQLAlchemy knows of the
columns' types makes values of it.
"""

from collections import namedtuple
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final, NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from registry_tasks.stores.metadata.query import through

_DIALECT: Final = "sqlite"


class _Prepared(NamedTuple):
    select: str
    processed: tuple[tuple[int, Callable[[Any], Any]], ...]
    row: Callable[..., Any]


def find_one(connection: sa.Connection, table: sa.Table, key: str, value: Any) -> Any | None:
    """Return the row whose column ``key``, which is unique, has this value; its fields are columns."""
    if connection.dialect.name != _DIALECT:
        return connection.execute(sa.select(table).where(table.c[key] == value)).one_or_none()
    prepared = _prepared(table, key)
    rows = through(connection)(prepared.select, (value,))
    if not rows:
        return None
    (found,) = rows
    values = list(found)
    for place, process in prepared.processed:
        values[place] = process(values[place])
    return prepared.row(*values)


@lru_cache(maxsize=64)
def _prepared(table: sa.Table, key: str) -> _Prepared:
    dialect = SQLiteDialect_pysqlite()
    names = [column.name for column in table.c]
    shown = ", ".join(f'"{name}"' for name in names)
    processes = (c.type.dialect_impl(dialect).result_processor(dialect, None) for c in table.c)
    return _Prepared(
        f'SELECT {shown} FROM "{table.name}" WHERE "{key}" = ?',
        tuple((place, made) for place, made in enumerate(processes) if made is not None),
        namedtuple(table.name, names),
    )
