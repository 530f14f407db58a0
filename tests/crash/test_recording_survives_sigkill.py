"""A SIGKILL at every write of recording a real DVC run, and of registering it."""

import pytest
from support.pipelines import Project

from registry_tasks.entities.registration import RegisterRun
from registry_tasks.entities.run import RUN_REFS, Cost, Execution, RunStatus, Train
from registry_tasks.registry.record import record
from registry_tasks.registry.register import register
from registry_tasks.registry.show import list_runs
from registry_tasks.registry.train import running, sweep
from registry_tasks.registry.workspaces import dead_workspaces

from .conftest import Survive, check_all_is_well

pytestmark = pytest.mark.slow
EXECUTION = Execution(stages=("train",), cost=Cost(duration_s=1, cpu_s=1, peak_memory_bytes=1))


def train_and_record(project: Project) -> str:
    """A whole run but for DVC itself: the pipeline is up to date in the run's own worktree."""
    with running(project.registry(), Train(model="mower")) as workspace:
        record(project.registry(), workspace, EXECUTION)
    return workspace.run


def test_a_run_that_died_is_failed_and_leaves_nothing(project: Project, survive: Survive) -> None:
    def next_run() -> None:
        sweep(project.registry())
        died = list_runs(project.registry(), "mower") if project_has_runs(project) else ()
        for run in died:
            assert run.status in (RunStatus.FAILED, RunStatus.FINISHED)
            if run.status is RunStatus.FAILED:
                assert run.failure == "its process ended before the run did"
        assert dead_workspaces(project.registry()) == ()
        run_id = train_and_record(project)
        made = register(project.registry(), RegisterRun(run=run_id))
        assert made.version.number == 1
        assert project.git("rev-parse", f"{RUN_REFS}/{run_id}") == made.version.commit
        assert [p.name for p in (project.state / "workspaces").iterdir()] == []
        check_all_is_well(project)

    assert survive(project, lambda: train_and_record(project), next_run) > 50


def project_has_runs(project: Project) -> bool:
    from registry_tasks.registry.show import list_models

    return bool(list_models(project.registry()))


def test_registering_a_real_run_makes_one_version(project: Project, survive: Survive) -> None:
    request = RegisterRun(run=train_and_record(project))

    def retry() -> None:
        made = register(project.registry(), request)
        assert (made.version.number, made.version.semantic_version) == (1, "v1.0.0")
        assert project.git("rev-parse", "mower@v1.0.0^{commit}") == made.version.commit
        check_all_is_well(project)

    assert survive(project, lambda: register(project.registry(), request), retry) > 10
