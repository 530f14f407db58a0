"""Copy a whole store between databases of any kind, and prove that the copy is the same."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final, NamedTuple

import sqlalchemy as sa

from registry_tasks.entities.errors import CopyDiffers, NotStorable
from registry_tasks.entities.run import RunStatus
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.driver_errors import refused_value

_LINE: Final = re.compile(r"COPY \w+, line (\d+)")
_BATCH: Final = 2000
_BATCH_OF_DOCUMENTS: Final = 100  # of which each may have a megabyte
TABLES: Final = tuple(table for table in t.metadata.sorted_tables if table is not t.moved)
"""What a store holds; where it was moved to is said of one database only."""
Row = tuple[Any, ...]
_RUN_ID: Final = list(t.run.c.keys()).index("id")
_RUN_STATUS: Final = list(t.run.c.keys()).index("status")


class Content(NamedTuple):
    """What a table holds: how many rows, and SHA-256 over all of them in order of their keys."""

    rows: int
    sha256: str


def copy_store(source: sa.Connection, target: sa.Connection) -> dict[str, Content]:
    """Copy every row of ``source`` into ``target``; returns what each table holds.

    Both have the newest schema, ``target`` no row; ``source`` shows one state throughout. Whoever
    calls commits, and only then is there anything in ``target``. Raises CopyDiffers when a table
    that is read back is not the same.
    """
    receiver = Receiver(target)
    copied = {table.name: _copy(table, source, receiver) for table in TABLES}
    receiver.finish(copied)
    return copied


def digest_store(connection: sa.Connection) -> dict[str, Content]:
    """Return what each table holds: equal in two stores exactly if all their rows are equal."""
    found = {}
    for table in TABLES:
        digest = Digest(table)
        for batch in read(table, connection):
            digest.add(batch)
        found[table.name] = digest.content()
    return found


def is_empty(connection: sa.Connection) -> bool:
    """Tell whether no table holds a row."""
    return not any(
        connection.execute(sa.select(sa.literal(1)).select_from(table).limit(1)).first()
        for table in t.metadata.sorted_tables
    )


class Receiver:
    """Takes the rows of a whole store into one that has none, table by table as they are sorted."""

    def __init__(self, target: sa.Connection) -> None:
        self._target = target
        self._ended: dict[str, list[int]] = {}

    def write(self, table: sa.Table, rows: list[Row]) -> None:
        """Write rows whose JSON is the text that is kept."""
        if table is t.run:
            rows = [self._as_running(row) for row in rows]
        _write(table, self._target, rows)

    def finish(self, expected: dict[str, Content]) -> None:
        """End what is to be ended, and read all of it back. Raises CopyDiffers."""
        for status, run_ids in self._ended.items():
            for start in range(0, len(run_ids), _BATCH):
                some = t.run.c.id.in_(run_ids[start : start + _BATCH])
                self._target.execute(sa.update(t.run).where(some).values(status=status))
        go_on_counting(self._target)
        found = digest_store(self._target)
        for name, content in expected.items():
            if found[name] != content:
                raise CopyDiffers(name, _told(content), _told(found[name]))

    def _as_running(self, row: Row) -> Row:
        """Nothing can be added to a run that has ended, so all of them end when all is there."""
        run_id, status = row[_RUN_ID], row[_RUN_STATUS]
        if status == RunStatus.RUNNING:
            return row
        self._ended.setdefault(status, []).append(run_id)
        return (*row[:_RUN_STATUS], str(RunStatus.RUNNING), *row[_RUN_STATUS + 1 :])


class Digest:
    """Works out what a table holds from its rows, in order of their keys."""

    def __init__(self, table: sa.Table) -> None:
        self._rows, self._hash = 0, sha256()
        self._is_json = [isinstance(column.type, sa.JSON) for column in table.c]

    def add(self, rows: Iterable[Row]) -> None:
        """Take the next rows; what stands beside a table's own columns does not count."""
        for row in rows:
            self._rows += 1
            pairs = zip(row, self._is_json, strict=False)
            values = [_same_number(v) if is_json else _same(v) for v, is_json in pairs]
            self._hash.update(repr(values).encode())

    def content(self) -> Content:
        """Say what has been taken so far."""
        return Content(self._rows, self._hash.hexdigest())


