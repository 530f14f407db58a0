"""Cases of a run that a program logs itself, without a pipeline."""

import os

from support.world import MODEL, World

from registry_tasks.entities.event import EventKind
from registry_tasks.entities.logged_data import LoggedData
from registry_tasks.entities.logged_run import (
    FailRun,
    FileRole,
    FinishRun,
    LogFile,
    LogRun,
    LogValues,
)
from registry_tasks.entities.run import Cost, Execution, RunStatus
from registry_tasks.registry.catalogue.show import list_runs
from registry_tasks.registry.experiments.log_file import log_file
from registry_tasks.registry.experiments.log_run import (
    begin_run,
    fail_run,
    finish_run,
    log_values,
)
from registry_tasks.registry.experiments.show_run import show_run

from .case import KEY, Act, Case, ask

_LOGGED = "5a8f0d0e-9a39-4c5e-8d0e-0f0a53f5a1c4"
EXECUTION = Execution(stages=("evaluate",), cost=Cost(duration_s=1, cpu_s=1, peak_memory_bytes=1))


def _a_run_to_begin(world: World) -> Act:
    return ask(begin_run, LogRun(run=_LOGGED, model=MODEL, parameters={"trees": 3}, key=KEY))


def _it_is_begun(world: World) -> None:
    (run,) = list_runs(world.registry(), MODEL)
    assert (run.uuid, run.status) == (_LOGGED, RunStatus.RUNNING)
    assert world.kinds().count(EventKind.RUN_STARTED) == 1
    _end(world)


def _end(world: World) -> None:
    fail_run(world.registry(), FailRun(run=_LOGGED, why="it was only tried"))


def _begun(world: World) -> None:
    begin_run(world.registry(), LogRun(run=_LOGGED, model=MODEL, key="another"))


def _values_to_log(world: World) -> Act:
    _begun(world)
    points = {"loss": [(1, 0.5), (2, 0.25)], "auc": [(1, 0.5)]}
    read = LoggedData(name="read.csv", md5="6" * 32, size_bytes=9, format="csv", rows=2)
    request = LogValues(run=_LOGGED, points=points, metrics={"rmse": 1}, datasets=(read,), key=KEY)
    return ask(log_values, request)


def _they_are_logged(world: World) -> None:
    found = show_run(world.registry(), _LOGGED)
    assert [(series.key, series.points) for series in found.series] == [("auc", 1), ("loss", 2)]
    assert found.metrics == {"rmse": 1}
    assert [use.name for use in found.datasets] == ["read.csv"]
    _end(world)


def _a_file_to_log(world: World) -> Act:
    _begun(world)
    path = world.folder / "model.bin"
    path.write_bytes(os.urandom(200_000))
    request = LogFile(run=_LOGGED, path=str(path), name="model.bin", role=FileRole.MODEL, key=KEY)
    return ask(log_file, request)


def _it_is_kept(world: World) -> None:
    found = show_run(world.registry(), _LOGGED)
    assert [a.path for a in found.manifest.files] == [found.model_path]
    _end(world)


def _one_to_finish(world: World) -> Act:
    _values_to_log(world)(world)
    return ask(finish_run, FinishRun(run=_LOGGED, cost=EXECUTION.cost, key="finish"))


def _it_is_finished(world: World) -> None:
    found = show_run(world.registry(), _LOGGED)
    assert found.run.status is RunStatus.FINISHED
    assert found.metrics == {"auc": 0.5, "loss": 0.25, "rmse": 1}
    assert world.kinds().count(EventKind.RUN_FINISHED) == 1


def _one_to_fail(world: World) -> Act:
    _values_to_log(world)(world)
    return ask(fail_run, FailRun(run=_LOGGED, why="bad data", key="fail"))


def _it_has_failed(world: World) -> None:
    found = show_run(world.registry(), _LOGGED)
    assert (found.run.status, found.run.failure) == (RunStatus.FAILED, "bad data")
    assert [series.points for series in found.series] == [1, 2]
    assert world.kinds().count(EventKind.RUN_FAILED) == 1


LOGGING = {
    "begin_run": Case(_a_run_to_begin, _it_is_begun, (begin_run,), (LogRun,)),
    "log_values": Case(_values_to_log, _they_are_logged, (log_values,), (LogValues,)),
    "log_file": Case(_a_file_to_log, _it_is_kept, (log_file,), (LogFile,)),
    "finish_run": Case(_one_to_finish, _it_is_finished, (finish_run,), (FinishRun,)),
    "fail_run": Case(_one_to_fail, _it_has_failed, (fail_run,), (FailRun,)),
}
