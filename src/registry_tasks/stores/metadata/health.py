"""What the database says of itself: damage, and rows that contradict each other."""

from collections.abc import Iterator
from typing import NamedTuple

import sqlalchemy as sa

from registry_tasks.entities.finding import FindingKind
from registry_tasks.entities.run import RunStatus
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.access_health import access_complaints


class Complaint(NamedTuple):
    """Something that only a backup, or a person, can put right."""

    kind: FindingKind
    where: str
    what: str


def complaints(connection: sa.Connection) -> Iterator[Complaint]:
    """Give damaged pages, rows that refer to nothing, gaps in numbers, versions without a run.

    And accounts, rights and tokens that no event tells of.
    """
    yield from _damage(connection)
    yield from _dangling(connection)
    yield from _numbers(connection)
    yield from _unfinished(connection)
    yield from _doubled(connection)
    yield from (Complaint(*each) for each in access_complaints(connection))


def _damage(connection: sa.Connection) -> Iterator[Complaint]:
    if connection.dialect.name == "sqlite":
        for line in connection.exec_driver_sql("PRAGMA integrity_check").scalars():
            if line != "ok":
                yield Complaint(FindingKind.DATABASE_DAMAGED, "database", line)


def _dangling(connection: sa.Connection) -> Iterator[Complaint]:
    """Look up every foreign key: a database that was told not to check lets anything in."""
    for table in t.metadata.sorted_tables:
        for key in table.foreign_keys:
            child, parent = key.parent.name, key.column
            missing = (
                f'SELECT DISTINCT "{child}" FROM "{table.name}" c WHERE "{child}" IS NOT NULL AND '
                f'NOT EXISTS (SELECT 1 FROM "{parent.table.name}" p '
                f'WHERE p."{parent.name}" = c."{child}") LIMIT 100'
            )
            for value in connection.exec_driver_sql(missing).scalars():
                what = f"a row has {child} {value}, which is no {parent.table.name}"
                yield Complaint(FindingKind.ROW_DANGLING, f"table {table.name}", what)


def _numbers(connection: sa.Connection) -> Iterator[Complaint]:
    v = t.version.c
    rows = connection.execute(
        sa.select(t.model.c.name, sa.func.count(), sa.func.max(v.number))
        .join(t.version, v.model_id == t.model.c.id)
        .group_by(t.model.c.name)
        .having(sa.func.count() != sa.func.max(v.number))
        .order_by(t.model.c.name)
    )
    for name, count, top in rows:
        what = f"{count} versions, numbered to {top}"
        yield Complaint(FindingKind.NUMBER_MISSING, name, what)


def _unfinished(connection: sa.Connection) -> Iterator[Complaint]:
    rows = connection.execute(
        sa.select(t.model.c.name, t.version.c.number, t.run.c.status)
        .join(t.version, t.version.c.model_id == t.model.c.id)
        .join(t.run, t.run.c.id == t.version.c.run_id)
        .where(t.run.c.status != RunStatus.FINISHED)
    )
    for name, number, status in rows:
        what = f"its run did not finish: it is {status}"
        yield Complaint(FindingKind.RUN_UNFINISHED, f"{name}@{number}", what)


def _doubled(connection: sa.Connection) -> Iterator[Complaint]:
    key = t.request.c.key
    query = sa.select(key, sa.func.count()).group_by(key).having(sa.func.count() > 1)
    for found, count in connection.execute(query):
        what = f"{count} answers under one key"
        yield Complaint(FindingKind.ANSWER_DOUBLED, f"request {found}", what)
