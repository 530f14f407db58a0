"""Datasets: which data, in which state, was read by which DVC stage of which run."""

from collections.abc import Collection, Iterator
from typing import Any, Final

import sqlalchemy as sa

from registry_tasks.entities.dataset import DatasetColumn, DatasetShape, DatasetUse
from registry_tasks.entities.dataset_record import DatasetProfile
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.store import Transaction

_FIELDS: Final = tuple(DatasetProfile.model_fields)
_PLACES: Final = 400  # placeholders in one statement


def put_uses(tx: Transaction, run_id: int, uses: tuple[DatasetUse, ...]) -> None:
    """Write what a run read; a dataset and a state of it are each kept once."""
    for use in uses:
        tx.connection.execute(
            sa.insert(t.dataset_use).values(
                run_id=run_id, dataset_version_id=_version(tx, use), stage=use.stage
            )
        )


def put_shapes(tx: Transaction, run_id: int, shapes: tuple[DatasetShape, ...]) -> None:
    """Write what a run found in states that it read; what was found before stays."""
    for shape in shapes:
        state = _state(tx.connection, shape.name, shape.md5)
        known = sa.select(sa.literal(1)).where(t.dataset_shape.c.dataset_version_id == state)
        if tx.connection.execute(known).first() is None:
            row = shape.model_dump(mode="json", exclude={"name", "md5"})
            row |= {"dataset_version_id": state, "run_id": run_id}
            tx.connection.execute(sa.insert(t.dataset_shape), row)


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


def read_profile(connection: sa.Connection, dataset_id: int) -> DatasetProfile:
    """Return what people say of a dataset; empty if nobody has said anything."""
    p = t.dataset_profile
    row = connection.execute(sa.select(p).where(p.c.dataset_id == dataset_id)).one_or_none()
    if row is None:
        return DatasetProfile()
    return DatasetProfile(**{name: row._mapping[name] for name in _FIELDS})


def put_profile(tx: Transaction, dataset_id: int, profile: DatasetProfile) -> None:
    """Replace what people say of a dataset."""
    row, p = profile.model_dump(), t.dataset_profile
    mine = p.c.dataset_id == dataset_id
    if tx.connection.execute(sa.update(p).where(mine).values(row)).rowcount == 0:
        tx.connection.execute(sa.insert(p).values(dataset_id=dataset_id, **row))


def _shapes(connection: sa.Connection, hashes: Collection[str]) -> Iterator[sa.Row[Any]]:
    s, h = t.dataset_version.c, t.dataset_shape
    query = (
        sa.select(h, s.md5, t.dataset.c.name)
        .join(t.dataset_version, s.id == h.c.dataset_version_id)
        .join(t.dataset, t.dataset.c.id == s.dataset_id)
        .order_by(s.id)
    )
    wanted = sorted(set(hashes))
    for place in range(0, len(wanted), _PLACES):
        yield from connection.execute(query.where(s.md5.in_(wanted[place : place + _PLACES])))


def _state(connection: sa.Connection, name: str, md5: str) -> int:
    s = t.dataset_version.c
    of = sa.select(t.dataset.c.id).where(t.dataset.c.name == name).scalar_subquery()
    found = connection.execute(sa.select(s.id).where(s.dataset_id == of, s.md5 == md5))
    state: int = found.scalar_one()
    return state


def _version(tx: Transaction, use: DatasetUse) -> int:
    dataset_id = find_dataset(tx.connection, use.name)
    if dataset_id is None:
        dataset_id = tx.connection.execute(
            sa.insert(t.dataset).values(name=use.name).returning(t.dataset.c.id)
        ).scalar_one()
    v = t.dataset_version
    found: int | None = tx.connection.execute(
        sa.select(v.c.id).where(v.c.dataset_id == dataset_id, v.c.md5 == use.md5)
    ).scalar_one_or_none()
    if found is not None:
        return found
    made: int = tx.connection.execute(
        sa.insert(v)
        .values(dataset_id=dataset_id, md5=use.md5, size_bytes=use.size_bytes, files=use.files)
        .returning(v.c.id)
    ).scalar_one()
    return made
