"""Write rows into a store as they once were: row ids are given here, everything else told.

Rows wait until there are many of them, so that a big log is written in few statements.
"""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any, Final

import sqlalchemy as sa

from registry_tasks.entities.log_entry import Facts
from registry_tasks.stores.metadata import kept, tables as t
from registry_tasks.stores.metadata.copying import go_on_counting
from registry_tasks.stores.metadata.log_rows import START
from registry_tasks.stores.metadata.store import Transaction

_MANY: Final = 5000
_ORDER: Final = (
    *(t.model, t.experiment, t.environment, t.environment_package, t.dataset, t.dataset_version),
    *(t.run, t.parameter, t.metric, t.metric_point, t.feature_importance, t.artifact),
    *(t.dataset_use, t.dataset_shape),
)
"""What runs need, and what they hold; then they end, and from then on the database refuses more."""
_AFTER: Final = (
    *(t.version, t.comparison, t.promotion_attempt, t.reproduction, t.drill),
    *(t.lineage_edge, t.event, t.stage_assignment, t.alias),
)
_ENDED: Final = tuple(c.name for c in t.run.columns if c.name not in START | {"id"})
_END: Final = (
    sa.update(t.run)
    .where(t.run.c.id == sa.bindparam("ended"))
    .values({name: sa.bindparam(f"new_{name}", type_=t.run.c[name].type) for name in _ENDED})
)
_Read = Callable[[str], datetime]
_READ: Final[dict[type, _Read]] = {t.UtcDateTime: datetime.fromisoformat}
_EMPTY: Final = {
    "reason": "",
    "description": "",
    "failure": "",
}  # texts that a row cannot be without


class Unnamed(LookupError):
    """A row names another one that was not written."""


class Restoring:
    """Rows on their way into a store, within one transaction; it is empty, or ``know`` was called."""

    def __init__(self, tx: Transaction) -> None:
        self._connection = tx.connection
        self._was_empty = True
        self._there: dict[sa.Table, set[tuple[object, ...]]] = {}
        self._waiting: dict[sa.Table, list[dict[str, Any]]] = {
            table: [] for table in _ORDER + _AFTER
        }
        self._ends: list[dict[str, Any]] = []
        self._ids: dict[sa.Table, dict[str, int]] = {}
        self._counts: dict[sa.Table, int] = {}
        self._size = 0

    def know(self) -> None:
        """Learn what the store holds already, to go on after it."""
        self._was_empty = False
        self._there = kept.of_running_runs(self._connection)
        self._ids = kept.names(self._connection)
        for table in (*_ORDER, *_AFTER):
            if "id" in table.c:
                self._counts[table] = kept.highest_id(self._connection, table)

    def put(self, table: sa.Table, name: str, facts: Facts) -> int:
        """Write a row that others will name, unless it is there; returns its row id."""
        known = self._ids.setdefault(table, {})
        if name not in known:
            known[name] = self._next_id(table)
            self._add(table, {"id": known[name], **self._row(table, facts)})
        return known[name]

    def add(self, table: sa.Table, facts: Facts, **ids: int) -> None:
        """Write a row; ``ids`` are its columns that were looked up already."""
        row = {**self._row(table, facts), **ids}
        if (
            self._there.get(table)
            and tuple(row[key.name] for key in table.primary_key) in self._there[table]
        ):
            return  # the run had it before it ended
        if "id" in table.c:
            row["id"] = self._next_id(table)
        self._add(table, row)

    def remove(self, table: sa.Table, *keys: dict[str, Any]) -> None:
        """Take away what the store held under these keys, before anything new of it is added."""
        if keys and not self._was_empty:
            same = (table.c[name] == sa.bindparam(f"old_{name}") for name in keys[0])
            olds = [{f"old_{name}": value for name, value in key.items()} for key in keys]
            self._connection.execute(sa.delete(table).where(*same), olds)

    def end(self, run_id: int, facts: Facts) -> None:
        """Write how a run ended, after all that it holds."""
        row = self._row(t.run, facts)
        self._ends.append({"ended": run_id, **{f"new_{name}": row.get(name) for name in _ENDED}})

    def id_of(self, table: sa.Table, name: str) -> int:
        """Return the row id of what was put under a name. Raises Unnamed."""
        try:
            return self._ids[table][name]
        except KeyError:
            raise Unnamed(f"{table.name} {name}") from None

    def knows(self, table: sa.Table, name: str) -> bool:
        """Whether something was put under a name."""
        return name in self._ids.get(table, ())

    def set_tagged(self, times: dict[int, datetime]) -> None:
        """Keep when the newest tag of each model is said to be made, by row id."""
        self.flush()
        model = t.model
        update = sa.update(model).where(model.c.id == sa.bindparam("of"))
        rows = [{"of": model_id, "tagged_at": at} for model_id, at in times.items()]
        if rows:
            self._connection.execute(update, rows)

    def flush(self) -> None:
        """Send everything that waits."""
        for table in _ORDER:
            self._send(table)
        if self._ends:
            self._connection.execute(_END, self._ends)
        self._ends.clear()
        for table in _AFTER:
            self._send(table)
        self._size = 0

    def go_on_from(self, sequence: int) -> None:
        """Let the numbers that the database gives go on after those that are taken."""
        self.flush()
        if self._connection.dialect.name == "sqlite":  # it goes on after the highest row itself
            taken = {"name": t.event.name, "seq": sequence}
            update = "UPDATE sqlite_sequence SET seq = :seq WHERE name = :name AND seq < :seq"
            self._connection.execute(sa.text(update), taken)
        go_on_counting(self._connection, sequence)

    def _next_id(self, table: sa.Table) -> int:
        self._counts[table] = self._counts.get(table, 0) + 1
        return self._counts[table]

    def _add(self, table: sa.Table, row: dict[str, Any]) -> None:
        self._waiting[table].append(_blank(table) | row)
        self._size += 1
        if self._size >= _MANY:
            self.flush()

    def _send(self, table: sa.Table) -> None:
        if rows := self._waiting[table]:
            self._connection.execute(sa.insert(table), rows)
            self._waiting[table] = []

    def _row(self, table: sa.Table, facts: Facts) -> dict[str, Any]:
        """Turn names into row ids and text into times. Raises Unnamed, ValueError."""
        known = _columns(table)
        row: dict[str, Any] = {}
        for name, value in facts.items():
            if name not in known:
                raise ValueError(f"table {table.name} has no column {name}")
            column, target, read = known[name]
            if target is not None:
                row[column] = self.id_of(target, str(value))
            else:
                row[column] = value if read is None else read(str(value))
        return row


@cache
def _columns(table: sa.Table) -> dict[str, tuple[str, sa.Table | None, _Read | None]]:
    """Return by their names in the log: column, the table that it refers to, how to read a time."""
    found: dict[str, tuple[str, sa.Table | None, _Read | None]] = {}
    for column in table.columns:
        target = next((key.column.table for key in column.foreign_keys), None)
        read = _READ.get(type(column.type))
        found[column.name.removesuffix("_id")] = column.name, target, read
    return found


@cache
def _blank(table: sa.Table) -> dict[str, Any]:
    """Return a row of nothing: rows of one shape go in one statement, and in order."""
    return {c.name: None if c.nullable else _EMPTY.get(c.name) for c in table.columns}
