"""What data each DVC stage of a run read, with what was found in it."""

from typing import Final, NamedTuple

import sqlalchemy as sa

from registry_tasks.entities.dataset import DatasetColumn
from registry_tasks.stores.metadata import tables as t

_QUERY: Final = (
    sa.select(
        t.dataset_use.c.stage,
        t.dataset.c.name,
        t.dataset_version.c.md5,
        t.dataset_shape.c["columns"],
    )
    .join(t.dataset_version, t.dataset_version.c.id == t.dataset_use.c.dataset_version_id)
    .join(t.dataset, t.dataset.c.id == t.dataset_version.c.dataset_id)
    .outerjoin(t.dataset_shape, t.dataset_shape.c.dataset_version_id == t.dataset_version.c.id)
    .where(t.dataset_use.c.run_id == sa.bindparam("run"))
    .order_by(t.dataset_use.c.stage, t.dataset.c.name)
)


class ReadData(NamedTuple):
    """A state of data as one DVC stage read it."""

    stage: str
    name: str
    md5: str
    columns: tuple[DatasetColumn, ...]


def list_read(connection: sa.Connection, run_id: int) -> tuple[ReadData, ...]:
    """Return what each DVC stage of a run read, by stage and name."""
    return tuple(
        ReadData(stage, name, md5, tuple(DatasetColumn(**column) for column in columns or ()))
        for stage, name, md5, columns in connection.execute(_QUERY, {"run": run_id})
    )
