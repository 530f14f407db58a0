"""What the database says of itself."""

import sqlalchemy as sa

from registry_tasks.entities.run import RunStatus
from registry_tasks.stores.metadata import tables as t


def complaints(connection: sa.Connection) -> tuple[str, ...]:
    """Return damaged pages, dangling references, and versions that break an invariant."""
    found: list[str] = []
    if connection.dialect.name == "sqlite":
        integrity = connection.exec_driver_sql("PRAGMA integrity_check").scalars()
        found += [line for line in integrity if line != "ok"]
        dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        found += [f"{row[0]} row {row[1]} refers to a missing {row[2]}" for row in dangling]
    found += _numbers(connection)
    found += _unplaced(connection)
    found += _unfinished(connection)
    return tuple(found)


def _numbers(connection: sa.Connection) -> list[str]:
    v = t.version.c
    rows = connection.execute(
        sa.select(t.model.c.name, sa.func.count(), sa.func.max(v.number))
        .join(t.version, v.model_id == t.model.c.id)
        .group_by(t.model.c.name)
        .having(sa.func.count() != sa.func.max(v.number))
    )
    return [f"{name} has {count} versions, numbered to {top}" for name, count, top in rows]


def _unplaced(connection: sa.Connection) -> list[str]:
    a = t.stage_assignment.c
    rows = connection.execute(
        sa.select(t.model.c.name, t.version.c.number)
        .join(t.version, t.version.c.model_id == t.model.c.id)
        .outerjoin(t.stage_assignment, a.version_id == t.version.c.id)
        .where(a.version_id.is_(None))
    )
    return [f"{name}@{number} is in no stage" for name, number in rows]


def _unfinished(connection: sa.Connection) -> list[str]:
    rows = connection.execute(
        sa.select(t.model.c.name, t.version.c.number)
        .join(t.version, t.version.c.model_id == t.model.c.id)
        .join(t.run, t.run.c.id == t.version.c.run_id)
        .where(t.run.c.status != RunStatus.FINISHED)
    )
    return [f"{name}@{number} has a run that did not finish" for name, number in rows]
