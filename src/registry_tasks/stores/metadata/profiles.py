"""Profiles: what people say of a model or a version, one row each."""

from typing import Any, Final

import sqlalchemy as sa

from registry_tasks.entities.profile import Profile
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.inserting import put_one, update_one
from registry_tasks.stores.metadata.store import Transaction

_FIELDS: Final = tuple(Profile.model_fields)


def read_model_profile(connection: sa.Connection, model_id: int) -> Profile:
    """Return what people say of a model."""
    return _read(connection, t.model, t.model.c.id, model_id)


def read_version_profile(connection: sa.Connection, version_id: int) -> Profile:
    """Return what people say of a version; empty if nobody has said anything."""
    return _read(connection, t.version_profile, t.version_profile.c.version_id, version_id)


def put_model_profile(tx: Transaction, model_id: int, profile: Profile) -> None:
    """Replace what people say of a model."""
    update_one(tx.connection, t.model, {"id": model_id}, profile.model_dump(mode="json"))


def put_version_profile(tx: Transaction, version_id: int, profile: Profile) -> None:
    """Replace what people say of a version."""
    row = profile.model_dump(mode="json")
    put_one(tx.connection, t.version_profile, {"version_id": version_id}, row)


def _read(connection: sa.Connection, table: sa.Table, key: sa.Column[Any], subject: int) -> Profile:
    row = connection.execute(sa.select(table).where(key == subject)).one_or_none()
    return Profile() if row is None else Profile(**{name: row._mapping[name] for name in _FIELDS})
