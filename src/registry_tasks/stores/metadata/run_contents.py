"""What a run holds: parameters, metrics, importance, artifacts; written while it is running."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import sqlalchemy as sa
from pydantic import JsonValue

from registry_tasks.entities.dataset import DatasetUse
from registry_tasks.entities.manifest import Artifact, Home, Manifest
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.inserting import insert_many
from registry_tasks.stores.metadata.parameters import parameter_row

_METRICS: Final = (
    sa.select(t.metric.c.key, t.metric.c.value)
    .where(t.metric.c.run_id == sa.bindparam("run"))
    .order_by(t.metric.c.key)
)
_PARAMETERS: Final = (
    sa.select(t.parameter.c.key, t.parameter.c.value)
    .where(t.parameter.c.run_id == sa.bindparam("run"))
    .order_by(t.parameter.c.key)
)
_IMPORTANCE: Final = (
    sa.select(t.feature_importance.c.feature, t.feature_importance.c.value)
    .where(t.feature_importance.c.run_id == sa.bindparam("run"))
    .order_by(t.feature_importance.c.value.desc(), t.feature_importance.c.feature)
)
_USES: Final = (
    sa.select(
        t.dataset.c.name,
        t.dataset_version.c.md5,
        t.dataset_version.c.size_bytes,
        t.dataset_version.c.files,
        t.dataset_use.c.stage,
    )
    .join(t.dataset_version, t.dataset_version.c.id == t.dataset_use.c.dataset_version_id)
    .join(t.dataset, t.dataset.c.id == t.dataset_version.c.dataset_id)
    .where(t.dataset_use.c.run_id == sa.bindparam("run"))
    .order_by(t.dataset.c.name, t.dataset_use.c.stage, t.dataset_version.c.md5)
)


def add_parameters(
    connection: sa.Connection, run_id: int, parameters: Mapping[str, JsonValue]
) -> None:
    """Write parameters by dotted key."""
    _insert(connection, t.parameter, run_id, (parameter_row(k, v) for k, v in parameters.items()))


def add_metrics(connection: sa.Connection, run_id: int, metrics: Mapping[str, float]) -> None:
    """Write final metrics."""
    rows = ({"key": key, "value": value} for key, value in metrics.items())
    _insert(connection, t.metric, run_id, rows)


def add_importance(connection: sa.Connection, run_id: int, importance: Mapping[str, float]) -> None:
    """Write how much each feature matters."""
    rows = ({"feature": feature, "value": value} for feature, value in importance.items())
    _insert(connection, t.feature_importance, run_id, rows)


def add_artifacts(connection: sa.Connection, run_id: int, artifacts: Iterable[Artifact]) -> None:
    """Write which files a run made or read."""
    _insert(connection, t.artifact, run_id, (artifact.model_dump() for artifact in artifacts))


def read_parameters(connection: sa.Connection, run_id: int) -> dict[str, Any]:
    """Return a run's parameters by dotted key."""
    return dict(connection.execute(_PARAMETERS, {"run": run_id}).all())


def read_metrics(connection: sa.Connection, run_id: int) -> dict[str, float]:
    """Return a run's final metrics by key."""
    return dict(connection.execute(_METRICS, {"run": run_id}).all())


def read_importance(connection: sa.Connection, run_id: int) -> dict[str, float]:
    """Return how much each feature matters, the most important one first."""
    return dict(connection.execute(_IMPORTANCE, {"run": run_id}).all())


def read_uses(connection: sa.Connection, run_id: int) -> tuple[DatasetUse, ...]:
    """Return which state of which data a run read."""
    rows = connection.execute(_USES, {"run": run_id})
    return tuple(DatasetUse.model_validate(dict(row._mapping)) for row in rows)


def read_manifest(connection: sa.Connection, run_id: int) -> Manifest:
    """Return every artifact of a run, ordered by path."""
    rows = connection.execute(
        sa.select(t.artifact).where(t.artifact.c.run_id == run_id).order_by(t.artifact.c.path)
    )
    return Manifest(
        artifacts=tuple(
            Artifact(
                path=row.path,
                md5=row.md5,
                sha256=row.sha256,
                size_bytes=row.size_bytes,
                home=Home(row.home),
                stage=row.stage,
                own=row.own,
                source=row.source,
            )
            for row in rows
        )
    )


def _insert(
    connection: sa.Connection, table: sa.Table, run_id: int, rows: Iterable[Mapping[str, Any]]
) -> None:
    insert_many(connection, table, [{"run_id": run_id, **row} for row in rows])
