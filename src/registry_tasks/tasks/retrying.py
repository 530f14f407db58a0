"""How every task behaves: nothing is cached, and only what says "retry" is tried again."""

from typing import Any, Final, TypedDict

from prefect import runtime
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.tasks import Task

from registry_tasks.entities.errors import Unavailable


async def says_retry(task: Task[Any, Any], task_run: TaskRun, state: State[Any]) -> bool:
    """Whether a failed task may be tried again: its error must be of the family that says so."""
    error = await state.aresult(raise_on_failure=False)
    return isinstance(error, Unavailable)


class Behaviour(TypedDict):
    """Options of Prefect's ``task``."""

    cache_policy: Any
    persist_result: bool
    retries: int
    retry_delay_seconds: list[float]
    retry_condition_fn: Any


READS: Final = Behaviour(
    cache_policy=NO_CACHE,
    persist_result=False,
    retries=2,
    retry_delay_seconds=[1, 5],
    retry_condition_fn=says_retry,
)
WRITES: Final = READS
"""The verbs are safe to repeat: what they write is keyed by content, or by ``own_key``."""


def own_key() -> str | None:
    """Return an idempotency key of the task run, the same for each of its tries.

    So a change whose answer was lost is not made again, whatever others did in the meantime.
    """
    task_run = runtime.task_run.id
    return None if task_run is None else f"task run {task_run}"
