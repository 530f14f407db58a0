"""The append-only record of every change."""

from collections.abc import Collection
from typing import Any, Final

import sqlalchemy as sa
from pydantic import JsonValue

from registry_tasks.entities.event import MOVES, Event, EventKind
from registry_tasks.entities.run import RunStatus
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.inserting import insert_one
from registry_tasks.stores.metadata.store import Transaction

_LAST: Final = sa.select(sa.func.max(t.event.c.sequence))


def append(
    tx: Transaction,
    kind: EventKind,
    *,
    model: int | None = None,
    version: int | None = None,
    run: int | None = None,
    reason: str = "",
    before: JsonValue = None,
    after: JsonValue = None,
) -> int:
    """Add what the transaction does; ``model``, ``version`` and ``run`` are row ids.

    Returns the event's sequence number, higher than all before it.
    """
    row = {
        "at": tx.at,
        "actor": tx.actor,
        "kind": kind,
        "model_id": model,
        "version_id": version,
        "run_id": run,
        "reason": reason,
        "before": before,
        "after": after,
        **labels_of(kind, before, after),
    }
    return insert_one(tx.connection, t.event, row)


def list_starts(
    connection: sa.Connection, experiment: str, commit: str
) -> list[tuple[str, str, JsonValue]]:
    """Return UUID, commit and what was told at the begin of an experiment's finished runs.

    Of those that began with ``commit``, the newest first.
    """
    r, x, e = t.run.c, t.experiment.c, t.event.c
    rows = connection.execute(
        sa.select(r.uuid, r.commit, e.after)
        .join_from(t.run, t.experiment, x.id == r.experiment_id)
        .join(t.event, sa.and_(e.run_id == r.id, e.kind == EventKind.RUN_STARTED))
        .where(x.name == experiment, r.base_commit == commit, r.status == RunStatus.FINISHED)
        .order_by(r.id.desc())
    )
    return [(uuid, own, after) for uuid, own, after in rows if own is not None]


def labels_of(kind: str, before: JsonValue, after: JsonValue) -> dict[str, str | None]:
    """Return which stage or alias an event gives its version (``entered``) or leaves without one.

    So that what a name meant once is found without reading all that happened.
    """
    if kind in MOVES:
        return {"entered": _place(after), "vacated": _place(before)}
    if kind == EventKind.ALIAS_MOVED:
        return {"entered": _alias(after), "vacated": None}
    gone = _alias(before) if kind == EventKind.ALIAS_REMOVED else None
    return {"entered": None, "vacated": gone}


def place_label(stage: str, environment: str) -> str:
    """Name a stage in an environment as ``labels_of`` does."""
    return f"{stage}/{environment}"


def alias_label(alias: str) -> str:
    """Name an alias as ``labels_of`` does."""
    return f"@{alias}"


def _place(told: JsonValue) -> str | None:
    if not isinstance(told, dict):
        return None
    return place_label(str(told["stage"]), str(told["environment"]))


def _alias(told: JsonValue) -> str | None:
    return alias_label(str(told["alias"])) if isinstance(told, dict) else None


def list_events(
    connection: sa.Connection,
    *,
    model: int | None = None,
    version: int | None = None,
    kinds: Collection[EventKind] = (),
    before: int | None = None,
    limit: int = 100,
) -> tuple[Event, ...]:
    """Return events newest first, only those of some ``kinds`` if any are given.

    ``model`` and ``version`` are row ids, the version counts if both are given; ``before`` is a
    sequence to go on from.
    """
    e = t.event.c
    query = (
        sa.select(
            e.sequence,
            e.at,
            e.actor,
            e.kind,
            t.model.c.name.label("model"),
            t.version.c.number.label("version"),
            t.run.c.uuid.label("run"),
            e.reason,
            e.before,
            e.after,
        )
        .select_from(t.event)
        .outerjoin(t.model, t.model.c.id == e.model_id)
        .outerjoin(t.version, t.version.c.id == e.version_id)
        .outerjoin(t.run, t.run.c.id == e.run_id)
        .limit(limit)
    )
    last = sa.true() if before is None else e.sequence < before
    if version is not None:
        told = e.kind.in_(list(kinds)) if kinds else sa.true()
        query = _newest_of(query.where(told), (e.version_id, version))
    elif model is not None and kinds:
        pages = (_page(model, kind, last, limit) for kind in kinds)
        query = query.where(e.sequence.in_(sa.union_all(*pages))).order_by(e.sequence.desc())
    elif model is not None:
        query = _newest_of(query, (e.model_id, model))
    else:
        query = query.order_by(e.sequence.desc())
    return tuple(Event(**row._mapping) for row in connection.execute(query.where(last)))


def _page(
    model: int, kind: EventKind, last: sa.ColumnElement[bool], limit: int
) -> sa.Select[tuple[int]]:
    """Select the newest events of one kind: an index has no order over several."""
    told = sa.select(t.event.c.sequence).where(last)
    page = _newest_of(told, (t.event.c.model_id, model), (t.event.c.kind, str(kind)))
    return sa.select(page.limit(limit).subquery().c.sequence)


def _newest_of(query: sa.Select[Any], *asked: tuple[sa.Column[Any], Any]) -> sa.Select[Any]:
    """Not ``=``: then PostgreSQL may go back through the events of all models."""
    query = query.where(*(column.between(value, value) for column, value in asked))
    return query.order_by(*(column.desc() for column, _ in asked), t.event.c.sequence.desc())


def last_sequence(connection: sa.Connection) -> int:
    """Return the number of the newest event, 0 before the first."""
    return connection.execute(_LAST).scalar_one() or 0
