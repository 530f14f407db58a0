"""Read the store as the log tells it: each event with the rows that its transaction wrote."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, Final

import sqlalchemy as sa

from registry_tasks.entities.event import EventKind
from registry_tasks.entities.log_entry import (
    Facts,
    LogEntry,
    texts_of,
    without_texts,
)
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.log_rows import START, LogRows, read_by
from registry_tasks.stores.metadata.lookup import to_time
from registry_tasks.stores.metadata.query import through

BATCH: Final = 500
ENDING: Final = (
    EventKind.RUN_FINISHED,
    EventKind.RUN_FAILED,
    EventKind.VERSION_REGISTERED,
    EventKind.VERSION_CONFIRMED,
)
"""The first of these that names a run brings what it came to: a file's run has no others."""
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
) -> Iterator[LogEntry]:
    """Give the entries of a repository's events, oldest first; they are read in batches.

    ``names`` is all that rows call the repository; ``after`` and ``number`` are the sequence and
    the number of the last entry that is not wanted, 0 to begin with the first.
    """
    query = EVENTS.where(_E.sequence > sa.bindparam("after"), HOME.in_(list(names))).limit(BATCH)
    while events := connection.execute(query, {"after": after}).all():
        yield from _entries(connection, events, number)
        after, number = events[-1].sequence, number + len(events)
        if len(events) < BATCH:
            return


def read_events(connection: sa.Connection) -> Iterator[sa.Row[Any]]:
    """Give all events, oldest first, with names in place of row ids."""
    yield from connection.execute(EVENTS.execution_options(yield_per=BATCH))


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


def _entries(
    connection: sa.Connection, events: Sequence[sa.Row[Any]], number: int
) -> Iterator[LogEntry]:
    begun, ended = _named_first(connection, events)
    reader = LogRows(connection)
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
    for row in read_by(connection, _NAMING_A_RUN, _E.run_id, ids):
        begun[row.run_id] = min(row.sequence, begun.get(row.run_id, row.sequence))
        if row.kind in ENDING:
            ended[row.run_id] = min(row.sequence, ended.get(row.run_id, row.sequence))
    here = {event.sequence for event in events}
    return (
        {run: sequence for run, sequence in begun.items() if sequence in here},
        {run: sequence for run, sequence in ended.items() if sequence in here},
    )
