"""The append-only record of every change."""

from typing import Final

import sqlalchemy as sa
from pydantic import JsonValue

from registry_tasks.entities.event import MOVES, EventKind
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


def last_sequence(connection: sa.Connection) -> int:
    """Return the number of the newest event, 0 before the first."""
    return connection.execute(_LAST).scalar_one() or 0
