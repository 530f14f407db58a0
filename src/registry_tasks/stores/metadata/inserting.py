"""Insert and update rows by statements that are put together once.

A verb writes into ten tables. SQLAlchemy's own way to a statement takes SQLite's many times over, so
there the bare driver gets what SQLAlchemy made of the statement and of its columns' types before.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

Row = Mapping[str, Any]
_Process = Callable[[Any], Any]
_DIALECT: Final = "sqlite"


class _Prepared(NamedTuple):
    insert: str
    columns: tuple[str, ...]
    processed: tuple[tuple[int, _Process], ...]

    def values(self, row: Row) -> list[Any]:
        values = [row[name] for name in self.columns]
        for place, process in self.processed:
            values[place] = process(values[place])
        return values


def insert_many(connection: sa.Connection, table: sa.Table, rows: Sequence[Row]) -> None:
    """Insert rows that name the same columns; there may be none."""
    if not rows:
        return
    if connection.dialect.name != _DIALECT:
        connection.execute(sa.insert(table), rows)
        return
    prepared = _prepared(table, tuple(rows[0]))
    _driver(connection).executemany(prepared.insert, map(prepared.values, rows))


def insert_missing(connection: sa.Connection, table: sa.Table, rows: Sequence[Row]) -> None:
    """Insert those rows whose key is not there yet."""
    if not rows:
        return
    if connection.dialect.name != _DIALECT:
        connection.execute(postgresql.insert(table).on_conflict_do_nothing(), rows)
        return
    prepared = _prepared(table, tuple(rows[0]))
    _driver(connection).executemany(_unless_there(table, prepared), map(prepared.values, rows))


def insert_one(connection: sa.Connection, table: sa.Table, row: Row) -> int:
    """Insert a row into a table that numbers its rows; returns the number."""
    key = table.autoincrement_column
    assert key is not None  # the caller knows its table
    if connection.dialect.name != _DIALECT:
        made: int = connection.execute(sa.insert(table).returning(key), row).scalar_one()
        return made
    prepared = _prepared(table, tuple(row))
    number: int = _driver(connection).execute(prepared.insert, prepared.values(row)).lastrowid
    return number


def update_one(connection: sa.Connection, table: sa.Table, key: Row, row: Row) -> bool:
    """Change columns of the row with a key; returns whether there is one."""
    if connection.dialect.name != _DIALECT:
        same = (table.c[name] == value for name, value in key.items())
        return connection.execute(sa.update(table).where(*same).values(row)).rowcount > 0
    prepared, which = _prepared(table, tuple(row)), _prepared(table, tuple(key))
    changes = ", ".join(f'"{name}" = ?' for name in prepared.columns)
    found = " AND ".join(f'"{name}" = ?' for name in which.columns)
    sql = f'UPDATE "{table.name}" SET {changes} WHERE {found}'
    changed: int = (
        _driver(connection).execute(sql, (*prepared.values(row), *which.values(key))).rowcount
    )
    return changed > 0


def put_one(connection: sa.Connection, table: sa.Table, key: Row, row: Row) -> None:
    """Change columns of the row with a key, or insert it if there is none."""
    if not update_one(connection, table, key, row):
        insert_many(connection, table, [{**key, **row}])


def _unless_there(table: sa.Table, prepared: _Prepared) -> str:
    """Look before: a trigger refuses whatever conflicts, also what would then do nothing."""
    places = {name: f"?{place}" for place, name in enumerate(prepared.columns, start=1)}
    same = " AND ".join(f'"{key.name}" = {places[key.name]}' for key in table.primary_key)
    into = prepared.insert.partition(" VALUES ")[0]
    found = f'SELECT 1 FROM "{table.name}" WHERE {same}'
    return f"{into} SELECT {', '.join(places.values())} WHERE NOT EXISTS ({found})"


def _driver(connection: sa.Connection) -> Any:
    return connection.connection.driver_connection


@lru_cache(maxsize=256)
def _prepared(table: sa.Table, names: tuple[str, ...]) -> _Prepared:
    dialect = SQLiteDialect_pysqlite()
    quoted = dialect.identifier_preparer
    columns = [table.c[name] for name in names]
    into = ", ".join(quoted.format_column(column) for column in columns)
    sql = (
        f"INSERT INTO {quoted.format_table(table)} ({into}) VALUES ({', '.join('?' * len(names))})"
    )
    processes = (c.type.dialect_impl(dialect).bind_processor(dialect) for c in columns)
    processed = ((place, made) for place, made in enumerate(processes) if made is not None)
    return _Prepared(sql, names, tuple(processed))
