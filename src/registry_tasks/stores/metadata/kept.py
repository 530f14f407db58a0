"""What a store holds already, as whoever goes on writing history into it has to know it."""

from datetime import UTC, datetime

import sqlalchemy as sa

from registry_tasks.entities.lineage import Edge
from registry_tasks.entities.run import RunStatus
from registry_tasks.entities.semantic_version import SemanticVersion
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.lineage import to_edge
from registry_tasks.stores.metadata.log_rows import CONTENTS, name_of

_NAMED = (t.model, t.experiment, t.environment, t.dataset, t.run, t.version, t.sweep)


def names(connection: sa.Connection) -> dict[sa.Table, dict[str, int]]:
    """Return by table what rows are called where no row ids are -> row id."""
    found: dict[sa.Table, dict[str, int]] = {
        table: dict(connection.execute(name_of(table).add_columns(table.c.id)).all())
        for table in _NAMED
    }
    state = t.dataset_version.c
    query = sa.select(t.dataset.c.name + "@" + state.md5, state.id)
    states = query.join_from(t.dataset_version, t.dataset, t.dataset.c.id == state.dataset_id)
    found[t.dataset_version] = dict(connection.execute(states).all())
    return found


def newest_event(connection: sa.Connection) -> tuple[int, datetime]:
    """Return sequence and time of the newest event; without any, 0 and a time before all."""
    e = t.event.c
    newest = sa.select(e.sequence, e.at).order_by(e.sequence.desc()).limit(1)
    row = connection.execute(newest).one_or_none()
    return (0, datetime.min.replace(tzinfo=UTC)) if row is None else (row.sequence, row.at)


def highest_id(connection: sa.Connection, table: sa.Table) -> int:
    """Return the highest row id of a table, 0 if it is empty."""
    return connection.execute(sa.select(sa.func.max(table.c.id))).scalar_one() or 0


def edges(connection: sa.Connection) -> set[Edge]:
    """Return the whole lineage."""
    return {to_edge(row) for row in connection.execute(sa.select(t.lineage_edge))}


def commits(connection: sa.Connection) -> dict[str, tuple[bool, str]]:
    """Return by reference whether a version has a commit, and its semantic version."""
    v = t.version.c
    rows = connection.execute(name_of(t.version).add_columns(v.commit, v.major, v.minor, v.patch))
    return {row[0]: (row[1] is not None, str(SemanticVersion(*row[2:]))) for row in rows}


def tag_times(connection: sa.Connection) -> dict[int, datetime]:
    """Return when the newest tag of each model is said to be made, by row id."""
    m = t.model.c
    rows = connection.execute(sa.select(m.id, m.tagged_at).where(m.tagged_at.is_not(None)))
    return dict(rows.all())


def ended_runs(connection: sa.Connection) -> set[int]:
    """Return the row ids of the runs that nothing can be added to."""
    ended = sa.select(t.run.c.id).where(t.run.c.status != RunStatus.RUNNING)
    return set(connection.execute(ended).scalars())


def of_running_runs(connection: sa.Connection) -> dict[sa.Table, set[tuple[object, ...]]]:
    """Return by table the keys of the rows that runs have which have not ended."""
    running = sa.select(t.run.c.id).where(t.run.c.status == RunStatus.RUNNING)
    found: dict[sa.Table, set[tuple[object, ...]]] = {}
    for table in (*CONTENTS, t.metric_point, t.feature_importance):
        rows = connection.execute(
            sa.select(*table.primary_key.columns).where(table.c.run_id.in_(running))
        )
        found[table] = {tuple(row) for row in rows}
    return found


def projects(connection: sa.Connection) -> dict[str, str]:
    """Return what rows call the repositories that runs came from -> a project's name for people."""
    r = t.run.c
    rows = connection.execute(
        sa.select(r.repository, r.project).where(r.repository != "").distinct()
    )
    return dict(rows.all())
