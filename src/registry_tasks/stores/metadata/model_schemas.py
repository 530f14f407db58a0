"""The shape that a model's documents have to have, and the documents that there are."""

from collections.abc import Iterator
from typing import Final

import sqlalchemy as sa
from pydantic import JsonValue

from registry_tasks.entities.event import EventKind
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.inserting import put_one
from registry_tasks.stores.metadata.store import Transaction

Json = dict[str, JsonValue]

_S: Final = t.model_schema.c
_SAID: Final = (EventKind.MODEL_DESCRIBED, EventKind.VERSION_DESCRIBED)


def find(connection: sa.Connection, model_id: int) -> Json | None:
    """Return a model's schema, None if its documents may have any shape."""
    found: Json | None = connection.execute(
        sa.select(_S.schema).where(_S.model_id == model_id)
    ).scalar_one_or_none()
    return found


def put(tx: Transaction, model_id: int, schema: Json) -> None:
    """Give a model a schema in place of the one before."""
    put_one(tx.connection, t.model_schema, {"model_id": model_id}, {"schema": schema})


def remove(tx: Transaction, model_id: int) -> None:
    """Take a model's schema away."""
    tx.connection.execute(sa.delete(t.model_schema).where(_S.model_id == model_id))


def documents(connection: sa.Connection, model_id: int) -> Iterator[tuple[int | None, Json]]:
    """Give the documents of a model (None) and of its versions that are not deleted (number)."""
    yield (
        None,
        connection.execute(
            sa.select(t.model.c.document).where(t.model.c.id == model_id)
        ).scalar_one(),
    )
    said = t.version_profile.c
    yield from connection.execute(
        sa.select(t.version.c.number, said.document)
        .join(t.version_profile, said.version_id == t.version.c.id)
        .outerjoin(t.tombstone, t.tombstone.c.version_id == t.version.c.id)
        .where(t.version.c.model_id == model_id, t.tombstone.c.version_id.is_(None))
        .order_by(t.version.c.number)
    )


def last_said(connection: sa.Connection, model_id: int) -> int:
    """Return the sequence of the newest event that may have changed a document, 0 if none."""
    event = t.event.c
    found = [
        connection.execute(
            sa.select(sa.func.max(event.sequence)).where(
                event.model_id == model_id, event.kind == str(kind)
            )
        ).scalar_one()
        for kind in _SAID
    ]
    return max(number or 0 for number in found)
