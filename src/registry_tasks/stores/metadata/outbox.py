"""What still has to be told to Git: written with the change, drained after it."""

import sqlalchemy as sa

from registry_tasks.entities.git_tag import GitTag
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.store import Transaction


def put(tx: Transaction, repository: str, tag: GitTag) -> None:
    """Queue a tag for a repository."""
    tx.connection.execute(
        sa.insert(t.outbox).values(repository=repository, tag=tag.model_dump(mode="json"))
    )


def pending(
    connection: sa.Connection, repository: str | None = None
) -> tuple[tuple[int, GitTag], ...]:
    """Return what is queued, oldest first, for one repository or for all."""
    query = sa.select(t.outbox.c.sequence, t.outbox.c.tag).order_by(t.outbox.c.sequence)
    if repository is not None:
        query = query.where(t.outbox.c.repository == repository)
    return tuple((row.sequence, GitTag(**row.tag)) for row in connection.execute(query))


def done(tx: Transaction, sequences: tuple[int, ...]) -> None:
    """Take delivered items out of the queue."""
    tx.connection.execute(sa.delete(t.outbox).where(t.outbox.c.sequence.in_(sequences)))
