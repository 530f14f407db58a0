"""Cases of the verbs that work in worktrees and clones of a project with a DVC pipeline."""

import os
import pickle
import re
from pathlib import Path

from support.pipelines import Project
from support.world import MODEL, World

from registry_tasks.entities.dropped_bytes import DropBytes
from registry_tasks.entities.errors import StageFailed
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.promotion import Archive, Promote
from registry_tasks.entities.registration import RegisterRun
from registry_tasks.entities.reproduction import Verdict
from registry_tasks.entities.run import Cost, Execution, RunStatus, Train
from registry_tasks.entities.sweep import Choice, StartSweep
from registry_tasks.registry.catalogue.download import read
from registry_tasks.registry.catalogue.register import register
from registry_tasks.registry.catalogue.show import list_runs
from registry_tasks.registry.experiments.evaluate import evaluate, evaluate_version
from registry_tasks.registry.experiments.foresee import foresee
from registry_tasks.registry.experiments.record import record
from registry_tasks.registry.experiments.remake import put_back
from registry_tasks.registry.experiments.reproduce import judge, judge_failure, rebuilding
from registry_tasks.registry.experiments.sweep import plan_sweep
from registry_tasks.registry.experiments.train import running, tidy_up
from registry_tasks.registry.lifecycle.archive import archive
from registry_tasks.registry.lifecycle.drop_bytes import drop_bytes
from registry_tasks.registry.lifecycle.promote import promote

from .case import KEY, Act, Case, ask
from .collecting_cases import take_away

_DIED = re.compile(
    r"its process ended before the run did(\n\(its parameters could not be read: .+\))?"
    r"|(OSError|DiskFull|ProgramFailed|RemoteMissing|StoreIoFailed): .+",
    re.DOTALL,
)
"""Killed, or told by its disk."""
EXECUTION = Execution(stages=("evaluate",), cost=Cost(duration_s=1, cpu_s=1, peak_memory_bytes=1))


def train_and_record(project: World) -> str:
    """A whole run but for DVC itself: the pipeline is up to date in the run's own worktree."""
    with running(project.registry(), Train(model=MODEL)) as workspace:
        record(project.registry(), workspace, EXECUTION)
    return workspace.run


def _nothing_trained(project: Project) -> Act:
    project.moved()
    return train_and_record


def _runs_have_ended(project: Project) -> None:
    for run in list_runs(project.registry(), MODEL, limit=1000):
        assert run.status in (RunStatus.FAILED, RunStatus.FINISHED)
        if run.status is RunStatus.FAILED:
            assert run.failure is not None
            assert _DIED.fullmatch(run.failure), run.failure
    assert _workspaces(project) == []


def _workspaces(project: World) -> list[str]:
    return [path.name for path in (project.state / "workspaces").iterdir()]


def _foreseen(project: Project) -> Act:
    project.moved()
    train_and_record(project)
    return ask(foresee, Train(model=MODEL, parameters={"mower.slope": 2.0}))


def _sweep_to_plan(project: Project) -> Act:
    project.moved()
    train_and_record(project)
    space = {"mower.slope": Choice(values=(1.0, 2.0))}
    return ask(plan_sweep, StartSweep(model=MODEL, space=space))


def _nothing_is_left(project: Project) -> None:
    assert _workspaces(project) == []


def _a_run_that_died(project: Project) -> Act:
    project.moved()
    _die(project)
    return _sweep


def _die(project: Project) -> None:
    """Begin a run in a process that ends without a word."""
    project.close()
    child = os.fork()
    if child == 0:
        with running(project.registry(), Train(model=MODEL)):
            os._exit(0)
    assert os.waitpid(child, 0)[1] == 0


def _sweep(project: World) -> None:
    tidy_up(project.registry())


def _a_real_run(project: Project) -> Act:
    project.moved()
    return ask(register, RegisterRun(run=train_and_record(project), key=KEY))


def _its_version(project: Project) -> None:
    (version,) = project.stages()
    assert version == 1
    assert project.git("tag", "--list", "mower@*") == "mower@v1.0.0"


