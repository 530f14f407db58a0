"""Drills: what came of each. Only ever added."""

from typing import Any, Final

import sqlalchemy as sa

from registry_tasks.entities.drill import Drill, DueDrill, Findings, Looked
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.inserting import insert_one
from registry_tasks.stores.metadata.store import Transaction
from registry_tasks.stores.metadata.versions import REF

_D: Final = t.drill.c
_V: Final = t.version.c
_SHOWN: Final = (
    sa.select(t.drill, REF.label("version"))
    .join(t.version, _V.id == _D.version_id)
    .join(t.model, t.model.c.id == _V.model_id)
    .order_by(_D.id.desc())
)
_OF_VERSION: Final = _SHOWN.where(_D.version_id == sa.bindparam("version")).limit(
    sa.bindparam("limit")
)
_NEWEST: Final = sa.select(sa.func.max(_D.id)).group_by(_D.version_id)


def add(tx: Transaction, ref: str, version_id: int, found: Findings, verdict: Looked) -> Drill:
    """Keep what a drill found of a version."""
    said: dict[str, Any] = {"verdict": verdict, "at": tx.at, "by": tx.actor}
    row = {"version_id": version_id, **found.model_dump(mode="json"), **said}
    return Drill(id=insert_one(tx.connection, t.drill, row), version=ref, **dict(found), **said)


def list_drills(connection: sa.Connection, version_id: int, limit: int = 20) -> tuple[Drill, ...]:
    """Return the drills of a version, the newest first."""
    rows = connection.execute(_OF_VERSION, {"version": version_id, "limit": limit})
    return tuple(map(_drill, rows))


def list_newest(
    connection: sa.Connection, model_id: int | None, before: int | None, limit: int
) -> tuple[Drill, ...]:
    """Return the drills of a model or of all, the newest first; ``before`` is one to go on from."""
    return _page(connection, _SHOWN, model_id, before, limit)


def list_failing(
    connection: sa.Connection, model_id: int | None, before: int | None, limit: int
) -> tuple[Drill, ...]:
    """Return those last drills of versions that failed, the newest first; not of deleted ones."""
    deleted = sa.select(t.tombstone.c.version_id)
    query = _SHOWN.where(_D.id.in_(_NEWEST), _D.verdict == Looked.FAILED, _V.id.not_in(deleted))
    return _page(connection, query, model_id, before, limit)


def list_standing(connection: sa.Connection, stage: str, model: str | None) -> tuple[DueDrill, ...]:
    """Return what stands in a stage, in whichever environment, by number; not what was deleted.

    A rebuild is expected to take what the last drill with one took, else what the run did.
    """
    a, last, rebuilt = t.stage_assignment.c, t.drill.alias("last"), t.drill.alias("rebuilt")
    newest = sa.select(sa.func.max(_D.id)).where(_D.version_id == _V.id)
    with_rebuild = newest.where(_D.rebuild != Looked.LEFT_OUT)
    query = (
        sa.select(
            REF.label("ref"), last.c.at, rebuilt.c.cpu_s, t.run.c.cpu_s.label("run_cpu_s"), _V.id
        )
        .join_from(t.version, t.model, t.model.c.id == _V.model_id)
        .join(t.run, t.run.c.id == _V.run_id)
        .join(t.stage_assignment, a.version_id == _V.id)
        .outerjoin(t.tombstone, t.tombstone.c.version_id == _V.id)
        .outerjoin(last, last.c.id == newest.scalar_subquery())
        .outerjoin(rebuilt, rebuilt.c.id == with_rebuild.scalar_subquery())
        .where(a.stage == stage, t.tombstone.c.version_id.is_(None))
        .order_by(_V.id)
        .distinct()
    )
    if model is not None:
        query = query.where(t.model.c.name == model)
    return tuple(
        DueDrill(version=row.ref, last=row.at, expected_cpu_s=row.cpu_s or row.run_cpu_s or 0.0)
        for row in connection.execute(query)
    )


def _page(
    connection: sa.Connection,
    query: sa.Select[Any],
    model_id: int | None,
    before: int | None,
    limit: int,
) -> tuple[Drill, ...]:
    if model_id is not None:
        query = query.where(_V.model_id == model_id)
    if before is not None:
        query = query.where(_D.id < before)
    return tuple(map(_drill, connection.execute(query.limit(limit))))


def _drill(row: sa.Row[Any]) -> Drill:
    named = row._mapping
    return Drill(**{name: named[name] for name in Drill.model_fields})
