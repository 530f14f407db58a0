"""Read the store as the log tells it: each event with the rows that its transaction wrote."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

import sqlalchemy as sa
from pydantic import JsonValue

from registry_tasks.entities.event import EventKind
from registry_tasks.entities.log_entry import (
    SERIES,
    Facts,
    LogEntry,
    texts_of,
    without_output,
    without_texts,
)
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.lookup import to_time
from registry_tasks.stores.metadata.parameters import DERIVED
from registry_tasks.stores.metadata.query import through
from registry_tasks.stores.metadata.repositories import identities

BATCH: Final = 500
_PLACES: Final = 400  # placeholders in one statement
START: Final = frozenset(
    {"uuid", "model_id", "experiment_id", "project", "repository", "base_commit"}
    | {"uncommitted", "flow_run", "started_at", "started_by"}
)
"""Columns of a run that are written as it begins; the others are as it ends."""
ENDING: Final = (
    EventKind.RUN_FINISHED,
    EventKind.RUN_FAILED,
    EventKind.VERSION_REGISTERED,
    EventKind.VERSION_CONFIRMED,
)
"""The first of these that names a run brings what it came to: a file's run has no others."""
CONTENTS: Final = (t.parameter, t.metric, t.feature_importance, t.artifact)
EVIDENCE: Final = (
    (t.comparison, "run_id", (EventKind.RUN_COMPARED,)),
    (
        t.promotion_attempt,
        "version_id",
        (EventKind.VERSION_PROMOTED, EventKind.VERSION_REFUSED),
    ),
    (t.reproduction, "version_id", (EventKind.VERSION_REPRODUCED,)),
)
"""Table, whose row it is, and the kinds of event that bring one row each, in order."""
WITHHELD: Final = frozenset({"failure", "log_tail", "reason", "description"})
"""Columns of free text, in whichever table."""

_E: Final = t.event.c
_EVENT_AT: Final = """
SELECT e.kind, e.actor, m.name, v.number, r.uuid, e.at FROM event e
LEFT JOIN model m ON m.id = e.model_id LEFT JOIN version v ON v.id = e.version_id
LEFT JOIN run r ON r.id = e.run_id WHERE e.sequence = ?
"""
_OTHER: Final = t.run.alias("other")
_FIRST_RUN: Final = (
    sa.select(_OTHER.c.repository)
    .where(_OTHER.c.model_id == _E.model_id)
    .order_by(_OTHER.c.id)
    .limit(1)
    .correlate(t.event)
    .scalar_subquery()
)
_NAMING_A_RUN: Final = sa.select(_E.run_id, _E.sequence, _E.kind)
HOME: Final = sa.func.coalesce(t.version.c.repository, t.run.c.repository, _FIRST_RUN)
"""An event belongs to its version's repository, else its run's, else its model's first run's."""
EVENTS: Final = (
    sa.select(
        t.event,
        t.model.c.name.label("model"),
        t.version.c.number.label("version"),
        t.run.c.uuid.label("run"),
    )
    .select_from(t.event)
    .outerjoin(t.model, t.model.c.id == _E.model_id)
    .outerjoin(t.version, t.version.c.id == _E.version_id)
    .outerjoin(t.run, t.run.c.id == _E.run_id)
    .order_by(_E.sequence)
)


def entries(
    connection: sa.Connection, names: Collection[str], after: int, number: int
) -> Iterator[tuple[LogEntry, ...]]:
    """Give the entries of a repository's events in batches, oldest first.

    ``names`` is all that rows call the repository; ``after`` and ``number`` are the sequence and
    the number of the last entry that is not wanted, 0 to begin with the first.
    """
    query = EVENTS.where(_E.sequence > sa.bindparam("after"), HOME.in_(list(names))).limit(BATCH)
    while events := connection.execute(query, {"after": after}).all():
        yield tuple(_entries(connection, events, number))
        after, number = events[-1].sequence, number + len(events)
        if len(events) < BATCH:
            return


def is_of(connection: sa.Connection, entry: LogEntry) -> bool:
    """Whether the store has the event that an entry tells of; asked with every change."""
    found = through(connection)(_EVENT_AT, (entry.sequence,))
    told = (entry.kind, entry.actor, entry.model, entry.version, entry.run)
    return [tuple(row[:5]) for row in found] == [told] and to_time(found[0][5]) == entry.at


