"""Notes: what people wrote of models and versions; only ever added."""

from typing import Any, Final

import sqlalchemy as sa

from registry_tasks.entities.profile import Note
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.inserting import insert_one
from registry_tasks.stores.metadata.store import Transaction

_N: Final = t.note.c
_NOTES: Final = (
    sa.select(_N.id, t.model.c.name.label("model"), t.version.c.number.label("version"))
    .add_columns(_N.text, _N.at, _N.by)
    .join_from(t.note, t.model, t.model.c.id == _N.model_id)
    .outerjoin(t.version, t.version.c.id == _N.version_id)
)
_NEWEST: Final = 2**31 - 1


def add(tx: Transaction, model_id: int, version_id: int | None, text: str) -> Note:
    """Write a note, whose author and time are the transaction's."""
    row = {"model_id": model_id, "version_id": version_id, "text": text}
    made = insert_one(tx.connection, t.note, {**row, "at": tx.at, "by": tx.actor})
    return _note(tx.connection.execute(_NOTES.where(_N.id == made)).one())


def list_notes(
    connection: sa.Connection,
    model_id: int,
    version_id: int | None,
    *,
    before: int | None = None,
    limit: int,
) -> tuple[Note, ...]:
    """Return notes newest first: a version's, or a model's with those of all its versions.

    ``before`` is the id of a note to go on from.
    """
    of = _N.model_id == model_id if version_id is None else _N.version_id == version_id
    query = _NOTES.where(of, _N.id < (before or _NEWEST)).order_by(_N.id.desc()).limit(limit)
    return tuple(_note(row) for row in connection.execute(query))


def _note(row: sa.Row[Any]) -> Note:
    return Note(**row._mapping)
