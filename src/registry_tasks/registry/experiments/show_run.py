"""Show: everything the store knows of a run, and the experiments there are."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from registry_tasks.entities.errors import InvalidSetting, ModelNotFound
from registry_tasks.entities.hardware import Hardware
from registry_tasks.entities.run_record import Experiment, RunRecord, RunSummary, Series
from registry_tasks.entities.side_by_side import RUN_PREFIX
from registry_tasks.entities.signature import Signature
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.metadata import experiments, models, points, run_contents, runs
from registry_tasks.stores.metadata.environments import read_environment


def show_run(registry: Registry, run: str) -> RunRecord:
    """Return a run's whole record, by UUID or ``run:<uuid>``; its points in short.

    Raises: RunNotFound.
    """
    with registry.metadata.reading() as connection:
        row = runs.get_row(connection, run.removeprefix(RUN_PREFIX))
        manifest = run_contents.read_manifest(connection, row.id)
        return RunRecord(**_told(connection, row), manifest=manifest)


def sum_up_run(registry: Registry, run: str) -> RunSummary:
    """Return a run's record without its files, so that very many cost nothing. Raises as show_run."""
    with registry.metadata.reading() as connection:
        row = runs.get_row(connection, run.removeprefix(RUN_PREFIX))
        return RunSummary(**_told(connection, row))


def read_series(registry: Registry, uuids: Iterable[str]) -> tuple[Series, ...]:
    """Return the series of runs, without their points, by UUIDs. Raises: RunNotFound."""
    with registry.metadata.reading() as connection:
        rows = [runs.get_row(connection, run) for run in dict.fromkeys(uuids)]
        return tuple(one for row in rows for one in points.summarise(connection, row.id))


def read_importance(registry: Registry, run: str) -> dict[str, float]:
    """Return how much each feature matters, the most important one first. Raises: RunNotFound."""
    with registry.metadata.reading() as connection:
        return run_contents.read_importance(connection, runs.get_row(connection, run).id)


def _told(connection: sa.Connection, row: sa.Row[Any]) -> dict[str, Any]:
    environment = None
    if row.environment_id is not None:
        files = row.environment_files or {}
        urls = row.direct_urls or {}
        environment = read_environment(connection, row.environment_id, files, urls)
    return {
        "run": runs.get_run(connection, row.uuid),
        "parameters": run_contents.read_parameters(connection, row.id),
        "metrics": run_contents.read_metrics(connection, row.id),
        "series": points.summarise(connection, row.id),
        "importance": run_contents.read_importance(connection, row.id),
        "plots": tuple(row.plots or ()),
        "datasets": run_contents.read_uses(connection, row.id),
        "environment": environment,
        "hardware": None if row.hardware is None else Hardware(**row.hardware),
        "model_path": row.model_path,
        "model_format": row.model_format,
        "signature": None if row.signature is None else Signature(**row.signature),
        "log_tail": row.log_tail,
    }


def list_experiments(
    registry: Registry,
    model: str | None = None,
    *,
    before: str | None = None,
    limit: int | None = None,
) -> tuple[Experiment, ...]:
    """Return all experiments, or a model's, the one that ran last first.

    ``before`` is the name of one to go on from. Raises: ModelNotFound, InvalidSetting.
    """
    with registry.metadata.reading() as connection:
        model_id = None if model is None else models.find_model(connection, model)
        if model is not None and model_id is None:
            raise ModelNotFound(model)
        named = experiments.list_named(connection, model_id)
        if before is not None:
            names = [experiment.name for experiment in named]
            if before not in names:
                raise InvalidSetting("before", before, "there is no such experiment in this list")
            named = named[names.index(before) + 1 :]
        return experiments.count_runs(connection, named[:limit], model_id)