def _same(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value + 0.0 if isinstance(value, float) else value  # SQLite keeps -0.0 as 0.0


def _same_number(text: str | None) -> Any:
    """See a JSON document that is nothing but a number as SQLite does, to whom 1.0 is 1."""
    if text is None or text[0] not in "-0123456789":
        return text
    number = json.loads(text)
    return int(number) if isinstance(number, float) and number.is_integer() else number


def read(
    table: sa.Table,
    connection: sa.Connection,
    beside: Sequence[sa.ColumnElement[Any]] = (),
    joined: sa.FromClause | None = None,
) -> Iterator[list[Row]]:
    """Return rows by key. JSON comes as the text it is kept as, so that it stays the same.

    ``beside`` are columns more of what the table is joined with.
    """
    bytewise = "C" if connection.dialect.name == "postgresql" else "BINARY"
    keys = (
        sa.collate(key, bytewise) if isinstance(key.type, sa.Text) else key
        for key in table.primary_key
    )
    own = (_as_kept(column, connection) for column in table.c)
    query = sa.select(*own, *beside).order_by(*keys)
    if joined is not None:
        query = query.select_from(joined)
    numbers = [i for i, c in enumerate(table.c) if isinstance(c.type, sa.JSON)]
    batch = _BATCH_OF_DOCUMENTS if numbers else _BATCH
    with connection.execute(query.execution_options(yield_per=batch)) as result:
        for partition in result.partitions():
            yield [_with_text(row, numbers) for row in partition]


def _copy(table: sa.Table, source: sa.Connection, receiver: Receiver) -> Content:
    digest = Digest(table)
    for batch in read(table, source):
        digest.add(batch)
        receiver.write(table, batch)
    return digest.content()


def _with_text(row: sa.Row[Any], places: list[int]) -> Row:
    """Write numbers as JSON: SQLite keeps a document that is one as a number."""
    values = list(row)
    for place in places:
        if isinstance(values[place], int | float):
            values[place] = json.dumps(values[place])
    return tuple(values)


def _as_kept(column: sa.Column[Any], connection: sa.Connection) -> sa.ColumnElement[Any]:
    if not isinstance(column.type, sa.JSON):
        return column
    if connection.dialect.name == "postgresql":
        return sa.cast(column, sa.Text)
    return sa.type_coerce(column, sa.Text)


def _write(table: sa.Table, connection: sa.Connection, rows: list[Row]) -> None:
    names = [column.name for column in table.c]
    if connection.dialect.name != "postgresql":
        plain = (
            sa.column(c.name, sa.Text() if isinstance(c.type, sa.JSON) else c.type) for c in table.c
        )
        insert = sa.insert(sa.table(table.name, *plain))
        connection.execute(insert, [dict(zip(names, row, strict=True)) for row in rows])
        return
    columns = ", ".join(f'"{name}"' for name in names)
    driver: Any = connection.connection.driver_connection
    place = 0
    try:
        with driver.cursor().copy(f'COPY "{table.name}" ({columns}) FROM STDIN') as copy:
            for place, row in enumerate(rows):
                copy.write_row(row)
    except Exception as error:
        if (reason := refused_value(error)) is None:
            raise
        row = rows[min(_place(error, place), len(rows) - 1)]
        raise NotStorable(table.name, _called(table, row), reason) from error


def _called(table: sa.Table, row: Row) -> str:
    """Say what a row is known by."""
    told = zip(table.c, row, strict=False)
    named = (f"{c.name} {str(v)[:120]!r}" for c, v in told if c.primary_key or c.name == "uuid")
    return ", ".join(named)


def _place(error: Exception, last: int) -> int:
    """Say which row PostgreSQL means; what psycopg refuses itself is the last that it was given."""
    found = _LINE.search(getattr(getattr(error, "diag", None), "context", None) or "")
    return int(found[1]) - 1 if found else last


def go_on_counting(target: sa.Connection, events: int = 0) -> None:
    """Let PostgreSQL, which counts only what it numbered itself, go on after what is there.

    Events go on after the number ``events`` too.
    """
    if target.dialect.name != "postgresql":
        return
    for table in TABLES:
        key = table.autoincrement_column
        if key is None:
            continue
        last = target.execute(sa.select(sa.func.max(key))).scalar_one() or 0
        if last := max(last, events if table is t.event else 0):
            counter = sa.func.pg_get_serial_sequence(table.name, key.name)
            target.execute(sa.select(sa.func.setval(counter, last)))


def _told(content: Content) -> str:
    return f"{content.rows} rows with digest {content.sha256[:12]}"
