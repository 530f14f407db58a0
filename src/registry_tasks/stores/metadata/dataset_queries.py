"""Look at datasets: pages of them, their states, and who read a state.

What a page costs depends on the page: each query follows an index from where the page begins.
"""

from collections.abc import Collection, Sequence
from typing import Any, Final, NamedTuple

import sqlalchemy as sa

from registry_tasks.entities.dataset_record import (
    DatasetChange,
    DatasetReading,
    DatasetState,
    DatasetUser,
)
from registry_tasks.entities.event import EventKind
from registry_tasks.stores.metadata import tables as t

_D: Final = t.dataset.c
_S: Final = t.dataset_version.c
_U: Final = t.dataset_use.c
_V: Final = t.version.c


class VersionCount(NamedTuple):
    """How many versions use a dataset; there may be more."""

    versions: int
    more: bool


class HowFar(NamedTuple):
    """How many states of a dataset are looked at, and how many readings of each."""

    states: int
    readings: int


class NamedDataset(NamedTuple):
    """A row of a page."""

    id: int
    name: str
    newest: int  # row id of the state that was first read last
    owner: str
    sensitivity: str
    retain_until: Any


def list_datasets(connection: sa.Connection, after: str, limit: int) -> tuple[NamedDataset, ...]:
    """Return datasets by name, from the first one behind ``after``."""
    newest = (
        sa.select(_S.id)
        .where(_S.dataset_id == _D.id)
        .order_by(_S.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    p = t.dataset_profile.c
    said = (sa.func.coalesce(p.owner, ""), sa.func.coalesce(p.sensitivity, ""), p.retain_until)
    rows = connection.execute(
        sa.select(_D.id, _D.name, newest, *said)
        .outerjoin(t.dataset_profile, p.dataset_id == _D.id)
        .where(_D.name > after)
        .order_by(_D.name)
        .limit(limit)
    )
    return tuple(NamedDataset(*row) for row in rows)


def list_states(
    connection: sa.Connection, dataset_id: int, before: int | None, limit: int
) -> tuple[int, ...]:
    """Return row ids of a dataset's states, the newest first, below ``before``."""
    query = sa.select(_S.id).where(_S.dataset_id == dataset_id).order_by(_S.id.desc()).limit(limit)
    if before is not None:
        query = query.where(_S.id < before)
    return tuple(connection.execute(query).scalars())


def count_states(connection: sa.Connection, dataset_id: int) -> int:
    """Return how many states a dataset has had."""
    query = sa.select(sa.func.count()).where(_S.dataset_id == dataset_id)
    return connection.execute(query).scalar_one()


def read_states(connection: sa.Connection, ids: Collection[int]) -> dict[int, DatasetState]:
    """Return states by row id, with the first and the last run that read each."""
    h = t.dataset_shape.c
    rows = connection.execute(
        sa.select(
            t.dataset_version,
            h.format,
            h.rows,
            _use(sa.func.min).label("first_used"),
            _use(sa.func.max).label("last_used"),
        )
        .outerjoin(t.dataset_shape, h.dataset_version_id == _S.id)
        .where(_S.id.in_(list(ids)))
    )
    return {
        row.id: DatasetState(
            md5=row.md5,
            size_bytes=row.size_bytes,
            files=row.files,
            format=row.format or "",
            rows=row.rows,
            first_used=row.first_used,
            last_used=row.last_used,
        )
        for row in rows
    }


def _use(which: Any) -> sa.ScalarSelect[Any]:
    run = sa.select(which(_U.run_id)).where(_U.dataset_version_id == _S.id)
    of = run.correlate(t.dataset_version).scalar_subquery()
    return sa.select(t.run.c.started_at).where(t.run.c.id == of).scalar_subquery()


def count_versions(
    connection: sa.Connection, ids: Collection[int], far: HowFar
) -> dict[int, VersionCount]:
    """Return by row id of a dataset how many versions' runs read one of its newest states.

    A run reads one state of a dataset. It looks at each state by itself, so that every database
    follows the index of its readings, and no further than it must.
    """
    state = (
        sa.select(_S.id)
        .where(_S.dataset_id == _D.id)
        .correlate(t.dataset)
        .order_by(_S.id.desc())
        .limit(far.states + 1)
        .subquery()
    )
    read = (
        sa.select(_U.run_id)
        .where(_U.dataset_version_id == state.c.id)
        .correlate(state)
        .order_by(_U.run_id.desc())
        .limit(far.readings + 1)
        .subquery()
    )
    readings = sa.select(sa.func.count()).select_from(read).scalar_subquery()
    versions = (
        sa.select(sa.func.count(sa.distinct(_V.id)))
        .select_from(read)
        .join(t.version, _V.run_id == read.c.run_id)
        .scalar_subquery()
    )
    told = (sa.func.sum(versions), sa.func.max(readings), sa.func.count())
    found = (sa.select(each).select_from(state).scalar_subquery() for each in told)
    rows = connection.execute(sa.select(_D.id, *found).where(_D.id.in_(list(ids))))
    return {
        of: VersionCount(int(counted), most > far.readings or states > far.states)
        for of, counted, most, states in rows
    }


def a_run(connection: sa.Connection, dataset_id: int) -> int:
    """Return the row id of a run that read a dataset: whose repository its data belongs to."""
    state = list_states(connection, dataset_id, None, 1)[0]
    query = sa.select(sa.func.max(_U.run_id)).where(_U.dataset_version_id == state)
    found: int = connection.execute(query).scalar_one()
    return found


def list_changes(connection: sa.Connection, name: str, limit: int) -> tuple[DatasetChange, ...]:
    """Return what was said of a dataset, newest first."""
    e = t.event.c
    rows = connection.execute(
        sa.select(e.at, e.actor, e.before, e.after)
        .where(
            e.model_id.is_(None),  # so that the index on model and kind is used
            e.kind == str(EventKind.DATASET_DESCRIBED),
            e.after["dataset"].as_string() == name,
        )
        .order_by(e.sequence.desc())
        .limit(limit)
    )
    return tuple(
        DatasetChange(at=row.at, by=row.actor, before=_said(row.before), after=_said(row.after))
        for row in rows
    )


def _said(value: dict[str, Any]) -> dict[str, Any]:
    return {key: item for key, item in value.items() if key != "dataset"}


# -------------------------------------------------------------------- who read it


def users_query(states: Sequence[int], before: int | None, limit: int) -> sa.Select[Any]:
    """Ask for the newest runs below ``before`` that read any of the states: one statement."""
    pages = []
    for state in states:
        page = sa.select(_U.run_id).where(_U.dataset_version_id == state).distinct()
        if before is not None:
            page = page.where(_U.run_id < before)
        newest = page.order_by(_U.run_id.desc()).limit(limit).subquery()
        pages.append(sa.select(newest.c.run_id))
    runs = sa.union(*pages).subquery()
    r, m = t.run.c, t.model.c
    return (
        sa.select(
            _U.run_id,
            r.uuid,
            m.name.label("model"),
            r.status,
            r.started_at,
            _D.name.label("dataset"),
            _U.stage,
            _V.id.label("version_id"),
            _V.number,
            sa.func.coalesce(t.version_grade.c.grade, _V.grade).label("grade"),
            t.tombstone.c.version_id.is_not(None).label("deleted"),
        )
        .select_from(runs)
        .join(t.dataset_use, _U.run_id == runs.c.run_id)
        .join(t.dataset_version, _S.id == _U.dataset_version_id)
        .join(t.dataset, _D.id == _S.dataset_id)
        .join(t.run, r.id == runs.c.run_id)
        .join(t.model, m.id == r.model_id)
        .outerjoin(t.version, _V.run_id == runs.c.run_id)
        .outerjoin(t.tombstone, t.tombstone.c.version_id == _V.id)
        .outerjoin(t.version_grade, t.version_grade.c.version_id == _V.id)
        .where(_U.dataset_version_id.in_(list(states)))
        .order_by(_U.run_id.desc(), _D.name, _U.stage)
    )


def list_users(
    connection: sa.Connection, states: Sequence[int], before: int | None, limit: int
) -> tuple[DatasetUser, ...]:
    """Return runs that read any of the states, newest first, with what was made of them."""
    rows: dict[int, list[sa.Row[Any]]] = {}
    for row in connection.execute(users_query(states, before, limit)):
        rows.setdefault(row.run_id, []).append(row)
    newest = list(rows.values())[:limit]
    versions = [first.version_id for first, *_ in newest if first.version_id is not None]
    stages, deployments = _stages(connection, versions), _deployments(connection, versions)
    return tuple(_user(found, stages, deployments) for found in newest)


def _user(
    rows: list[sa.Row[Any]], stages: dict[int, dict[str, str]], running: dict[int, list[str]]
) -> DatasetUser:
    row = rows[0]
    return DatasetUser(
        run=row.uuid,
        model=row.model,
        status=row.status,
        started_at=row.started_at,
        readings=tuple(DatasetReading(dataset=r.dataset, stage=r.stage) for r in rows),
        version=None if row.number is None else f"{row.model}@{row.number}",
        grade=row.grade,
        deleted=bool(row.deleted),
        stages=stages.get(row.version_id, {}),
        deployments=tuple(running.get(row.version_id, ())),
    )


def _stages(connection: sa.Connection, versions: list[int]) -> dict[int, dict[str, str]]:
    a = t.stage_assignment.c
    query = sa.select(a.version_id, a.environment, a.stage).where(a.version_id.in_(versions))
    found: dict[int, dict[str, str]] = {}
    for version, environment, stage in connection.execute(query.order_by(a.environment)):
        found.setdefault(version, {})[environment] = stage
    return found


def _deployments(connection: sa.Connection, versions: list[int]) -> dict[int, list[str]]:
    d = t.deployment.c
    query = (
        sa.select(d.version_id, d.environment, d.place)
        .where(d.version_id.in_(versions), d.until.is_(None))
        .order_by(d.id)
    )
    found: dict[int, list[str]] = {}
    for version, environment, place in connection.execute(query):
        found.setdefault(version, []).append(f"{environment}: {place}" if place else environment)
    return found
