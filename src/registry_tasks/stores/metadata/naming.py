"""What a store is known by to others, and which objects its rows name."""

from hashlib import sha256
from typing import Final

import sqlalchemy as sa

from registry_tasks.stores.metadata import tables as t

_LENGTH: Final = 16


def store_identity(connection: sa.Connection) -> str | None:
    """Return what is the same wherever a store is moved to: its first event; None before that."""
    e = t.event.c
    first = sa.select(e.at, e.actor, e.kind).order_by(e.sequence).limit(1)
    row = connection.execute(first).one_or_none()
    if row is None:
        return None
    return sha256(f"{row.at.isoformat()} {row.actor} {row.kind}".encode()).hexdigest()[:_LENGTH]


def named_objects(connection: sa.Connection) -> frozenset[str]:
    """Return the MD5 of every object that a run or a state of a dataset names, kept or let go."""
    files = connection.execute(sa.select(t.artifact.c.md5).distinct()).scalars()
    return frozenset(files) | states(connection)


def states(connection: sa.Connection) -> frozenset[str]:
    """Return the MD5 of every state of a dataset that a run read."""
    return frozenset(connection.execute(sa.select(t.dataset_version.c.md5).distinct()).scalars())


def repository_names(connection: sa.Connection) -> frozenset[str]:
    """Return what rows call the repositories that runs came from."""
    r = t.run.c.repository
    return frozenset(connection.execute(sa.select(r).where(r != "").distinct()).scalars())
