"""What still has to be told to Git: written with the change, drained after it."""

from collections.abc import Collection, Iterator
from typing import Any, Final

import sqlalchemy as sa

from registry_tasks.entities.event import MOVES, EventKind
from registry_tasks.entities.git_tag import GitTag
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.store import Transaction

_PENDING: Final = sa.select(t.outbox.c.sequence, t.outbox.c.tag).order_by(t.outbox.c.sequence)
_V: Final = t.version.c
_TOLD_KINDS: Final = (EventKind.VERSION_REGISTERED, EventKind.VERSION_DELETED, *MOVES)
_E: Final = t.event.c
_COLUMNS: Final[tuple[sa.ColumnElement[Any], ...]] = (
    *(_E.sequence, _E.at, _E.actor, _E.kind, _E.model_id, _E.before, _E.after),
    *(_V.number, _V.major, _V.minor, _V.patch, _V.commit, _V.repository),
    t.model.c.name.label("model"),
)
_TOLD: Final = (
    sa.select(*_COLUMNS)
    .select_from(t.event)
    .join(t.version, _V.id == _E.version_id)
    .join(t.model, t.model.c.id == _V.model_id)
    .where(
        _V.commit.is_not(None),
        _E.kind.in_([str(kind) for kind in _TOLD_KINDS]),
    )
    .order_by(_E.sequence)
)


def put(tx: Transaction, repository: str, tag: GitTag) -> None:
    """Queue a tag for a repository."""
    row = {"repository": repository, "tag": tag.model_dump(mode="json")}
    tx.connection.execute(sa.insert(t.outbox), row)


def pending(
    connection: sa.Connection, names: Collection[str] | None = None
) -> tuple[tuple[int, GitTag], ...]:
    """Return what is queued, oldest first, for one repository by its names, or for all."""
    query = _PENDING if names is None else _PENDING.where(t.outbox.c.repository.in_(list(names)))
    return tuple((row.sequence, GitTag(**row.tag)) for row in connection.execute(query))


def told(connection: sa.Connection) -> Iterator[sa.Row[Any]]:
    """Give the events that Git is told of, oldest first, each with what its version is."""
    yield from connection.execute(_TOLD)


def done(tx: Transaction, sequences: tuple[int, ...]) -> None:
    """Take delivered items out of the queue."""
    tx.connection.execute(sa.delete(t.outbox).where(t.outbox.c.sequence.in_(sequences)))
