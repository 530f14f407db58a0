"""Aliases: movable pointers to a version of a model."""

import sqlalchemy as sa

from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.store import Transaction


def find_target(connection: sa.Connection, model_id: int, name: str) -> int | None:
    """Return the row id of the version an alias points to, or None."""
    return connection.execute(
        sa.select(t.alias.c.version_id).where(
            t.alias.c.model_id == model_id, t.alias.c.name == name
        )
    ).scalar_one_or_none()


def point(tx: Transaction, model_id: int, name: str, version_id: int) -> None:
    """Make an alias point to a version, wherever it pointed before."""
    same = (t.alias.c.model_id == model_id) & (t.alias.c.name == name)
    moved = tx.connection.execute(sa.update(t.alias).where(same).values(version_id=version_id))
    if moved.rowcount == 0:
        tx.connection.execute(
            sa.insert(t.alias).values(model_id=model_id, name=name, version_id=version_id)
        )


def remove(tx: Transaction, model_id: int, name: str) -> None:
    """Take an alias away; nothing happens if there is none."""
    tx.connection.execute(
        sa.delete(t.alias).where(t.alias.c.model_id == model_id, t.alias.c.name == name)
    )
