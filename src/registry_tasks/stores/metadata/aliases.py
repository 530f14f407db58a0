"""Aliases: movable pointers to a version of a model."""

from typing import Final, NamedTuple

import sqlalchemy as sa

from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.inserting import put_one
from registry_tasks.stores.metadata.store import Transaction

_TARGET: Final = (
    sa.select(t.alias.c.version_id, t.version.c.number)
    .join(t.version, t.version.c.id == t.alias.c.version_id)
    .where(t.alias.c.model_id == sa.bindparam("model"), t.alias.c.name == sa.bindparam("alias"))
)


class Target(NamedTuple):
    """The version an alias points to, by row id and by number."""

    version_id: int
    number: int


def find_target(connection: sa.Connection, model_id: int, name: str) -> Target | None:
    """Return where an alias points, or None."""
    row = connection.execute(_TARGET, {"model": model_id, "alias": name}).one_or_none()
    return None if row is None else Target(*row)


def point(tx: Transaction, model_id: int, name: str, version_id: int) -> None:
    """Make an alias point to a version, wherever it pointed before."""
    key = {"model_id": model_id, "name": name}
    put_one(tx.connection, t.alias, key, {"version_id": version_id})


def remove(tx: Transaction, model_id: int, name: str) -> None:
    """Take an alias away; nothing happens if there is none."""
    tx.connection.execute(
        sa.delete(t.alias).where(t.alias.c.model_id == model_id, t.alias.c.name == name)
    )
