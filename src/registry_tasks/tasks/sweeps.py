"""Run the trials of a sweep at once, here or on a Dask cluster; one that is lost costs itself."""

import os
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from hashlib import sha256
from threading import BoundedSemaphore
from typing import Any, Final

from prefect import get_run_logger, runtime, task
from prefect.futures import PrefectWrappedFuture
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from registry_tasks.entities.errors import ExtraMissing, InvalidSetting, MetricNotFound
from registry_tasks.entities.registration import RegisterRun
from registry_tasks.entities.run import Train
from registry_tasks.entities.sweep import (
    EndSweep,
    StartSweep,
    SweepRecord,
    SweepStart,
    TrialStart,
)
from registry_tasks.registry.catalogue.register import register
from registry_tasks.registry.experiments.record import record
from registry_tasks.registry.experiments.sweep import (
    check_trial,
    end_sweep,
    get_start,
    is_on_record,
    missing_trials,
    plan_sweep,
    show_sweep,
)
from registry_tasks.registry.experiments.train import running, tidy_up
from registry_tasks.registry.registry import Registry
from registry_tasks.tasks.pipeline import run_pipeline
from registry_tasks.tasks.reports import show_registration
from registry_tasks.tasks.retrying import READS, WRITES

Runner = TaskRunner[Any]
_OF_ALL: Final = (MetricNotFound, InvalidSetting)
"""What is wrong with one trial in these ways is wrong with all of them."""


@task(name="plan the sweep", **READS)
def plan_trials(asked: StartSweep) -> SweepStart:
    """Read: settle commit, metric and how many trials there are."""
    with Registry.open() as registry:
        start = plan_sweep(registry, asked)
    get_run_logger().info("sweep %s has %d trials", start.uuid, start.plan.trials)
    return start


@task(name="go on with the sweep", **READS)
def plan_again(uuid: str, model: str) -> SweepStart:
    """Read: what a sweep on record began with."""
    with Registry.open() as registry:
        return get_start(registry, uuid, model)


def runner_of(start: SweepStart) -> AbstractContextManager[Runner]:
    """Return what runs the trials: threads here, or the Dask cluster that REGISTRY_DASK names.

    Raises: ExtraMissing.
    """
    with Registry.open() as registry:
        address = registry.settings.dask
    if address is None:
        return ThreadPoolTaskRunner(max_workers=start.plan.parallel)
    try:
        from prefect_dask.task_runners import DaskTaskRunner
    except ModuleNotFoundError:
        raise ExtraMissing("a sweep on a Dask cluster", "dask") from None
    return DaskTaskRunner(address=address)


def run_missing(runner: Runner, start: SweepStart) -> None:
    """Run every trial that has no finished run. One that fails costs itself.

    Raises what is wrong with all of them: MetricNotFound, InvalidSetting; and the first failure if
    no trial came so far as to be on record.
    """
    place, failures = _place(), []
    with Registry.open() as registry:
        for batch in missing_trials(registry, start):
            failures += _run_all(runner, batch, start.plan.parallel, place)
            registry.close()
        if failures and not is_on_record(registry, start):
            raise failures[0]


def end(start: SweepStart, *, register_best: bool) -> SweepRecord:
    """Write: end the sweep, and register its best trial if that was asked for."""
    return end_of.with_options(task_run_name=f"end sweep {start.uuid}")(start, register_best)


@task(name="end the sweep", **WRITES)
def end_of(start: SweepStart, register_best: bool) -> SweepRecord:
    """Write: end the runs of workers that died, then the sweep."""
    registration = None
    with Registry.open() as registry:
        tidy_up(registry)
        best = end_sweep(registry, EndSweep(sweep=start.uuid)).best
        if register_best and best is not None:
            registration = register(registry, RegisterRun(run=best.run))
            show_registration(registry, registration)
        found = show_sweep(registry, start.uuid)
    return found.model_copy(update={"registration": registration})


@task(name="trial", **WRITES)
def run_trial(trial: TrialStart, place: str) -> str:
    """Write: run the pipeline with a trial's parameters; returns the run's UUID."""
    if _place() != place:
        reason = "this worker works on another registry than the sweep; start it with the same"
        found = os.environ.get("REGISTRY_PROJECT", "")
        raise InvalidSetting("REGISTRY_PROJECT", found, f"{reason} REGISTRY_* variables")
    start = trial.sweep
    request = Train(
        model=start.model,
        parameters=trial.parameters,
        commit=start.plan.commit,
        experiment=start.experiment,
    )
    flow_run = runtime.flow_run.id
    with Registry.open() as registry:
        with running(registry, request, flow_run, trial=trial) as workspace:
            execution = run_pipeline(workspace)
            record(registry, workspace, execution)
        check_trial(registry, start, workspace.run)
    return workspace.run


def _run_all(
    runner: Runner, trials: Sequence[TrialStart], parallel: int, place: str
) -> list[BaseException]:
    """Run trials, so many at once, and return what went wrong with some."""
    room = BoundedSemaphore(parallel)
    begun: dict[int, PrefectWrappedFuture[Any, Any]] = {}
    failures: list[BaseException] = []
    for trial in trials:
        room.acquire()
        failures += _settle(begun, [n for n, f in begun.items() if f.wrapped_future.done()])
        named = run_trial.with_options(task_run_name=f"trial {trial.number}")
        future = runner.submit(named, {"trial": trial, "place": place})
        future.wrapped_future.add_done_callback(lambda _: room.release())
        begun[trial.number] = future
    return failures + _settle(begun, list(begun))


def _settle(
    begun: dict[int, PrefectWrappedFuture[Any, Any]], numbers: Iterable[int]
) -> list[BaseException]:
    """Wait for trials to end, and return what went wrong with some."""
    failures: list[BaseException] = []
    for number in numbers:
        try:
            found = begun.pop(number).result(raise_on_failure=False)
        except Exception as error:  # noqa: BLE001 - however a worker was lost, it costs one trial
            found = error
        if isinstance(found, _OF_ALL):
            raise found
        if isinstance(found, BaseException):
            get_run_logger().warning("trial %d: %s", number, str(found) or type(found).__name__)
            failures.append(found)
    return failures


def _place() -> str:
    """Say which registry this process works on; nothing can be read out of it."""
    with Registry.open() as registry:
        settings = registry.settings
    return sha256(f"{settings.project} {settings.state} {settings.store_url}".encode()).hexdigest()
