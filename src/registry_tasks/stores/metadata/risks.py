"""What speaks against a version being made again: its grade, its last rebuild."""

from collections.abc import Collection
from typing import Final

import sqlalchemy as sa

from registry_tasks.entities.stage import Stage
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.versions import REF

_V: Final = t.version.c
_R: Final = t.reproduction.c
_GRADE: Final = sa.func.coalesce(t.version_grade.c.grade, _V.grade)
_NEWEST: Final = sa.select(sa.func.max(_R.id)).group_by(_R.version_id)
_NOT_DELETED: Final = _V.id.not_in(sa.select(t.tombstone.c.version_id))


def list_in_production(
    connection: sa.Connection, model_id: int | None, grades: Collection[str], limit: int
) -> tuple[tuple[str, str], ...]:
    """Return reference and grade of what is in production with one of some grades."""
    a = t.stage_assignment.c
    query = (
        sa.select(REF.label("ref"), _GRADE.label("grade"), _V.id)
        .join_from(t.version, t.model, t.model.c.id == _V.model_id)
        .join(t.stage_assignment, a.version_id == _V.id)
        .outerjoin(t.version_grade, t.version_grade.c.version_id == _V.id)
        .where(a.stage == Stage.PRODUCTION, _GRADE.in_(list(grades)))
        .order_by(t.model.c.name, _V.id)
        .distinct()
        .limit(limit)
    )
    query = query.add_columns(t.model.c.name)
    if model_id is not None:
        query = query.where(_V.model_id == model_id)
    return tuple((row.ref, row.grade) for row in connection.execute(query))


def list_last_rebuilt(
    connection: sa.Connection, model_id: int | None, verdict: str, limit: int
) -> tuple[tuple[str, str | None], ...]:
    """Return reference and first different stage of those whose last rebuild came out so."""
    query = (
        sa.select(REF.label("ref"), _R.first_different_stage)
        .join_from(t.reproduction, t.version, _V.id == _R.version_id)
        .join(t.model, t.model.c.id == _V.model_id)
        .where(_R.id.in_(_NEWEST), _R.verdict == verdict, _NOT_DELETED)
        .order_by(_R.id.desc())
        .limit(limit)
    )
    if model_id is not None:
        query = query.where(_V.model_id == model_id)
    return tuple((row.ref, row.first_different_stage) for row in connection.execute(query))
