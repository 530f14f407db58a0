"""The rows that an event's transaction wrote, with names in place of row ids."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

import sqlalchemy as sa
from pydantic import JsonValue

from registry_tasks.entities.event import EventKind
from registry_tasks.entities.log_entry import SERIES, Facts, without_output
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.parameters import DERIVED
from registry_tasks.stores.metadata.repositories import identities
from registry_tasks.stores.metadata.versions import REF

_PLACES: Final = 400  # placeholders in one statement
START: Final = frozenset(
    {"uuid", "model_id", "experiment_id", "project", "repository", "base_commit"}
    | {"uncommitted", "flow_run", "started_at", "started_by"}
)
"""Columns of a run that are written as it begins; the others are as it ends."""
CONTENTS: Final = (t.parameter, t.metric, t.feature_importance, t.artifact)
EVIDENCE: Final = (
    (t.comparison, "run_id", (EventKind.RUN_COMPARED,)),
    (
        t.promotion_attempt,
        "version_id",
        (EventKind.VERSION_PROMOTED, EventKind.VERSION_REFUSED, EventKind.APPROVAL_REQUESTED),
    ),
    (t.reproduction, "version_id", (EventKind.VERSION_REPRODUCED,)),
    (t.drill, "version_id", (EventKind.VERSION_DRILLED, EventKind.VERSION_DRILL_FAILED)),
)
"""Table, whose row it is, and the kinds of event that bring one row each, in order."""
_DATA: Final = (t.dataset, t.dataset_version)
_TABLES: Final[dict[str, tuple[sa.Table, ...]]] = {
    **{table.name: (table,) for table in (*CONTENTS, *(found for found, _, _ in EVIDENCE))},
    "run": (t.run,),
    "end": (t.run,),
    "version": (t.version,),
    "environment": (t.environment,),
    "dataset_use": (t.dataset_use, *_DATA),
    "dataset_shape": (t.dataset_shape, *_DATA),
    SERIES: (t.metric_point,),
}
"""What rows are called in an entry, and whose columns they have."""
_MORE: Final = {"environment": {"packages"}, SERIES: {"steps", "values"}}
_KNOWN: Final = {
    name: {column.name.removesuffix("_id") for table in tables for column in table.columns}
    | _MORE.get(name, set())
    for name, tables in _TABLES.items()
}
WITHHELD: Final = frozenset({"failure", "log_tail", "reason", "description"})
"""Columns of free text, in whichever table."""

_E: Final = t.event.c


class LogRows:
    """Reads rows with names in place of row ids, many at a time."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._names: dict[str, dict[int, str]] = {}
        self.left_out: dict[int, set[str]] = {}  # texts of a run's end

    @cached_property
    def _identities(self) -> dict[str, str]:
        return identities(self._connection)

    def runs(self, ids: Collection[int], columns: Collection[str]) -> dict[int, Facts]:
        rows = self._where(t.run, "id", ids)
        return {row.id: self._facts(t.run, row, columns) for row in rows}

    def ends(self, ids: Collection[int]) -> dict[int, dict[str, list[Facts]]]:
        """Return by run id what each run came to, as rows by table; the run itself as ``end``."""
        rows = self._where(t.run, "id", ids)
        columns = {column.name for column in t.run.c} - START
        found = {row.id: {"end": [self._facts(t.run, row, columns)]} for row in rows}
        self.left_out |= {row.id: {"log_tail"} if row.log_tail else set() for row in rows}
        for table in CONTENTS:
            for row in self._where(table, "run_id", ids):
                facts = self._facts(table, row, {c.name for c in table.c} - {"run_id"} - DERIVED)
                found[row.run_id].setdefault(table.name, []).append(facts)
        for run_id, series in self._series(ids):
            found[run_id].setdefault(SERIES, []).append(series)
        for run_id, use in self._uses(ids):
            found[run_id].setdefault("dataset_use", []).append(use)
        for run_id, shape in self._shapes(ids):
            found[run_id].setdefault("dataset_shape", []).append(shape)
        software = self._environments({row.environment_id for row in rows})
        for row in rows:
            if row.environment_id is not None:
                found[row.id]["environment"] = [software[row.environment_id]]
        return found

    def versions(self, events: Iterable[sa.Row[Any]]) -> dict[int, dict[str, list[Facts]]]:
        made = {e.version_id: e for e in events if e.kind == EventKind.VERSION_REGISTERED}
        rows = self._where(t.version, "id", made)
        return {made[row.id].sequence: {"version": [self._facts(t.version, row)]} for row in rows}

    def evidence(self, events: Iterable[sa.Row[Any]]) -> dict[int, dict[str, Facts]]:
        """Return by sequence the evidence that came with an event: one row each, in order."""
        found: dict[int, dict[str, Facts]] = {}
        wanted = {event.sequence for event in events}
        for table, key, kinds in EVIDENCE:
            ids = {getattr(event, key) for event in events if event.kind in kinds}
            if not ids:
                continue
            owner = _E[key]
            told = sa.select(_E.sequence, owner).where(_E.kind.in_([str(k) for k in kinds]))
            sequences: dict[int, list[int]] = {}
            for row in read_by(self._connection, told.order_by(_E.sequence), owner, ids):
                sequences.setdefault(getattr(row, key), []).append(row.sequence)
            for row in self._where(table, key, ids):
                sequence = sequences[getattr(row, key)].pop(0)
                if sequence in wanted:
                    found.setdefault(sequence, {})[table.name] = self._facts(table, row)
        return found

    def _uses(self, ids: Collection[int]) -> Iterator[tuple[int, Facts]]:
        use, state = t.dataset_use.c, t.dataset_version.c
        query = (
            sa.select(
                use.run_id, use.stage, t.dataset.c.name, state.md5, state.size_bytes, state.files
            )
            .join(t.dataset_version, state.id == use.dataset_version_id)
            .join(t.dataset, t.dataset.c.id == state.dataset_id)
            .order_by(use.run_id, t.dataset.c.name, state.md5, use.stage)
        )
        for row in read_by(self._connection, query, use.run_id, ids):
            facts = dict(row._mapping)
            yield facts.pop("run_id"), facts

    def _shapes(self, ids: Collection[int]) -> Iterator[tuple[int, Facts]]:
        shape, state = t.dataset_shape.c, t.dataset_version.c
        facts = (shape.format, shape.rows, shape.columns, shape.note, shape.source)
        query = (
            sa.select(shape.run_id, t.dataset.c.name, state.md5, *facts)
            .join(t.dataset_version, state.id == shape.dataset_version_id)
            .join(t.dataset, t.dataset.c.id == state.dataset_id)
            .order_by(shape.run_id, t.dataset.c.name, state.md5)
        )
        for row in read_by(self._connection, query, shape.run_id, ids):
            found = {name: value for name, value in row._mapping.items() if value is not None}
            yield found.pop("run_id"), found

    def _series(self, ids: Collection[int]) -> Iterator[tuple[int, Facts]]:
        """Give each metric series with its steps and its values in two lists: there may be many."""
        p = t.metric_point.c
        query = sa.select(p.run_id, p.key, p.step, p.value).order_by(p.run_id, p.key, p.step)
        rows = read_by(self._connection, query, p.run_id, ids)
        for (run_id, key), points in groupby(rows, itemgetter(0, 1)):
            steps, values = [], []
            for point in points:
                steps.append(point.step)
                values.append(point.value)
            yield run_id, {"key": key, "steps": steps, "values": values}

    def _environments(self, ids: Collection[int | None]) -> dict[int, Facts]:
        rows = self._where(t.environment, "id", [i for i in ids if i is not None])
        found = {row.id: self._facts(t.environment, row) for row in rows}
        packages: dict[int, dict[str, JsonValue]] = {key: {} for key in found}
        for row in self._where(t.environment_package, "environment_id", found):
            packages[row.environment_id][row.name] = row.version
        return {key: {**facts, "packages": packages[key]} for key, facts in found.items()}

    def _where(self, table: sa.Table, column: str, ids: Collection[int]) -> list[sa.Row[Any]]:
        if not ids:
            return []
        query = sa.select(table).order_by(*table.primary_key.columns)
        return list(read_by(self._connection, query, table.c[column], ids))

    def _facts(
        self, table: sa.Table, row: sa.Row[Any], columns: Collection[str] | None = None
    ) -> Facts:
        """Return a row without its id, its texts and what is null."""
        found: Facts = {}
        for column in table.columns:
            value = row._mapping[column.name]
            wanted = columns is None or column.name in columns
            if not wanted or value is None or column.name in WITHHELD | {"id"}:
                continue
            for key in column.foreign_keys:
                value = self._name(key.column.table, value)
            if column.name == "repository":
                value = self._identities.get(value, value)
            found[column.name.removesuffix("_id")] = _plain(value)
        if "differences" in found:
            found["differences"] = without_output(found["differences"])
        return found

    def _name(self, table: sa.Table, key: int) -> str:
        known = self._names.setdefault(table.name, {})
        if key not in known:
            known[key] = self._connection.execute(
                name_of(table).where(table.c.id == key)
            ).scalar_one()
        return known[key]


