"""The append-only record of every change."""

from typing import Final

import sqlalchemy as sa
from pydantic import JsonValue

from registry_tasks.entities.event import MOVES, Event, EventKind
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
    model: str | None = None,
    version: int | None = None,
    before: int | None = None,
    limit: int = 100,
) -> tuple[Event, ...]:
    """Return events newest first; ``version`` is a row id, ``before`` a sequence to go on from."""
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
        .order_by(e.sequence.desc())
        .limit(limit)
    )
    if model is not None:
        named = sa.select(t.model.c.id).where(t.model.c.name == model).scalar_subquery()
        query = query.where(e.model_id == named)
    if version is not None:
        query = query.where(e.version_id == version)
    if before is not None:
        query = query.where(e.sequence < before)
    return tuple(Event(**row._mapping) for row in connection.execute(query))


def last_sequence(connection: sa.Connection) -> int:
    """Return the number of the newest event, 0 before the first."""
    return connection.execute(_LAST).scalar_one() or 0