def count(connection: sa.Connection, names: Collection[str], until: int) -> int:
    """Return how many entries a repository's log has, up to an event."""
    query = EVENTS.with_only_columns(sa.func.count()).order_by(None)
    found: int = connection.execute(
        query.where(HOME.in_(list(names)), _E.sequence <= until)
    ).scalar_one()
    return found


def last_sequence(connection: sa.Connection) -> int:
    """Return the sequence of the newest event, 0 before the first."""
    return connection.execute(sa.select(sa.func.max(_E.sequence))).scalar_one() or 0


def _entries(
    connection: sa.Connection, events: Sequence[sa.Row[Any]], number: int
) -> Iterator[LogEntry]:
    begun, ended = _named_first(connection, events)
    reader = _Reader(connection)
    starts = reader.runs(begun, START)
    ends = reader.ends(ended)
    made = reader.versions(events)
    evidence = reader.evidence(events)
    for place, event in enumerate(events, start=number + 1):
        rows: dict[str, list[Facts]] = {}
        texts: set[str] = set()
        if event.sequence in begun.values():
            rows["run"] = [starts[event.run_id]]
        if event.run_id in ends and event.sequence == ended[event.run_id]:
            rows |= ends[event.run_id].copy()
            texts |= {"log_tail"} & reader.left_out[event.run_id]
        rows |= made.get(event.sequence, {})
        for table, row in evidence.get(event.sequence, {}).items():
            rows[table] = [row]
        if event.reason:
            texts.add("reason")
        yield _entry(event, place, rows, texts)


def _entry(
    event: sa.Row[Any], number: int, rows: dict[str, list[Facts]], texts: set[str]
) -> LogEntry:
    return LogEntry(
        number=number,
        sequence=event.sequence,
        at=event.at,
        actor=event.actor,
        kind=event.kind,
        model=event.model,
        version=event.version,
        run=event.run,
        before=without_texts(event.before),
        after=without_texts(event.after),
        rows={table: tuple(found) for table, found in rows.items()},
        withheld=tuple(sorted(texts | texts_of(event.before) | texts_of(event.after))),
    )


def _named_first(
    connection: sa.Connection, events: Iterable[sa.Row[Any]]
) -> tuple[dict[int, int], dict[int, int]]:
    """Return run id -> sequence of the first event that names it, and of the first that ends it."""
    ids = {event.run_id for event in events if event.run_id is not None}
    begun: dict[int, int] = {}
    ended: dict[int, int] = {}
    for row in _rows(connection, _NAMING_A_RUN, _E.run_id, ids):
        begun[row.run_id] = min(row.sequence, begun.get(row.run_id, row.sequence))
        if row.kind in ENDING:
            ended[row.run_id] = min(row.sequence, ended.get(row.run_id, row.sequence))
    here = {event.sequence for event in events}
    return (
        {run: sequence for run, sequence in begun.items() if sequence in here},
        {run: sequence for run, sequence in ended.items() if sequence in here},
    )


class _Reader:
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
            for row in _rows(self._connection, told.order_by(_E.sequence), owner, ids):
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
        for row in _rows(self._connection, query, use.run_id, ids):
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
        for row in _rows(self._connection, query, shape.run_id, ids):
            found = {name: value for name, value in row._mapping.items() if value is not None}
            yield found.pop("run_id"), found

    def _series(self, ids: Collection[int]) -> Iterator[tuple[int, Facts]]:
        """Give each metric series with its steps and its values in two lists: there may be many."""
        p = t.metric_point.c
        query = sa.select(p.run_id, p.key, p.step, p.value).order_by(p.run_id, p.key, p.step)
        rows = _rows(self._connection, query, p.run_id, ids)
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
        return list(_rows(self._connection, query, table.c[column], ids))

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


def name_of(table: sa.Table) -> sa.Select[Any]:
    """Select what a row is called where no row ids are: a version is ``name@3``."""
    if table is t.version:
        name = t.model.c.name + "@" + sa.cast(t.version.c.number, sa.Text)
        return sa.select(name).join_from(t.version, t.model, t.model.c.id == t.version.c.model_id)
    if table is t.run or table is t.sweep:
        return sa.select(table.c.uuid)
    return sa.select(t.environment.c.digest if table is t.environment else table.c.name)


def _rows(
    connection: sa.Connection, query: sa.Select[Any], column: Any, ids: Iterable[int]
) -> Iterator[sa.Row[Any]]:
    wanted = sorted(ids)
    for place in range(0, len(wanted), _PLACES):
        yield from connection.execute(query.where(column.in_(wanted[place : place + _PLACES])))


def _plain(value: Any) -> JsonValue:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    found: JsonValue = value
    return found
