"""Show: everything the store knows of a run, and the experiments there are."""

from registry_tasks.entities.errors import ModelNotFound
from registry_tasks.entities.hardware import Hardware
from registry_tasks.entities.run_record import Experiment, RunRecord
from registry_tasks.entities.side_by_side import RUN_PREFIX
from registry_tasks.entities.signature import Signature
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.metadata import experiments, models, points, run_contents, runs
from registry_tasks.stores.metadata.environments import read_environment


def show_run(registry: Registry, run: str) -> RunRecord:
    """Return a run's whole record, by UUID or ``run:<uuid>``; its points in short.

    Raises: RunNotFound.
    """
    uuid = run.removeprefix(RUN_PREFIX)
    with registry.metadata.reading() as connection:
        row = runs.get_row(connection, uuid)
        environment = None
        if row.environment_id is not None:
            files = row.environment_files or {}
            urls = row.direct_urls or {}
            environment = read_environment(connection, row.environment_id, files, urls)
        return RunRecord(
            run=runs.get_run(connection, uuid),
            parameters=run_contents.read_parameters(connection, row.id),
            metrics=run_contents.read_metrics(connection, row.id),
            series=points.summarise(connection, row.id),
            importance=run_contents.read_importance(connection, row.id),
            plots=tuple(row.plots or ()),
            manifest=run_contents.read_manifest(connection, row.id),
            datasets=run_contents.read_uses(connection, row.id),
            environment=environment,
            hardware=None if row.hardware is None else Hardware(**row.hardware),
            model_path=row.model_path,
            model_format=row.model_format,
            signature=None if row.signature is None else Signature(**row.signature),
            log_tail=row.log_tail,
        )


def list_experiments(registry: Registry, model: str | None = None) -> tuple[Experiment, ...]:
    """Return all experiments, or a model's, the one that ran last first. Raises ModelNotFound."""
    with registry.metadata.reading() as connection:
        if model is not None and models.find_model(connection, model) is None:
            raise ModelNotFound(model)
        return experiments.list_experiments(connection, model)
