"""Aliases: movable pointers to a version of a model."""

from typing import Final, NamedTuple

import sqlalchemy as sa

from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.inserting import put_one
from registry_tasks.stores.metadata.query import through
from registry_tasks.stores.metadata.store import Transaction

_TARGET: Final = """
SELECT a.version_id, v.number FROM alias a JOIN version v ON v.id = a.version_id
WHERE a.model_id = ? AND a.name = ?
"""


class Target(NamedTuple):
    """The version an alias points to, by row id and by number."""

    version_id: int
    number: int


def find_target(connection: sa.Connection, model_id: int, name: str) -> Target | None:
    """Return where an alias points, or None."""
    rows = through(connection)(_TARGET, (model_id, name))
    return Target(*rows[0]) if rows else None


def point(tx: Transaction, model_id: int, name: str, version_id: int) -> None:
    """Make an alias point to a version, wherever it pointed before."""
    key = {"model_id": model_id, "name": name}
    put_one(tx.connection, t.alias, key, {"version_id": version_id})


def remove(tx: Transaction, model_id: int, name: str) -> None:
    """Take an alias away; nothing happens if there is none."""
    tx.connection.execute(
        sa.delete(t.alias).where(t.alias.c.model_id == model_id, t.alias.c.name == name)
    )
