"""Registered models: names under which versions are numbered."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa

from registry_tasks.entities.errors import ModelNotFound
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.model import RegisteredModel
from registry_tasks.entities.profile import Profile
from registry_tasks.stores.metadata import events, tables as t
from registry_tasks.stores.metadata.inserting import insert_one, update_one
from registry_tasks.stores.metadata.model_rows import read_model_fields
from registry_tasks.stores.metadata.query import through
from registry_tasks.stores.metadata.store import Transaction

_FIND: Final = "SELECT id FROM model WHERE name = ?"
_TAGGED: Final = sa.select(t.model.c.tagged_at).where(t.model.c.id == sa.bindparam("model"))
_TICK: Final = timedelta(seconds=1)  # Git keeps no less
_MANY: Final = 1000


def find_model(connection: sa.Connection, name: str) -> int | None:
    """Return the row id of a model, or None."""
    found = through(connection)(_FIND, (name,))
    return found[0][0] if found else None


def get_model(connection: sa.Connection, name: str) -> int:
    """Return the row id of a model. Raises ModelNotFound."""
    found = find_model(connection, name)
    if found is None:
        raise ModelNotFound(name)
    return found


def put_model(tx: Transaction, name: str) -> int:
    """Return the row id of a model, making it with its first run or version."""
    found = find_model(tx.connection, name)
    if found is not None:
        return found
    profile = Profile(owner=tx.actor).model_dump(mode="json")
    made = insert_one(tx.connection, t.model, {"name": name, "created_at": tx.at, **profile})
    events.append(tx, EventKind.MODEL_CREATED, model=made, after={"name": name})
    return made


def names_with_versions(connection: sa.Connection, names: Collection[str]) -> list[str]:
    """Return the models of which a repository, by all its names, has versions."""
    version = t.version.c
    rows = connection.execute(
        sa.select(t.model.c.name)
        .join(t.version, version.model_id == t.model.c.id)
        .where(version.repository.in_(list(names)))
        .distinct()
        .order_by(t.model.c.name)
    )
    return list(rows.scalars())


def next_tag_time(tx: Transaction, model_id: int) -> datetime:
    """Return when the model's next tag is said to be made, and keep it: later than all before."""
    last = tx.connection.execute(_TAGGED, {"model": model_id}).scalar_one()
    at = tag_time(tx.at, last)
    update_one(tx.connection, t.model, {"id": model_id}, {"tagged_at": at})
    return at


def tag_time(at: datetime, last: datetime | None) -> datetime:
    """Return the first whole second that is not before ``at``'s own and is after ``last``."""
    second = at.replace(microsecond=0)
    return second if last is None else max(second, last + _TICK)


def list_models(
    connection: sa.Connection, after: str | None = None, limit: int | None = None
) -> tuple[RegisteredModel, ...]:
    """Return models by name, with who holds their slots and aliases; ``after`` is a name."""
    page = sa.select(t.model.c.id).order_by(t.model.c.name).limit(limit)
    if after is not None:
        page = page.where(t.model.c.name > after)
    ids = connection.execute(page).scalars().all()
    return tuple(
        RegisteredModel(**fields)
        for start in range(0, len(ids), _MANY)
        for fields in _read(connection, ids[start : start + _MANY])
    )


def read_model(connection: sa.Connection, model_id: int) -> RegisteredModel:
    """Return the model of a row that is known to exist, as lists show it."""
    (fields,) = _read(connection, [model_id])
    return RegisteredModel(**fields)


def _read(connection: sa.Connection, ids: Sequence[int]) -> Iterator[dict[str, Any]]:
    found = read_model_fields(through(connection), ids)
    return (found[row_id] for row_id in ids)
