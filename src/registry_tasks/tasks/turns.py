"""When a retraining's turn has come: not too late, and not beside another one of its model."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Final

from httpx import HTTPError
from prefect import get_client, get_run_logger
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterId,
    FlowRunFilter,
    FlowRunFilterExpectedStartTime as Due,
)
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.client.schemas.sorting import FlowRunSort
from prefect.context import FlowRunContext
from prefect.states import Completed

from registry_tasks.entities.errors import RetrainingUnderWay, RunSuperseded
from registry_tasks.entities.policy import Overlapping
from registry_tasks.registry.experiments.turns import retraining, who_retrains
from registry_tasks.registry.policies import policy_of
from registry_tasks.registry.registry import Registry
from registry_tasks.rules.due_runs import DueRun, Standing, newer_than

LOOK_EVERY_S: Final = 5.0
_MOST: Final = 200
"""Runs of a deployment that are due, the newest; Prefect gives no more at once."""
_STANDINGS: Final = MappingProxyType(
    {
        StateType.SCHEDULED: Standing.WAITS,
        StateType.PENDING: Standing.RUNS,
        StateType.RUNNING: Standing.RUNS,
        StateType.COMPLETED: Standing.DONE,
    }
)


@contextmanager
def turn_of(model: str) -> Iterator[None]:
    """Read: wait until this run is the one that retrains a model, if that makes sense.

    What a person starts by hand has its turn at once. Raises, for what a deployment started:
    RunSuperseded when a newer run is due, RetrainingUnderWay where policy ends what overlaps.
    """
    run = deployed_run()
    is_told = False
    with Registry.open() as registry:
        while True:
            if run is not None:
                check_newest(run)
            with retraining(registry, model) as is_ours:
                if is_ours or run is None:
                    yield
                    return
            other = who_retrains(registry, model)
            if policy_of(registry, model).policy.retraining.overlapping is Overlapping.END:
                raise RetrainingUnderWay(model, other)
            if not is_told:
                get_run_logger().info("%s is being retrained by %s; waiting", model, other)
                is_told = True
            time.sleep(LOOK_EVERY_S)


def check_newest(run: FlowRun) -> None:
    """Write: raise RunSuperseded for a run that comes late; others that do are ended here and now.

    So after an outage one process ends them all, and no worker starts one for each.
    """
    now = datetime.now(UTC)
    try:
        with get_client(sync_client=True) as client:
            found = _due_runs(client, run, now)
            mine = _described(run)
            newest = newer_than(mine, found, now) or mine
            for late in found:
                if late.standing is Standing.WAITS and newer_than(late, [newest], now):
                    why = RunSuperseded(late.name, newest.name)
                    client.set_flow_run_state(late.id, superseded(why))
    except HTTPError as error:  # what must be done anyway is not kept from it
        get_run_logger().warning("Prefect does not say which runs are due: %s", error)
        return
    if newest is not mine:
        raise RunSuperseded(mine.name, newest.name)


def newer_run(client: SyncPrefectClient, run: FlowRun) -> DueRun | None:
    """Return the newest run of the same deployment that makes a run pointless."""
    now = datetime.now(UTC)
    return newer_than(_described(run), _due_runs(client, run, now), now)


def superseded(why: RunSuperseded) -> State[None]:
    """The state of a run that a newer one made pointless."""
    return Completed(name="Superseded", message=str(why))


def deployed_run() -> FlowRun | None:
    """Return the flow run we are in if a deployment started it; None for a command by hand."""
    context = FlowRunContext.get()
    run = None if context is None else context.flow_run
    return None if run is None or run.deployment_id is None else run


def _due_runs(client: SyncPrefectClient, run: FlowRun, now: datetime) -> list[DueRun]:
    """Return other runs of a run's deployment that are due, the newest first."""
    found = client.read_flow_runs(
        deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=[run.deployment_id])),
        flow_run_filter=FlowRunFilter(expected_start_time=Due(before_=now)),
        sort=FlowRunSort.EXPECTED_START_TIME_DESC,
        limit=_MOST,
    )
    return [_described(other) for other in found if other.id != run.id]


def _described(run: FlowRun) -> DueRun:
    due = run.expected_start_time or run.created or datetime.now(UTC)
    standing = None if run.state_type is None else _STANDINGS.get(run.state_type)
    return DueRun(
        due=due,
        id=str(run.id),
        name=f"run {run.name!r}, due {due:%Y-%m-%d %H:%M:%S} UTC",
        parameters=run.parameters,
        standing=standing or Standing.LOST,
    )
