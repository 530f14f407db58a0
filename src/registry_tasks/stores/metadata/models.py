"""Registered models: names under which versions are numbered."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from registry_tasks.entities.event import EventKind
from registry_tasks.entities.model import RegisteredModel
from registry_tasks.entities.stage import slot
from registry_tasks.stores.metadata import events
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.store import Transaction

_FIND: Final = sa.select(t.model.c.id).where(t.model.c.name == sa.bindparam("name"))
_TAGGED: Final = sa.select(t.model.c.tagged_at).where(t.model.c.id == sa.bindparam("model"))
_TICK: Final = timedelta(seconds=1)  # Git keeps no less


def find_model(connection: sa.Connection, name: str) -> int | None:
    """Return the row id of a model, or None."""
    return connection.execute(_FIND, {"name": name}).scalar_one_or_none()


def put_model(tx: Transaction, name: str, description: str = "") -> int:
    """Return the row id of a model, making it with its first run or version."""
    found = find_model(tx.connection, name)
    if found is not None:
        return found
    made: int = tx.connection.execute(
        sa.insert(t.model)
        .values(name=name, owner=tx.actor, description=description, created_at=tx.at)
        .returning(t.model.c.id)
    ).scalar_one()
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
    tx.connection.execute(sa.update(t.model).where(t.model.c.id == model_id).values(tagged_at=at))
    return at


def tag_time(at: datetime, last: datetime | None) -> datetime:
    """Return the first whole second that is not before ``at``'s own and is after ``last``."""
    second = at.replace(microsecond=0)
    return second if last is None else max(second, last + _TICK)


def list_models(connection: sa.Connection) -> tuple[RegisteredModel, ...]:
    """Return all models by name, with who holds their slots and aliases; none deleted counts."""
    counted = (
        sa.select(
            t.version.c.model_id,
            sa.func.count().label("versions"),
            sa.func.max(t.version.c.number).label("latest"),
        )
        .outerjoin(t.tombstone, t.tombstone.c.version_id == t.version.c.id)
        .where(t.tombstone.c.version_id.is_(None))
        .group_by(t.version.c.model_id)
        .subquery()
    )
    rows = connection.execute(
        sa.select(t.model, counted.c.versions, counted.c.latest)
        .outerjoin(counted, counted.c.model_id == t.model.c.id)
        .order_by(t.model.c.name)
    ).all()
    slots, aliases = _slots(connection), _aliases(connection)
    return tuple(
        RegisteredModel(
            name=row.name,
            owner=row.owner,
            description=row.description,
            created_at=row.created_at,
            versions=row.versions or 0,
            latest=row.latest,
            slots=slots.get(row.id, {}),
            aliases=aliases.get(row.id, {}),
        )
        for row in rows
    )


def _slots(connection: sa.Connection) -> dict[int, dict[str, int]]:
    a = t.stage_assignment.c
    rows = connection.execute(
        sa.select(a.model_id, a.stage, a.environment, t.version.c.number)
        .join(t.version, t.version.c.id == a.version_id)
        .where(a.single)
    )
    found: dict[int, dict[str, int]] = {}
    for model_id, stage, environment, number in rows:
        found.setdefault(model_id, {})[slot(stage, environment)] = number
    return found


def _aliases(connection: sa.Connection) -> dict[int, dict[str, int]]:
    rows = connection.execute(
        sa.select(t.alias.c.model_id, t.alias.c.name, t.version.c.number)
        .join(t.version, t.version.c.id == t.alias.c.version_id)
        .order_by(t.alias.c.name)
    )
    found: dict[int, dict[str, int]] = {}
    for model_id, name, number in rows:
        found.setdefault(model_id, {})[name] = number
    return found
