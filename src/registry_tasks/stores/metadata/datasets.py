"""Datasets: which data, in which state, was read by which DVC stage of which run."""

import sqlalchemy as sa

from registry_tasks.entities.dataset import DatasetUse
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.store import Transaction


def put_uses(tx: Transaction, run_id: int, uses: tuple[DatasetUse, ...]) -> None:
    """Write what a run read; a dataset and a state of it are each kept once."""
    for use in uses:
        tx.connection.execute(
            sa.insert(t.dataset_use).values(
                run_id=run_id, dataset_version_id=_version(tx, use), stage=use.stage
            )
        )


def _version(tx: Transaction, use: DatasetUse) -> int:
    dataset_id = tx.connection.execute(
        sa.select(t.dataset.c.id).where(t.dataset.c.name == use.name)
    ).scalar_one_or_none()
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
