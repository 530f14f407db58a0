"""End what dead processes left: their flow runs in Prefect, their runs and workspaces here.

Prefect shows a run whose process was killed as running for ever. Whether it lives is asked where it
said so: in the registry's store (``at_work.py``).
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

from prefect import get_client, get_run_logger, task
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
    WorkPoolFilter,
    WorkPoolFilterName,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.client.schemas.sorting import FlowRunSort
from prefect.states import Cancelled, Crashed

from registry_tasks.entities.tidied import DeadFlowRun, Tidied
from registry_tasks.registry.care.sync import sync
from registry_tasks.registry.experiments.turns import is_at_work
from registry_tasks.registry.registry import Registry
from registry_tasks.rules.due_runs import Silent, is_lost
from registry_tasks.tasks.at_work import STORE, store_of
from registry_tasks.tasks.retrying import WRITES
from registry_tasks.tasks.turns import newer_run

AGAIN: Final = "registry.again"
"""The label that counts how often the work of a dead run was begun again."""
MOST_AGAIN: Final = 2
"""What kills its process each time is not begun for ever."""
TAG: Final = "registry"
"""Of deployments whose flows say that they are at work, as ``lasting_flow`` makes them."""
_UNFINISHED: Final = [StateType.RUNNING, StateType.PENDING, StateType.CANCELLING]
_MOST: Final = 200
"""At once, the oldest first; those after them have their turn the next time."""
_DIED: Final = "its process ended before the run did"


@task(name="end dead flow runs", **WRITES)
def end_dead_flow_runs(pool: str, patience: timedelta) -> tuple[DeadFlowRun, ...]:
    """Write: a flow run of a work pool whose process died ends as crashed, and is begun again.

    The newest first: what it does again need not be done for those before it.

    One that never said that it works, because it was about to begin, is dead after ``patience``.
    """
    with Registry.open() as registry, get_client(sync_client=True) as client:
        found = client.read_flow_runs(
            flow_run_filter=FlowRunFilter(
                state=FlowRunFilterState(type=FlowRunFilterStateType(any_=_UNFINISHED))
            ),
            work_pool_filter=WorkPoolFilter(name=WorkPoolFilterName(any_=[pool])),
            sort=FlowRunSort.EXPECTED_START_TIME_ASC,
            limit=_MOST,
        )
        dead = sorted(_dead(registry, client, found, patience), key=_moment, reverse=True)
        ended = tuple(_end(client, run) for run in dead)
    for each in ended:
        get_run_logger().warning("flow run %r had died: %s", each.name, _told(each))
    return ended


@task(name="finish what was left", **WRITES)
def finish_what_was_left(flow_runs: tuple[DeadFlowRun, ...]) -> Tidied:
    """Write: what `registry sync` does."""
    with Registry.open() as registry:
        done = sync(registry)
    return Tidied(
        flow_runs=flow_runs, workspaces=done.swept, tags=done.tags, closed=len(done.closed)
    )


def _dead(
    registry: Registry, client: SyncPrefectClient, found: Iterable[FlowRun], patience: timedelta
) -> Iterator[FlowRun]:
    ours = store_of(registry)
    for run in found:
        is_ours = run.labels.get(STORE) == ours or _never_said(run, patience)
        if is_ours and not is_at_work(registry, str(run.id)):
            again = client.read_flow_run(run.id)  # it may have ended before its process did
            if again.state_type in _UNFINISHED:
                yield again


def _never_said(run: FlowRun, patience: timedelta) -> bool:
    """Whether a run that never said that it works is lost."""
    if STORE in run.labels or run.state is None:
        return False
    silent_for = datetime.now(UTC) - run.state.timestamp
    return is_lost(
        Silent(run.state_type is StateType.PENDING, TAG in run.tags, silent_for), patience
    )


def _end(client: SyncPrefectClient, run: FlowRun) -> DeadFlowRun:
    """Have a dead run's work done again if that makes sense, then let it end.

    In this order: whoever dies in between leaves a run that the next one finds dead again, and
    whose work is begun already.
    """
    ended = DeadFlowRun(id=str(run.id), name=run.name, again=None)
    if run.state_type is StateType.CANCELLING:
        client.set_flow_run_state(run.id, Cancelled(message=_DIED))
        return ended.model_copy(update={"why_not": "it was being cancelled"})
    if why_not := _why_not_again(client, run):
        ended = ended.model_copy(update={"why_not": why_not})
    elif run.deployment_id is not None:
        made = client.create_flow_run_from_deployment(
            run.deployment_id,
            parameters=run.parameters,
            tags=run.tags,
            idempotency_key=f"again {run.id}",
            labels={AGAIN: _times(run) + 1},
        )
        ended = ended.model_copy(update={"again": str(made.id)})
    client.set_flow_run_state(run.id, Crashed(message=f"{_DIED}: {_told(ended)}"))
    return ended


def _why_not_again(client: SyncPrefectClient, run: FlowRun) -> str:
    if run.deployment_id is None:
        return "it has no deployment"
    if _times(run) >= MOST_AGAIN:
        return f"it was begun again {_times(run)} times already; look into its log"
    newer = newer_run(client, run)
    return "" if newer is None else f"{newer.name}, does the same"


def _moment(run: FlowRun) -> datetime:
    return run.expected_start_time or datetime.now(UTC)


def _times(run: FlowRun) -> int:
    return int(run.labels.get(AGAIN, 0))


def _told(ended: DeadFlowRun) -> str:
    return f"run {ended.again} does it again" if ended.again else ended.why_not
