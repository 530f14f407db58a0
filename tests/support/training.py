"""Train as the flow does, without Prefect: workspace, real DVC, record."""

from collections.abc import Mapping

from pydantic import JsonValue

from registry_tasks.entities.run import Execution, Train
from registry_tasks.registry.experiments.record import record
from registry_tasks.registry.experiments.train import running
from registry_tasks.stores.dvc.reproduction import PipelineProcess
from registry_tasks.stores.dvc.workspace import dvc_environment
from support.pipelines import Project


def train(
    project: Project, parameters: Mapping[str, JsonValue] | None = None, commit: str | None = None
) -> str:
    """Return the UUID of a finished run."""
    return train_as(project, Train(model="mower", parameters=dict(parameters or {}), commit=commit))


def train_as(project: Project, request: Train) -> str:
    """Return the UUID of a finished run."""
    registry = project.registry()
    with running(registry, request) as workspace:
        environment = dvc_environment(project.state)
        folder, target, logs = workspace.folder, workspace.target, workspace.logs
        with PipelineProcess(folder, target, logs, environment) as process:
            ran = []
            for stage in process.stages():
                for _ in process.lines(stage):
                    pass
                ran.append(stage)
        record(registry, workspace, Execution(stages=tuple(ran), cost=process.cost))
    return workspace.run