def find_unknown(rows: Mapping[str, Iterable[Facts]]) -> str | None:
    """Say which rows or columns of an entry this release does not know, if there are any."""
    for name, told in rows.items():
        if name not in _KNOWN:
            return f"rows of {name!r}"
        for facts in told:
            if unknown := sorted(facts.keys() - _KNOWN[name]):
                return f"column {unknown[0]!r} of {name!r}"
    return None


def name_of(table: sa.Table) -> sa.Select[Any]:
    """Select what a row is called where no row ids are: a version is ``name@3``."""
    if table is t.version:
        return sa.select(REF).join_from(t.version, t.model, t.model.c.id == t.version.c.model_id)
    if table in (t.run, t.sweep, t.approval_request):
        return sa.select(table.c.uuid)
    return sa.select(t.environment.c.digest if table is t.environment else table.c.name)


def read_by(
    connection: sa.Connection, query: sa.Select[Any], column: Any, ids: Iterable[int | str]
) -> Iterator[sa.Row[Any]]:
    """Give the rows of a query whose ``column`` is one of ``ids``, some hundreds a statement."""
    wanted = sorted(ids)
    for place in range(0, len(wanted), _PLACES):
        yield from connection.execute(query.where(column.in_(wanted[place : place + _PLACES])))


def _plain(value: Any) -> JsonValue:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    found: JsonValue = value
    return found
