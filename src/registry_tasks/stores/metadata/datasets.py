"""Datasets: which data, in which state, was read by which DVC stage of which run."""

from collections.abc import Collection, Iterator
from typing import Any, Final

import sqlalchemy as sa

from registry_tasks.entities.dataset import DatasetColumn, DatasetShape, DatasetUse
from registry_tasks.entities.dataset_record import DatasetProfile
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.inserting import (
    insert_many,
    insert_missing,
    insert_one,
    put_one,
)
from registry_tasks.stores.metadata.store import Transaction

_FIELDS: Final = tuple(DatasetProfile.model_fields)
_S: Final = t.dataset_version.c
_PLACES: Final = 400  # placeholders in one statement


def put_uses(tx: Transaction, run_id: int, uses: tuple[DatasetUse, ...]) -> None:
    """Write what a run read; a dataset and a state of it are each kept once."""
    rows = [
        {"run_id": run_id, "dataset_version_id": _put_state(tx, use), "stage": use.stage}
        for use in uses
    ]
    insert_many(tx.connection, t.dataset_use, rows)


def put_shapes(tx: Transaction, run_id: int, shapes: tuple[DatasetShape, ...]) -> None:
    """Write what a run found in states that it read; what was found before stays."""
    rows = []
    for shape in shapes:
        (state,) = find_states(tx.connection, shape.name, shape.md5)
        found = shape.model_dump(mode="json", exclude={"name", "md5"})
        rows.append({"dataset_version_id": state, "run_id": run_id, **found})
    insert_missing(tx.connection, t.dataset_shape, rows)


def find_shapes(connection: sa.Connection, hashes: Collection[str]) -> tuple[DatasetShape, ...]:
    """Return what was found before in data with these MD5s, under whatever names."""
    return tuple(
        DatasetShape(
            name=row.name,
            md5=row.md5,
            format=row.format,
            rows=row.rows,
            columns=tuple(DatasetColumn.model_validate(column) for column in row.columns),
            note=row.note,
            source=row.source,
        )
        for row in _shapes(connection, hashes)
    )


def find_dataset(connection: sa.Connection, name: str) -> int | None:
    """Return the row id of a dataset, None if no run has read it."""
    found = sa.select(t.dataset.c.id).where(t.dataset.c.name == name)
    return connection.execute(found).scalar_one_or_none()


def find_state(connection: sa.Connection, dataset_id: int, md5: str) -> int | None:
    """Return the row id of a state, None if no run has read it."""
    query = sa.select(_S.id).where(_S.dataset_id == dataset_id, _S.md5 == md5)
    return connection.execute(query).scalar_one_or_none()


def find_states(connection: sa.Connection, name: str | None, md5: str) -> tuple[int, ...]:
    """Return row ids of the states with a hash: of one dataset, or under whatever name."""
    query = sa.select(_S.id).where(_S.md5 == md5)
    if name is not None:
        query = query.join(t.dataset, t.dataset.c.id == _S.dataset_id).where(
            t.dataset.c.name == name
        )
    return tuple(connection.execute(query).scalars())


def read_profile(connection: sa.Connection, dataset_id: int) -> DatasetProfile:
    """Return what people say of a dataset; empty if nobody has said anything."""
    p = t.dataset_profile
    row = connection.execute(sa.select(p).where(p.c.dataset_id == dataset_id)).one_or_none()
    if row is None:
        return DatasetProfile()
    return DatasetProfile(**{name: row._mapping[name] for name in _FIELDS})


def put_profile(tx: Transaction, dataset_id: int, profile: DatasetProfile) -> None:
    """Replace what people say of a dataset."""
    key = {"dataset_id": dataset_id}
    put_one(tx.connection, t.dataset_profile, key, profile.model_dump())


def _shapes(connection: sa.Connection, hashes: Collection[str]) -> Iterator[sa.Row[Any]]:
    s, h = _S, t.dataset_shape
    query = (
        sa.select(h, s.md5, t.dataset.c.name)
        .join(t.dataset_version, s.id == h.c.dataset_version_id)
        .join(t.dataset, t.dataset.c.id == s.dataset_id)
        .order_by(s.id)
    )
    wanted = sorted(set(hashes))
    for place in range(0, len(wanted), _PLACES):
        yield from connection.execute(query.where(s.md5.in_(wanted[place : place + _PLACES])))


def _put_state(tx: Transaction, use: DatasetUse) -> int:
    dataset_id = find_dataset(tx.connection, use.name)
    if dataset_id is None:
        dataset_id = insert_one(tx.connection, t.dataset, {"name": use.name})
    found = find_state(tx.connection, dataset_id, use.md5)
    if found is not None:
        return found
    row = use.model_dump(include={"md5", "size_bytes", "files"})
    return insert_one(tx.connection, t.dataset_version, {"dataset_id": dataset_id, **row})
