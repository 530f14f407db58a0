"""Turns: one retraining of a model at a time, and which flow runs are at work."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from registry_tasks.entities.errors import StoreMissing
from registry_tasks.entities.run import RunStatus
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.metadata import runs
from registry_tasks.stores.metadata.claims import Release


@contextmanager
def retraining(registry: Registry, model: str) -> Iterator[bool]:
    """Be the one that retrains a model, on any machine over this store; False if it is another.

    Nothing is spoiled where two do it at once; it would only be done for nothing.
    """
    with registry.metadata.claimed(f"retraining {model}") as is_ours:
        yield is_ours


def who_retrains(registry: Registry, model: str) -> str:
    """Say which run of a model is under way, as far as the records tell."""
    with suppress(StoreMissing), registry.metadata.reading() as connection:
        for run in runs.list_runs(connection, model, limit=20):
            if run.status is RunStatus.RUNNING:
                return f"run {run.uuid}"
    return "a run that is about to begin"


def begin_work(registry: Registry, flow_run: str) -> Release | None:
    """Say that this process is at work on a flow run; who asks is told so until it ends."""
    return registry.metadata.claim(_work(flow_run))


def is_at_work(registry: Registry, flow_run: str) -> bool:
    """Whether a living process has begun work on a flow run."""
    with registry.metadata.claimed(_work(flow_run)) as is_free:
        return not is_free


def _work(flow_run: str) -> str:
    return f"flow run {flow_run}"
