"""Which versions let go of their bytes, and which objects nobody needs for it."""

from collections.abc import Collection
from datetime import datetime
from typing import Final, NamedTuple

import sqlalchemy as sa

from registry_tasks.entities.dropped_bytes import DroppedBytes
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.manifest import Home
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.log_rows import read_by
from registry_tasks.stores.metadata.store import Transaction
from registry_tasks.stores.metadata.versions import REF

_A: Final = t.artifact.c
_V: Final = t.version.c
_SAME: Final = t.dropped_bytes.c.version_id == sa.bindparam("dropped")
_FIND: Final = sa.select(t.dropped_bytes).where(_SAME)
_REMOVE: Final = sa.delete(t.dropped_bytes).where(_SAME)
_IS_MADE: Final = _A.stage.is_not(None) | t.run.c.commit.is_(None)
"""And no data: only runs of a commit read any, and what no DVC stage of theirs made is that."""
_MADE: Final = (
    sa.select(_A.run_id, _A.md5, _A.own)
    .join(t.run, t.run.c.id == _A.run_id)
    .where(_A.home == Home.REMOTE, _IS_MADE)
)
_ARCHIVED: Final = sa.select(sa.func.max(t.event.c.at)).where(
    t.event.c.version_id == sa.bindparam("version"),
    t.event.c.kind == str(EventKind.VERSION_ARCHIVED),
)

_MARKS: Final = (t.dropped_bytes, t.tombstone)
_RELEASED: Final = sa.select(t.event.c.version_id).where(
    t.event.c.kind == str(EventKind.VERSION_RELEASED), t.event.c.at >= sa.bindparam("before")
)


class Letting(NamedTuple):
    """Runs that stand for versions without bytes: a version's own, and those that confirmed it."""

    dropped: frozenset[int]
    deleted: frozenset[int]


def find(connection: sa.Connection, version_id: int) -> DroppedBytes | None:
    """Return since when and why a version is without its bytes, None if it keeps them."""
    row = connection.execute(_FIND, {"dropped": version_id}).one_or_none()
    return None if row is None else DroppedBytes(reason=row.reason, at=row.at, by=row.by)


def put(tx: Transaction, version_id: int, reason: str) -> DroppedBytes:
    """Write that a version lets go of its bytes."""
    made = DroppedBytes(reason=reason, at=tx.at, by=tx.actor)
    tx.connection.execute(sa.insert(t.dropped_bytes), {"version_id": version_id, **dict(made)})
    return made


def remove(tx: Transaction, version_id: int) -> None:
    """Write that a version has its bytes again."""
    tx.connection.execute(_REMOVE, {"dropped": version_id})


def archived_at(connection: sa.Connection, version_id: int) -> datetime | None:
    """Return when a version was last archived, None if it never was."""
    found: datetime | None = connection.execute(_ARCHIVED, {"version": version_id}).scalar_one()
    return found


def let_go(connection: sa.Connection, before: datetime | None = None) -> frozenset[str]:
    """Return the MD5 of the objects that versions let go of and nobody else needs.

    With ``before``, of those versions only that were dropped, deleted or released before then.

    A dropped version lets go of what its own pipeline made, and a deleted one of all that was
    made, but neither of what it was made from: that is data. What others' pipelines made goes
    with a dropped version only if it can be made again too, being another dropped one's own. An
    object stays as long as any other run has it.
    """
    letting = _letting(connection, before=before)
    if not letting.dropped and not letting.deleted:
        return frozenset()
    rows = list(read_by(connection, _MADE, _A.run_id, letting.dropped | letting.deleted))
    remakable = {row.md5 for row in rows if row.own and row.run_id in letting.dropped}
    going: dict[str, int] = {}
    for row in rows:
        if row.run_id in letting.deleted or row.own or row.md5 in remakable:
            going[row.md5] = going.get(row.md5, 0) + 1
    named = _count(connection, going)
    return frozenset(md5 for md5, count in going.items() if count == named[md5])


def find_unnamed(connection: sa.Connection, objects: Collection[str]) -> frozenset[str]:
    """Return those of some objects that no run has which keeps its bytes."""
    named = _count(connection, objects).keys() - let_go(connection)
    return frozenset(objects) - named


def needed_by_others(connection: sa.Connection, version_id: int, md5: str) -> str | None:
    """Say who but a version has one of its objects: another version, or a run."""
    letting = _letting(connection, also=version_id)
    rows = connection.execute(
        sa.select(_A.run_id, _IS_MADE.label("made"), t.run.c.uuid, REF.label("ref"))
        .join(t.run, t.run.c.id == _A.run_id)
        .outerjoin(t.version, _V.run_id == _A.run_id)
        .outerjoin(t.model, t.model.c.id == _V.model_id)
        .where(_A.md5 == md5)
        .order_by(_V.id, _A.run_id)
    )
    gone = letting.dropped | letting.deleted
    others = (row for row in rows if row.run_id not in gone or not row.made)
    return next((row.ref or f"run {row.uuid}" for row in others), None)


def _letting(
    connection: sa.Connection, *, also: int | None = None, before: datetime | None = None
) -> Letting:
    """``also`` is the row id of a version that is thought of as dropped too."""
    dropped, deleted = (_versions(connection, mark, before) for mark in _MARKS)
    dropped |= set() if also is None else {also}
    return Letting(_runs(connection, dropped), _runs(connection, deleted))


def _versions(connection: sa.Connection, mark: sa.Table, before: datetime | None) -> set[int]:
    """Return the row ids of the versions that have a mark, and no hold."""
    query = sa.select(mark.c.version_id).where(
        mark.c.version_id.not_in(sa.select(t.hold.c.version_id))
    )
    if before is not None:
        query = query.where(mark.c.at < before, mark.c.version_id.not_in(_RELEASED))
    asked = {} if before is None else {"before": before}
    return set(connection.execute(query, asked).scalars())


def _runs(connection: sa.Connection, versions: Collection[int]) -> frozenset[int]:
    own = sa.select(_V.run_id)
    confirming = sa.select(t.confirmation.c.run_id)
    found = (
        *read_by(connection, own, _V.id, versions),
        *read_by(connection, confirming, t.confirmation.c.version_id, versions),
    )
    return frozenset(row.run_id for row in found)


def _count(connection: sa.Connection, objects: Collection[str]) -> dict[str, int]:
    """Count all rows that name an object, whoever keeps its bytes."""
    query = sa.select(_A.md5, sa.func.count().label("rows")).group_by(_A.md5)
    return {row.md5: row.rows for row in read_by(connection, query, _A.md5, objects)}
