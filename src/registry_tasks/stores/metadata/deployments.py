"""Deployments: begun once, ended once, kept for ever."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import uuid4

import sqlalchemy as sa

from registry_tasks.entities.deployment import Deployment, StartDeployment
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.lookup import StoredVersion
from registry_tasks.stores.metadata.store import Transaction

_D: Final = t.deployment.c
_SHOWN: Final = (
    sa.select(t.deployment, t.model.c.name.label("model"), t.version.c.number)
    .add_columns(sa.func.coalesce(t.version_grade.c.grade, t.version.c.grade).label("grade"))
    .join(t.model, t.model.c.id == _D.model_id)
    .join(t.version, t.version.c.id == _D.version_id)
    .outerjoin(t.version_grade, t.version_grade.c.version_id == _D.version_id)
)
_OF_VERSION: Final = _SHOWN.where(_D.version_id == sa.bindparam("version"))
_OPEN: Final = _D.until.is_(None)
_OPEN_OF_MODEL: Final = _SHOWN.where(_D.model_id == sa.bindparam("model"), _OPEN).order_by(_D.id)
_AT_PLACE: Final = (
    _OF_VERSION.where(
        _D.environment == sa.bindparam("environment"), _D.place == sa.bindparam("place")
    )
    .order_by(_D.id.desc())
    .limit(1)
)
_END: Final = sa.update(t.deployment).where(_D.uuid == sa.bindparam("ended")).where(_OPEN)


def start(tx: Transaction, stored: StoredVersion, request: StartDeployment) -> Deployment:
    """Write that a version is used at a place, since the time that is told or now."""
    made = Deployment(
        uuid=str(uuid4()),
        version=stored.version.ref,
        environment=request.environment,
        place=request.place,
        reason=request.reason,
        since=request.since or tx.at,
        by=tx.actor,
        grade=stored.version.grade,
    )
    row = made.model_dump(exclude={"version", "grade"})
    ids = {"model_id": stored.model_id, "version_id": stored.id}
    tx.connection.execute(sa.insert(t.deployment), {**row, **ids})
    return made


def end(tx: Transaction, deployment: Deployment, until: datetime | None) -> Deployment:
    """Write that a deployment that lasts is over, since the time that is told or now."""
    over = {"until": max(until or tx.at, deployment.since), "ended_by": tx.actor}
    tx.connection.execute(_END, {"ended": deployment.uuid, **over})
    return deployment.model_copy(update=over)


def find_last(
    connection: sa.Connection, version_id: int, environment: str, place: str
) -> Deployment | None:
    """Return a version's newest deployment at a place, over or not, or None."""
    asked = {"version": version_id, "environment": environment, "place": place}
    row = connection.execute(_AT_PLACE, asked).one_or_none()
    return None if row is None else _deployment(row)


def find(connection: sa.Connection, uuid: str) -> Deployment | None:
    """Return a deployment by its id, or None."""
    row = connection.execute(_SHOWN.where(_D.uuid == uuid)).one_or_none()
    return None if row is None else _deployment(row)


def list_open(connection: sa.Connection, model_id: int) -> tuple[Deployment, ...]:
    """Return where versions of a model are used now, oldest first."""
    rows = connection.execute(_OPEN_OF_MODEL, {"model": model_id})
    return tuple(_deployment(row) for row in rows)


def list_open_of(connection: sa.Connection, version_id: int) -> tuple[Deployment, ...]:
    """Return where a version is used now, oldest first."""
    query = _OF_VERSION.where(_OPEN).order_by(_D.id)
    rows = connection.execute(query, {"version": version_id})
    return tuple(_deployment(row) for row in rows)


def list_deployments(
    connection: sa.Connection,
    *,
    model: int | None = None,
    version: int | None = None,
    environment: str | None = None,
    at: datetime | None = None,
    over: bool = False,
    before: str | None = None,
    limit: int = 100,
) -> tuple[Deployment, ...]:
    """Return deployments newest first; ``model`` and ``version`` are row ids.

    Those that last, or that lasted at a time; with ``over`` all there ever were. ``before`` is the
    id of one to go on from.
    """
    query = _SHOWN.order_by(_D.id.desc()).limit(limit)
    wanted: list[sa.ColumnElement[bool]] = []
    if model is not None:
        wanted.append(_D.model_id == model)
    if version is not None:
        wanted.append(_D.version_id == version)
    if environment is not None:
        wanted.append(_D.environment == environment)
    if at is not None:
        wanted.append((_D.since <= at) & (_OPEN | (_D.until > at)))
    elif not over:
        wanted.append(_OPEN)
    if before is not None:
        wanted.append(_D.id < sa.select(_D.id).where(_D.uuid == before).scalar_subquery())
    return tuple(_deployment(row) for row in connection.execute(query.where(*wanted)))


def places(found: Sequence[Deployment]) -> tuple[str, ...]:
    """Say where, in words: ``scoring API in prod-eu``."""
    return tuple(f"{each.place} in {each.environment}" for each in found)


def _deployment(row: sa.Row[Any]) -> Deployment:
    fields = {name: row._mapping[name] for name in Deployment.model_fields if name != "version"}
    return Deployment(version=f"{row.model}@{row.number}", **fields)
