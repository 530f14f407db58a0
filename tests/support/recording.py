"""Whole runs of a project's pipeline, DVC and all, without Prefect."""

from collections.abc import Mapping

from pydantic import JsonValue

from registry_tasks.entities.run import Execution, Train
from registry_tasks.entities.run_record import RunRecord
from registry_tasks.registry.experiments.record import record
from registry_tasks.registry.experiments.show_run import show_run
from registry_tasks.registry.experiments.train import running
from registry_tasks.stores.dvc.reproduction import PipelineProcess
from registry_tasks.stores.dvc.workspace import dvc_environment
from support.pipelines import Project


def train(
    project: Project, model: str = "mower", parameters: Mapping[str, JsonValue] | None = None
) -> RunRecord:
    """Run a model's pipeline in a workspace and record it, as the flow does."""
    asked = Train(model=model, parameters=dict(parameters or {}))
    environment = dvc_environment(project.state)
    with running(project.registry(), asked) as workspace:
        stages = []
        with PipelineProcess(workspace.folder, None, workspace.logs, environment) as process:
            for stage in process.stages():
                stages.append(stage)
                for _ in process.lines(stage):
                    pass
        execution = Execution(stages=tuple(stages), cost=process.cost)
        record(project.registry(), workspace, execution)
    return show_run(project.registry(), workspace.run)
