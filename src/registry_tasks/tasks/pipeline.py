"""Run a model's DVC pipeline, each DVC stage as a task run of its own."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from prefect import get_run_logger, task
from prefect.cache_policies import NO_CACHE

from registry_tasks.entities.run import Execution
from registry_tasks.entities.workspace import Workspace
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.dvc.reproduction import PipelineProcess, Rerun
from registry_tasks.stores.dvc.workspace import dvc_environment

_processes: dict[str, PipelineProcess] = {}
"""DVC processes of this process by run: a task is handed the run's name and finds it here."""


def run_pipeline(
    workspace: Workspace, rerun: Rerun = Rerun.CHANGED, cpu_s: float | None = None
) -> Execution:
    """Let one DVC process do all stages, and show each as it comes; returns what ran.

    Raises: StageFailed, InvalidProject, CpuSpent if they took more than ``cpu_s`` of CPU time.
    """
    stages = []
    with _dvc(workspace, rerun, cpu_s) as process:
        for stage in process.stages():
            run_stage.with_options(task_run_name=stage)(workspace, stage)
            stages.append(stage)
    return Execution(stages=tuple(stages), cost=process.cost)


@task(name="DVC stage", cache_policy=NO_CACHE, persist_result=False)
def run_stage(workspace: Workspace, stage: str) -> str:
    """Compute: follow one DVC stage to its end, its output in this task's log."""
    logger = get_run_logger()
    process = _processes[workspace.run]
    for line in process.lines(stage):
        logger.info("%s", line)
    return str(process.outcome(stage))


@contextmanager
def _dvc(workspace: Workspace, rerun: Rerun, cpu_s: float | None) -> Iterator[PipelineProcess]:
    environment = dvc_environment(Registry.open().settings.state)
    if workspace.python is not None:
        environment["PATH"] = os.pathsep.join([str(workspace.python.parent), environment["PATH"]])
    target, logs = workspace.target, workspace.logs
    with PipelineProcess(workspace.folder, target, logs, environment, rerun, cpu_s) as process:
        _processes[workspace.run] = process
        try:
            yield process
        finally:
            del _processes[workspace.run]
