"""Legal holds: which versions nobody may delete, and which objects are theirs."""

from typing import Final

import sqlalchemy as sa

from registry_tasks.entities.removal import LegalHold
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.inserting import put_one
from registry_tasks.stores.metadata.store import Transaction

_SAME: Final = t.hold.c.version_id == sa.bindparam("held")
_FIND: Final = sa.select(t.hold).where(_SAME)
_OF_MODEL: Final = (
    sa.select(t.hold)
    .join(t.version, t.version.c.id == t.hold.c.version_id)
    .where(t.version.c.model_id == sa.bindparam("model"))
)
_REMOVE: Final = sa.delete(t.hold).where(_SAME)
_HELD_OBJECTS: Final = (
    sa.select(t.artifact.c.md5)
    .join(t.version, t.version.c.run_id == t.artifact.c.run_id)
    .join(t.hold, t.hold.c.version_id == t.version.c.id)
    .distinct()
)


def find(connection: sa.Connection, version_id: int) -> LegalHold | None:
    """Return a version's hold, None if there is none."""
    row = connection.execute(_FIND, {"held": version_id}).one_or_none()
    return None if row is None else LegalHold(reason=row.reason, at=row.at, by=row.by)


def of_model(connection: sa.Connection, model_id: int) -> dict[int, LegalHold]:
    """Return row id -> hold of all versions of a model that are held."""
    rows = connection.execute(_OF_MODEL, {"model": model_id})
    return {row.version_id: LegalHold(reason=row.reason, at=row.at, by=row.by) for row in rows}


def put(tx: Transaction, version_id: int, reason: str) -> LegalHold:
    """Hold a version, or hold it for another reason than before."""
    made = LegalHold(reason=reason, at=tx.at, by=tx.actor)
    put_one(tx.connection, t.hold, {"version_id": version_id}, dict(made))
    return made


def remove(tx: Transaction, version_id: int) -> None:
    """Take a version's hold away."""
    tx.connection.execute(_REMOVE, {"held": version_id})


def held_objects(connection: sa.Connection) -> frozenset[str]:
    """Return the MD5 of every object that a held version needs."""
    return frozenset(connection.execute(_HELD_OBJECTS).scalars())
