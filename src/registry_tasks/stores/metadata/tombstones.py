"""Tombstones: what stands where a version was. Only ever added."""

from typing import Final

import sqlalchemy as sa

from registry_tasks.entities.removal import Tombstone
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.store import Transaction

_FIND: Final = sa.select(t.tombstone).where(t.tombstone.c.version_id == sa.bindparam("version"))


def find(connection: sa.Connection, version_id: int) -> Tombstone | None:
    """Return a version's tombstone, None if it was not deleted."""
    row = connection.execute(_FIND, {"version": version_id}).one_or_none()
    return None if row is None else Tombstone(reason=row.reason, at=row.at, by=row.by)


def put_up(tx: Transaction, version_id: int, reason: str) -> Tombstone:
    """Write that a version is deleted from now on."""
    made = Tombstone(reason=reason, at=tx.at, by=tx.actor)
    tx.connection.execute(sa.insert(t.tombstone), {"version_id": version_id, **dict(made)})
    return made
