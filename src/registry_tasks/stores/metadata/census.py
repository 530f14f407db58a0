"""Census: what the store says is there, all of it, for whoever holds it against the rest."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import sqlalchemy as sa

from registry_tasks.entities.event import MOVES, EventKind
from registry_tasks.entities.manifest import Artifact, Home
from registry_tasks.entities.run import RunStatus
from registry_tasks.stores.metadata import tables as t

_TOLD = (EventKind.VERSION_REGISTERED, *MOVES, EventKind.ALIAS_MOVED, EventKind.ALIAS_REMOVED)


class CountedRun(NamedTuple):
    """A run, and the version that was made of it, if one was."""

    id: int
    uuid: str
    model: str
    status: str
    repository: str
    commit: str | None
    started_at: Any  # aware datetime
    outputs_hash: str | None
    version: str | None  # reference

    @property
    def ref(self) -> str:
        """What a person knows it by."""
        return self.version or f"run {self.uuid}"


def count_runs(connection: sa.Connection) -> tuple[CountedRun, ...]:
    """Return all runs, those with versions first, in the order of versions."""
    r, v = t.run.c, t.version.c
    rows = connection.execute(
        sa.select(
            r.id,
            r.uuid,
            t.model.c.name,
            r.status,
            r.repository,
            r.commit,
            r.started_at,
            r.outputs_hash,
            v.number,
        )
        .join(t.model, t.model.c.id == r.model_id)
        .outerjoin(t.version, v.run_id == r.id)
        .order_by(v.id.is_(None), v.id, r.id)
    )
    return tuple(
        CountedRun(*row[:8], None if row.number is None else f"{row.name}@{row.number}")
        for row in rows
    )


def count_artifacts(connection: sa.Connection) -> dict[int, list[Artifact]]:
    """Return row id of a run -> the artifacts that it finished with, by path."""
    a = t.artifact.c
    found: dict[int, list[Artifact]] = {}
    rows = connection.execute(
        sa.select(t.artifact)
        .join(t.run, t.run.c.id == a.run_id)
        .where(t.run.c.status == RunStatus.FINISHED)
        .order_by(a.run_id, a.path)
    )
    for row in rows:
        values = row._mapping
        fields = {name: values[name] for name in Artifact.model_fields}
        made = Artifact.model_construct(**{**fields, "home": Home(row.home)})
        found.setdefault(row.run_id, []).append(made)
    return found


def read_history(connection: sa.Connection) -> Iterator[tuple[Any, ...]]:
    """Give the events that say where versions and aliases stand, oldest first.

    Each is sequence, kind, row id of the model, row id of the version, before, after.
    """
    e = t.event.c
    columns = (e.sequence, e.kind, e.model_id, e.version_id, e.before, e.after)
    query = sa.select(*columns).where(e.kind.in_([str(kind) for kind in _TOLD]))
    for row in connection.execute(query.order_by(e.sequence)):
        yield tuple(row)


def version_names(connection: sa.Connection) -> dict[int, tuple[int, str]]:
    """Return row id of a version -> row id of its model, and its reference."""
    rows = connection.execute(
        sa.select(t.version.c.id, t.model.c.id, t.model.c.name, t.version.c.number)
        .join(t.model, t.model.c.id == t.version.c.model_id)
        .order_by(t.version.c.id)
    )
    return {version: (model, f"{name}@{number}") for version, model, name, number in rows}


def model_names(connection: sa.Connection) -> dict[int, str]:
    """Return row id -> name."""
    return dict(connection.execute(sa.select(t.model.c.id, t.model.c.name)).all())


def read_assignments(connection: sa.Connection) -> dict[tuple[int, str], tuple[str, bool]]:
    """Return (row id of a version, environment) -> stage, and whether it has one place."""
    a = t.stage_assignment.c
    rows = connection.execute(sa.select(a.version_id, a.environment, a.stage, a.single))
    return {(row.version_id, row.environment): (row.stage, row.single) for row in rows}


def read_aliases(connection: sa.Connection) -> dict[tuple[int, str], int]:
    """Return (row id of a model, alias) -> row id of the version it points to."""
    a = t.alias.c
    rows = connection.execute(sa.select(a.model_id, a.name, a.version_id))
    return {(row.model_id, row.name): row.version_id for row in rows}


def read_edges(connection: sa.Connection) -> tuple[tuple[tuple[str, str], tuple[str, str]], ...]:
    """Return every edge: (kind, id) of what something was made from, (kind, id) of what was made."""
    e = t.lineage_edge.c
    rows = connection.execute(
        sa.select(e.source_kind, e.source_id, e.target_kind, e.target_id).distinct()
    )
    return tuple(((a, b), (c, d)) for a, b, c, d in rows)


def read_answers(connection: sa.Connection) -> Iterator[tuple[str, str]]:
    """Give key and answer of every request that was carried out under a key."""
    r = t.request.c
    for row in connection.execute(sa.select(r.key, r.answer).order_by(r.key)):
        yield row.key, row.answer


def version_uuids(connection: sa.Connection) -> frozenset[str]:
    """Return the UUIDs of all versions."""
    return frozenset(connection.execute(sa.select(t.version.c.uuid)).scalars())
