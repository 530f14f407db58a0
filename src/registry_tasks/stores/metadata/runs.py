"""Runs: begun, then ended once, well or not; their contents are written as they end."""

from collections.abc import Collection
from typing import Any, Final

import sqlalchemy as sa

from registry_tasks.entities.errors import RunNotFound
from registry_tasks.entities.manifest import Home
from registry_tasks.entities.run import (
    Run,
    RunFailure,
    RunResult,
    RunStart,
    RunStatus,
)
from registry_tasks.stores.metadata import points, run_contents, tables as t
from registry_tasks.stores.metadata.datasets import put_shapes, put_uses
from registry_tasks.stores.metadata.environments import put_environment
from registry_tasks.stores.metadata.experiments import put_experiment
from registry_tasks.stores.metadata.inserting import insert_one, update_one
from registry_tasks.stores.metadata.query import through
from registry_tasks.stores.metadata.reading_rows import find_one
from registry_tasks.stores.metadata.run_contents import (
    read_manifest,
    read_metrics,
    read_parameters,
)
from registry_tasks.stores.metadata.run_rows import read_run_fields
from registry_tasks.stores.metadata.store import Transaction

__all__ = [
    "any_stored",
    "end",
    "fail",
    "finish",
    "get_row",
    "get_run",
    "list_commits",
    "list_running",
    "list_runs",
    "name_model",
    "name_plots",
    "read_manifest",
    "read_metrics",
    "read_parameters",
    "start",
]
_OF_MODEL: Final = "WHERE r.model_id = (SELECT id FROM model WHERE name = ?)"
_IN: Final = "r.experiment_id = (SELECT id FROM experiment WHERE name = ?)"
_BELOW: Final = "r.id < (SELECT id FROM run WHERE uuid = ?)"


def start(tx: Transaction, model_id: int, begun: RunStart) -> int:
    """Write that a run has begun; returns its row id."""
    row = {
        "uuid": begun.uuid,
        "model_id": model_id,
        "experiment_id": put_experiment(tx, begun.experiment),
        "status": RunStatus.RUNNING,
        "project": begun.origin.project,
        "repository": begun.origin.repository,
        "base_commit": begun.origin.base_commit,
        "uncommitted": list(begun.origin.uncommitted),
        "flow_run": begun.flow_run,
        "started_at": tx.at,
        "started_by": tx.actor,
    }
    return insert_one(tx.connection, t.run, row)


def finish(tx: Transaction, run_id: int, result: RunResult) -> None:
    """Write all that a run came to; from then on the database refuses to change it."""
    connection = tx.connection
    run_contents.add_parameters(connection, run_id, result.parameters)
    run_contents.add_metrics(connection, run_id, result.metrics)
    points.add_all(connection, run_id, result.points)
    run_contents.add_importance(connection, run_id, result.importance)
    run_contents.add_artifacts(connection, run_id, result.manifest.artifacts)
    put_uses(tx, run_id, result.datasets)
    put_shapes(tx, run_id, result.shapes)
    end(tx, run_id, result)


def end(tx: Transaction, run_id: int, result: RunResult) -> None:
    """Write how a run ended well whose contents are written."""
    signature = result.signature
    ended = {
        "status": RunStatus.FINISHED,
        "ended_at": tx.at,
        "commit": result.commit,
        "recipe": result.recipe.model_dump(mode="json"),
        "recipe_hash": result.recipe.digest(),
        "outputs_hash": result.manifest.digest(),
        "environment_id": put_environment(tx, result.environment),
        "environment_files": result.environment.files,
        **_told(result),
        "model_path": result.model_path,
        "model_format": result.model_format,
        "signature": None if signature is None else signature.model_dump(mode="json"),
        "exit_code": result.exit_code,
        "log_tail": result.log_tail,
        **(result.cost.model_dump() if result.cost else {}),
    }
    update_one(tx.connection, t.run, {"id": run_id}, ended)


def _told(result: RunResult) -> dict[str, Any]:
    """What a run may tell or not: where nothing is, nothing is written."""
    urls = {name: u.model_dump(mode="json") for name, u in result.environment.direct_urls.items()}
    found: dict[str, Any] = {"direct_urls": urls} if urls else {}
    if result.kept_by is not None:
        found["kept_by"] = result.kept_by.model_dump(mode="json")
    if result.plots:
        found["plots"] = list(result.plots)
    if result.hardware is not None:
        found["hardware"] = result.hardware.model_dump(mode="json")
    return found


def fail(tx: Transaction, run_id: int, failure: RunFailure) -> bool:
    """Write that a run ended badly and what there is of it; False if it had ended already."""
    running = sa.select(t.run.c.id).where(t.run.c.id == run_id, t.run.c.status == RunStatus.RUNNING)
    if tx.connection.execute(running).first() is None:
        return False
    run_contents.add_parameters(tx.connection, run_id, failure.parameters)
    points.add_all(tx.connection, run_id, failure.points)
    ended = {
        "status": RunStatus.FAILED,
        "ended_at": tx.at,
        "failure": failure.why,
        "exit_code": failure.exit_code,
        "log_tail": failure.log_tail,
        **(failure.cost.model_dump() if failure.cost else {}),
    }
    update_one(tx.connection, t.run, {"id": run_id}, ended)
    return True


def name_model(
    tx: Transaction, run_id: int, path: str, form: str, signature: dict[str, Any] | None
) -> None:
    """Write which file of a running run is the model."""
    named = {"model_path": path, "model_format": form, "signature": signature}
    update_one(tx.connection, t.run, {"id": run_id}, named)


def name_plots(tx: Transaction, run_id: int, paths: list[str]) -> None:
    """Write which files of a running run are plots."""
    update_one(tx.connection, t.run, {"id": run_id}, {"plots": paths})


def get_row(connection: sa.Connection, uuid: str) -> sa.Row[Any]:
    """Return a run's row. Raises RunNotFound."""
    row: sa.Row[Any] | None = find_one(connection, t.run, "uuid", uuid)
    if row is None:
        raise RunNotFound(uuid)
    return row


def get_run(connection: sa.Connection, uuid: str) -> Run:
    """Return a run. Raises RunNotFound."""
    found = _runs(connection, "WHERE r.uuid = ?", uuid)
    if not found:
        raise RunNotFound(uuid)
    return found[0]


def list_runs(
    connection: sa.Connection,
    model: str,
    limit: int = 100,
    *,
    experiment: str | None = None,
    before: str | None = None,
) -> tuple[Run, ...]:
    """Return a model's runs, or those of them in an experiment, newest first."""
    where, values = [_OF_MODEL], [model]
    for condition, value in ((_IN, experiment), (_BELOW, before)):
        if value is not None:
            where.append(condition)
            values.append(value)
    newest = f"{' AND '.join(where)} ORDER BY r.id DESC LIMIT ?"
    return _runs(connection, newest, *values, limit)


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


def any_stored(connection: sa.Connection) -> bool:
    """Whether the remote must hold anything: a file of a run that has not failed."""
    stored = (
        sa.select(t.artifact.c.run_id)
        .join(t.run, t.run.c.id == t.artifact.c.run_id)
        .where(t.artifact.c.home == Home.REMOTE, t.run.c.status != RunStatus.FAILED)
        .limit(1)
    )
    return connection.execute(stored).first() is not None


def _runs(connection: sa.Connection, where: str, *values: Any) -> tuple[Run, ...]:
    found = read_run_fields(through(connection), where, values)
    return tuple(Run(**run.fields) for run in found)
