"""Runs: begun, then ended once, well or not; their contents are written as they end."""

from collections.abc import Collection
from typing import Any, Final

import sqlalchemy as sa

from registry_tasks.entities.errors import RunNotFound
from registry_tasks.entities.manifest import Artifact, Home, Manifest
from registry_tasks.entities.run import (
    Cost,
    Origin,
    Run,
    RunRecord,
    RunStart,
    RunStatus,
)
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.datasets import put_uses
from registry_tasks.stores.metadata.environments import put_environment
from registry_tasks.stores.metadata.store import Transaction

_EXPERIMENT: Final = sa.select(t.experiment.c.id).where(t.experiment.c.name == sa.bindparam("name"))
_NEW_EXPERIMENT: Final = sa.insert(t.experiment).returning(t.experiment.c.id)
_START: Final = sa.insert(t.run).returning(t.run.c.id)
_END: Final = sa.update(t.run).where(t.run.c.id == sa.bindparam("ended"))
_ROW: Final = sa.select(t.run).where(t.run.c.uuid == sa.bindparam("run"))
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


def start(tx: Transaction, model_id: int, begun: RunStart) -> int:
    """Write that a run has begun; returns its row id."""
    named = {"name": begun.experiment}
    experiment_id = tx.connection.execute(_EXPERIMENT, named).scalar_one_or_none()
    if experiment_id is None:
        experiment_id = tx.connection.execute(_NEW_EXPERIMENT, named).scalar_one()
    row = {
        "uuid": begun.uuid,
        "model_id": model_id,
        "experiment_id": experiment_id,
        "status": RunStatus.RUNNING,
        "project": begun.origin.project,
        "repository": begun.origin.repository,
        "base_commit": begun.origin.base_commit,
        "uncommitted": list(begun.origin.uncommitted),
        "flow_run": begun.flow_run,
        "started_at": tx.at,
        "started_by": tx.actor,
    }
    made: int = tx.connection.execute(_START, row).scalar_one()
    return made


def finish(tx: Transaction, run_id: int, record: RunRecord) -> None:
    """Write all that a run came to; from then on the database refuses to change it."""
    _insert_all(
        tx, t.parameter, run_id, ({"key": k, "value": v} for k, v in record.parameters.items())
    )
    _insert_all(tx, t.metric, run_id, ({"key": k, "value": v} for k, v in record.metrics.items()))
    _insert_all(tx, t.metric_point, run_id, (point.model_dump() for point in record.points))
    _insert_all(tx, t.artifact, run_id, (a.model_dump() for a in record.manifest.artifacts))
    put_uses(tx, run_id, record.datasets)
    signature = record.signature
    ended = {
        "status": RunStatus.FINISHED,
        "ended_at": tx.at,
        "commit": record.commit,
        "recipe": record.recipe.model_dump(mode="json"),
        "recipe_hash": record.recipe.digest(),
        "outputs_hash": record.manifest.digest(),
        "environment_id": put_environment(tx, record.environment),
        "environment_files": record.environment.files,
        "model_path": record.model_path,
        "model_format": record.model_format,
        "signature": None if signature is None else signature.model_dump(mode="json"),
        **record.cost.model_dump(),
    }
    tx.connection.execute(_END, {"ended": run_id, **ended})


def fail(tx: Transaction, run_id: int, why: str) -> bool:
    """Write that a run ended badly, with the end of its log; False if it had ended already."""
    ended = tx.connection.execute(
        sa.update(t.run)
        .where(t.run.c.id == run_id, t.run.c.status == RunStatus.RUNNING)
        .values(status=RunStatus.FAILED, ended_at=tx.at, failure=why)
    )
    return ended.rowcount == 1


def get_row(connection: sa.Connection, uuid: str) -> sa.Row[Any]:
    """Return a run's row. Raises RunNotFound."""
    row = connection.execute(_ROW, {"run": uuid}).one_or_none()
    if row is None:
        raise RunNotFound(uuid)
    return row


def get_run(connection: sa.Connection, uuid: str) -> Run:
    """Return a run. Raises RunNotFound."""
    found = _runs(connection, t.run.c.uuid == uuid, 1)
    if not found:
        raise RunNotFound(uuid)
    return found[0]


def list_runs(connection: sa.Connection, model: str, limit: int = 100) -> tuple[Run, ...]:
    """Return a model's runs, newest first."""
    return _runs(connection, t.model.c.name == model, limit)


def list_running(connection: sa.Connection) -> tuple[str, ...]:
    """Return the UUIDs of runs that have begun and not ended."""
    rows = connection.execute(sa.select(t.run.c.uuid).where(t.run.c.status == RunStatus.RUNNING))
    return tuple(rows.scalars())


def list_commits(connection: sa.Connection, names: Collection[str]) -> list[tuple[str, str]]:
    """Return run and commit of those finished runs of a repository that have one."""
    run = t.run.c
    rows = connection.execute(
        sa.select(run.uuid, run.commit)
        .where(run.repository.in_(list(names)), run.commit.is_not(None))
        .order_by(run.id)
    )
    return [(uuid, commit) for uuid, commit in rows]


def any_finished(connection: sa.Connection) -> bool:
    """Whether any run has ended well, so that its bytes must be somewhere."""
    finished = sa.select(t.run.c.id).where(t.run.c.status == RunStatus.FINISHED).limit(1)
    return connection.execute(finished).first() is not None


def read_parameters(connection: sa.Connection, run_id: int) -> dict[str, Any]:
    """Return a run's parameters by dotted key."""
    return _pairs(connection, _PARAMETERS, run_id)


def read_metrics(connection: sa.Connection, run_id: int) -> dict[str, float]:
    """Return a run's final metrics by key."""
    return _pairs(connection, _METRICS, run_id)


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


def _insert_all(tx: Transaction, table: sa.Table, run_id: int, rows: Any) -> None:
    values = [{"run_id": run_id, **row} for row in rows]
    if values:
        tx.connection.execute(sa.insert(table), values)


def _pairs(connection: sa.Connection, query: sa.Select[Any], run_id: int) -> dict[str, Any]:
    return dict(connection.execute(query, {"run": run_id}).all())


def _runs(connection: sa.Connection, where: sa.ColumnElement[bool], limit: int) -> tuple[Run, ...]:
    rows = connection.execute(
        sa.select(t.run, t.model.c.name.label("model"), t.experiment.c.name.label("experiment"))
        .join(t.model, t.model.c.id == t.run.c.model_id)
        .join(t.experiment, t.experiment.c.id == t.run.c.experiment_id)
        .where(where)
        .order_by(t.run.c.id.desc())
        .limit(limit)
    )
    return tuple(_run(row) for row in rows)


def _run(row: sa.Row[Any]) -> Run:
    cost = None
    if row.duration_s is not None:
        cost = Cost(
            duration_s=row.duration_s, cpu_s=row.cpu_s, peak_memory_bytes=row.peak_memory_bytes
        )
    return Run(
        uuid=row.uuid,
        model=row.model,
        experiment=row.experiment,
        status=RunStatus(row.status),
        origin=Origin(
            project=row.project,
            repository=row.repository,
            base_commit=row.base_commit,
            uncommitted=tuple(row.uncommitted),
        ),
        commit=row.commit,
        flow_run=row.flow_run,
        started_at=row.started_at,
        started_by=row.started_by,
        ended_at=row.ended_at,
        cost=cost,
        failure=row.failure,
    )
