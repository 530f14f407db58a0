"""What happened, read back a page at a time: of everything, a model or a version.

Writers queue, so the order of events is the order of their times, as far as clocks agree: a time
is turned into a place in the sequence, and only there events are told by their times. An event
whose clock was wrong by more than ten minutes is not found by its time.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime
from typing import Any, Final, NamedTuple

import sqlalchemy as sa

from registry_tasks.entities.event import MOVES, Event, EventKind
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.events import place_label
from registry_tasks.stores.metadata.past import CLOCKS

_E: Final = t.event.c
_AT: Final[sa.BindParameter[datetime]] = sa.bindparam("at")
_FROM: Final[sa.BindParameter[datetime]] = sa.bindparam("from")
_TO: Final[sa.BindParameter[datetime]] = sa.bindparam("to")
_FIRST_TIME: Final = sa.select(_E.at).where(_E.at >= _AT).order_by(_E.at).limit(1)
_LAST_TIME: Final = sa.select(_E.at).where(_E.at <= _AT).order_by(_E.at.desc()).limit(1)
_FIRST, _LAST = (
    sa.select(end(_E.sequence + 0)).where(_E.at >= _FROM, _E.at <= _TO)
    for end in (sa.func.min, sa.func.max)
)
"""``+ 0``: else PostgreSQL may go through all events from one end."""
_EVENTS: Final = (
    sa.select(
        *(_E.sequence, _E.at, _E.actor, _E.kind),
        t.model.c.name.label("model"),
        t.version.c.number.label("version"),
        t.run.c.uuid.label("run"),
        *(_E.reason, _E.before, _E.after),
    )
    .select_from(t.event)
    .outerjoin(t.model, t.model.c.id == _E.model_id)
    .outerjoin(t.version, t.version.c.id == _E.version_id)
    .outerjoin(t.run, t.run.c.id == _E.run_id)
)
_LABELS: Final = sa.text("""
WITH RECURSIVE label(name) AS (
    SELECT min(entered) FROM event WHERE kind = :kind AND entered IS NOT NULL
    UNION ALL
    SELECT (SELECT min(entered) FROM event WHERE kind = :kind AND entered > name)
    FROM label WHERE name IS NOT NULL
)
SELECT name FROM label WHERE name IS NOT NULL
""")
"""What events of a kind call what they led into, stages with their environments: a look at the index each."""
_Equal = tuple[sa.Column[Any], Any]
_Same = Callable[[sa.Column[Any], Any], sa.ColumnElement[bool]]


class Told(NamedTuple):
    """Which events: ``model`` and ``version`` are row ids, and the version counts if both are given.

    ``stage`` is one that a version entered, in any environment; ``before`` is a sequence to go on
    from. None and no kinds mean all.
    """

    model: int | None = None
    version: int | None = None
    kinds: Collection[EventKind] = ()
    stage: str | None = None
    actor: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = None


_ALL: Final = Told()


def read_events(connection: sa.Connection, sequences: Collection[int]) -> dict[int, Event]:
    """Return events by their sequences."""
    query = _EVENTS.where(_E.sequence.in_(list(sequences)))
    return {row.sequence: Event(**row._mapping) for row in connection.execute(query)}


def list_events(
    connection: sa.Connection, told: Told = _ALL, *, limit: int = 100
) -> tuple[Event, ...]:
    """Return events, newest first."""
    if told.stage is not None and not told.kinds:
        told = told._replace(kinds=MOVES)
    narrow, same = tuple(_in_time(connection, told)), _same(connection)
    if told.version is not None:
        query = _of_version(told, (*narrow, *_into(told)), same)
    elif told.stage is not None and told.actor is None:
        query = _of_stage(told, tuple(_ways_into(connection, told)), narrow, limit, same)
    else:
        query = _of_everything(told, (*narrow, *_into(told)), limit, same)
    return tuple(Event(**row._mapping) for row in connection.execute(query.limit(limit)))


def _same(connection: sa.Connection) -> _Same:
    """Return how a column is said to have a value, so that the index is used to its end.

    By ``=`` PostgreSQL may go back through the events of all models; by ``BETWEEN`` SQLite uses
    no column of the index after the first.
    """
    if connection.dialect.name == "sqlite":
        return lambda column, value: column == value
    return lambda column, value: column.between(value, value)


def _of_version(
    told: Told, narrow: Iterable[sa.ColumnElement[bool]], same: _Same
) -> sa.Select[Any]:
    query = _EVENTS.where(*narrow)
    if told.kinds:
        query = query.where(_E.kind.in_(list(told.kinds)))
    if told.actor is not None:
        query = query.where(_E.actor == told.actor)
    return _newest_of(query, [(_E.version_id, told.version)], same)


def _of_everything(
    told: Told, narrow: Iterable[sa.ColumnElement[bool]], limit: int, same: _Same
) -> sa.Select[Any]:
    """Select events of all models or of one, by the index that leads to the fewest."""
    of_model: list[_Equal] = [] if told.model is None else [(_E.model_id, told.model)]
    if told.actor is None and not told.kinds:
        return _newest_of(_EVENTS.where(*narrow), of_model, same)
    led = of_model
    if told.actor is not None:
        led = [(_E.actor, told.actor)]
        narrow = (*narrow, *(_E.model_id + 0 == value for _, value in of_model))
    kinds = told.kinds or EventKind  # an index has no order over several
    pages = (_page([*led, (_E.kind, str(kind))], narrow, limit, same) for kind in kinds)
    return _EVENTS.where(_E.sequence.in_(sa.union_all(*pages))).order_by(_E.sequence.desc())


def _ways_into(connection: sa.Connection, told: Told) -> Iterator[tuple[str, str]]:
    """Give the kinds of events that led into a stage, each with what it calls it in an environment."""
    first = place_label(told.stage or "", "")
    for kind in map(str, told.kinds):
        labels = connection.execute(_LABELS, {"kind": kind}).scalars()
        yield from ((kind, label) for label in labels if label.startswith(first))


def _of_stage(
    told: Told,
    ways: Iterable[tuple[str, str]],
    narrow: tuple[sa.ColumnElement[bool], ...],
    limit: int,
    same: _Same,
) -> sa.Select[Any]:
    """Select what entered a stage: a page for each environment and kind, and of them the newest."""
    leads: list[list[_Equal]]
    if told.model is None:
        leads = [[(_E.kind, kind), (_E.entered, label)] for kind, label in ways]
    else:  # its stages change seldom enough to look at each change for its kind
        labels = sorted({label for _, label in ways})
        leads = [[(_E.model_id, told.model), (_E.entered, label)] for label in labels]
        narrow = (*narrow, (_E.kind + "").in_(list(told.kinds)))
    pages = [_page(led, narrow, limit, same) for led in leads]
    if not pages:
        return _EVENTS.where(sa.false())
    return _EVENTS.where(_E.sequence.in_(sa.union_all(*pages))).order_by(_E.sequence.desc())


def _page(
    led: Iterable[_Equal], narrow: Iterable[sa.ColumnElement[bool]], limit: int, same: _Same
) -> sa.Select[tuple[int]]:
    page = _newest_of(sa.select(_E.sequence).where(*narrow), led, same)
    return sa.select(page.limit(limit).subquery().c.sequence)


def _newest_of(query: sa.Select[Any], led: Iterable[_Equal], same: _Same) -> sa.Select[Any]:
    led = tuple(led)
    query = query.where(*(same(column, value) for column, value in led))
    return query.order_by(*(column.desc() for column, _ in led), _E.sequence.desc())


def _into(told: Told) -> Iterator[sa.ColumnElement[bool]]:
    if told.stage is not None:
        yield _E.entered.startswith(place_label(told.stage, ""), autoescape=True)


def _in_time(connection: sa.Connection, told: Told) -> Iterator[sa.ColumnElement[bool]]:
    if told.before is not None:
        yield _E.sequence < told.before
    if told.since is not None:
        first = _end(connection, told.since, _FIRST_TIME, _FIRST)
        yield _E.at >= told.since
        yield sa.false() if first is None else _E.sequence >= first
    if told.until is not None:
        last = _end(connection, told.until, _LAST_TIME, _LAST)
        yield _E.at <= told.until
        yield sa.false() if last is None else _E.sequence <= last


def _end(
    connection: sa.Connection, at: datetime, nearest: sa.Select[Any], furthest: sa.Select[Any]
) -> int | None:
    """Return the sequence that a time bounds, None where nothing is on that side of it."""
    told = connection.execute(nearest, {"at": at}).scalar_one_or_none()
    if told is None:
        return None
    asked = {"from": told - CLOCKS, "to": told + CLOCKS}
    found: int = connection.execute(furthest, asked).scalar_one()
    return found
