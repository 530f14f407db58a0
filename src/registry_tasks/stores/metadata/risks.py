"""What speaks against a version being made again: its grade, its last rebuild."""

from collections.abc import Collection
from typing import Any, Final, NamedTuple

import sqlalchemy as sa

from registry_tasks.entities.stage import Stage
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.versions import REF

_V: Final = t.version.c
_R: Final = t.reproduction.c
_GRADE: Final = sa.func.coalesce(t.version_grade.c.grade, _V.grade)
_NEWEST: Final = sa.select(sa.func.max(_R.id)).group_by(_R.version_id)
_NOT_DELETED: Final = _V.id.not_in(sa.select(t.tombstone.c.version_id))


class Found(NamedTuple):
    """A version, and what speaks against it: its grade, or the first stage that differs."""

    id: int  # to go on from
    ref: str
    what: str | None


def list_in_production(
    connection: sa.Connection,
    model_id: int | None,
    grades: Collection[str],
    before: int | None,
    limit: int,
) -> tuple[Found, ...]:
    """Return what is in production with one of some grades, the newest first."""
    a = t.stage_assignment.c
    query = (
        sa.select(_V.id, REF.label("ref"), _GRADE.label("grade"))
        .join_from(t.version, t.model, t.model.c.id == _V.model_id)
        .join(t.stage_assignment, a.version_id == _V.id)
        .outerjoin(t.version_grade, t.version_grade.c.version_id == _V.id)
        .where(a.stage == Stage.PRODUCTION, _GRADE.in_(list(grades)))
        .order_by(_V.id.desc())
        .distinct()
    )
    return _page(connection, query, _V.id, model_id, before, limit)


def list_last_rebuilt(
    connection: sa.Connection,
    model_id: int | None,
    verdict: str,
    before: int | None,
    limit: int,
) -> tuple[Found, ...]:
    """Return those whose last rebuild came out so, the newest first."""
    query = (
        sa.select(_R.id, REF.label("ref"), _R.first_different_stage)
        .join_from(t.reproduction, t.version, _V.id == _R.version_id)
        .join(t.model, t.model.c.id == _V.model_id)
        .where(_R.id.in_(_NEWEST), _R.verdict == verdict, _NOT_DELETED)
        .order_by(_R.id.desc())
    )
    return _page(connection, query, _R.id, model_id, before, limit)


def _page(
    connection: sa.Connection,
    query: sa.Select[Any],
    key: sa.ColumnElement[int],
    model_id: int | None,
    before: int | None,
    limit: int,
) -> tuple[Found, ...]:
    if model_id is not None:
        query = query.where(_V.model_id == model_id)
    if before is not None:
        query = query.where(key < before)
    return tuple(Found(*row) for row in connection.execute(query.limit(limit)))
