"""What still has to be told to Git: written with the change, drained after it."""

from typing import Any, Final

import sqlalchemy as sa

from registry_tasks.entities.event import MOVES, EventKind
from registry_tasks.entities.git_tag import GitTag
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.store import Transaction

_PENDING: Final = sa.select(t.outbox.c.sequence, t.outbox.c.tag).order_by(t.outbox.c.sequence)
_PENDING_FOR: Final = _PENDING.where(t.outbox.c.repository == sa.bindparam("repository"))
_TOLD: Final = (
    sa.select(t.event, t.version.c.repository)
    .join(t.version, t.version.c.id == t.event.c.version_id)
    .where(
        t.version.c.commit.is_not(None),
        t.event.c.kind.in_([str(kind) for kind in (EventKind.VERSION_REGISTERED, *MOVES)]),
    )
    .order_by(t.event.c.sequence)
)


def put(tx: Transaction, repository: str, tag: GitTag) -> None:
    """Queue a tag for a repository."""
    row = {"repository": repository, "tag": tag.model_dump(mode="json")}
    tx.connection.execute(sa.insert(t.outbox), row)


def pending(
    connection: sa.Connection, repository: str | None = None
) -> tuple[tuple[int, GitTag], ...]:
    """Return what is queued, oldest first, for one repository or for all."""
    query = _PENDING if repository is None else _PENDING_FOR
    rows = connection.execute(query, {"repository": repository})
    return tuple((row.sequence, GitTag(**row.tag)) for row in rows)


def told(connection: sa.Connection) -> tuple[sa.Row[Any], ...]:
    """Return the events that Git is told of, oldest first, each with its version's repository."""
    return tuple(connection.execute(_TOLD))


def done(tx: Transaction, sequences: tuple[int, ...]) -> None:
    """Take delivered items out of the queue."""
    tx.connection.execute(sa.delete(t.outbox).where(t.outbox.c.sequence.in_(sequences)))