def _a_version_in_production(project: Project) -> None:
    project.moved()
    register(project.registry(), RegisterRun(run=train_and_record(project)))
    for stage in ("staging", "production"):
        promote(project.registry(), Promote(ref="mower@1", to=stage))


def _a_challenger(project: Project) -> Act:
    _a_version_in_production(project)
    project.set_parameters(slope="2.0")
    assert project.dvc("repro").returncode == 0
    project.commit({})
    register(project.registry(), RegisterRun(run=train_and_record(project)))
    return ask(evaluate_version, "mower@2")


def _it_is_compared(project: Project) -> None:
    assert project.kinds().count(EventKind.RUN_COMPARED) >= 1


def _one_to_reproduce(project: Project) -> Act:
    _a_version_in_production(project)
    return _fail_to_reproduce


def _fail_to_reproduce(project: World) -> object:
    with rebuilding(project.registry(), "mower@1") as rebuild:
        return judge_failure(project.registry(), rebuild, StageFailed("train", "no"))


def _one_to_judge(project: Project) -> Act:
    """It was rebuilt by a process that then died, and left what it had made."""
    _a_version_in_production(project)
    _rebuild_and_die(project)
    return _judge


def _rebuilt(project: World) -> Path:
    return project.folder / "rebuilt"


def _rebuild_and_die(project: Project) -> None:
    project.close()
    child = os.fork()
    if child == 0:
        with rebuilding(project.registry(), "mower@1") as rebuild:
            done = project.dvc("repro", folder=rebuild.workspace.folder)
            _rebuilt(project).write_bytes(pickle.dumps(rebuild))
            os._exit(done.returncode)
    assert os.waitpid(child, 0)[1] == 0


def _judge(project: World) -> object:
    return judge(project.registry(), pickle.loads(_rebuilt(project).read_bytes()))


def _a_verdict_is_kept(project: Project) -> None:
    assert project.kinds().count(EventKind.VERSION_REPRODUCED) >= 1
    assert _workspaces(project) == []


def _one_to_remake(project: Project) -> Act:
    """Its bytes were let go of and collected, and somebody rebuilt it."""
    project.moved()
    register(project.registry(), RegisterRun(run=train_and_record(project)))
    project.reproduced(project.resolve("mower@1"), Verdict.IDENTICAL)
    archive(project.registry(), Archive(ref="mower@1"))
    drop_bytes(project.registry(), DropBytes(ref="mower@1"))
    take_away(project, "mower@1")
    _rebuild_and_die(project)
    return _put_back


def _put_back(project: World) -> object:
    return put_back(project.registry(), pickle.loads(_rebuilt(project).read_bytes()))


def _its_bytes_are_back(project: Project) -> None:
    assert project.kinds().count(EventKind.VERSION_BYTES_REMADE) == 1
    read(project.settings, project.resolve("mower@1"))


_EVALUATE = (evaluate_version, evaluate)
PIPELINES = {
    "run": Case(_nothing_trained, _runs_have_ended, (running, record), kind=Project),
    "foresee": Case(_foreseen, _nothing_is_left, (foresee,), kind=Project),
    "plan_sweep": Case(_sweep_to_plan, _nothing_is_left, (plan_sweep,), kind=Project),
    "tidy_up": Case(_a_run_that_died, _runs_have_ended, (tidy_up,), kind=Project),
    "register_a_run": Case(_a_real_run, _its_version, (register,), (RegisterRun,), Project),
    "evaluate": Case(_a_challenger, _it_is_compared, _EVALUATE, kind=Project),
    "reproduce": Case(
        _one_to_reproduce, _a_verdict_is_kept, (rebuilding, judge_failure), kind=Project
    ),
    "put_back": Case(_one_to_remake, _its_bytes_are_back, (put_back,), kind=Project),
    "judge": Case(_one_to_judge, _a_verdict_is_kept, (judge,), kind=Project),
}
"""The pipeline has run, so that none of them pays for more than what it does itself."""
