"""Begin and record runs, register them, score them."""

from collections.abc import Iterator
from contextlib import contextmanager

from prefect import runtime, task

from registry_tasks.entities.comparison import Comparison
from registry_tasks.entities.registration import RegisterRun, Registration
from registry_tasks.entities.run import Execution, Train
from registry_tasks.entities.workspace import Workspace
from registry_tasks.registry.catalogue.register import register
from registry_tasks.registry.experiments.evaluate import evaluate
from registry_tasks.registry.experiments.foresee import foresee
from registry_tasks.registry.experiments.record import record
from registry_tasks.registry.experiments.train import running
from registry_tasks.registry.registry import Registry
from registry_tasks.tasks import reports
from registry_tasks.tasks.retrying import WRITES


def foresee_retraining(request: Train, promote_to: tuple[str, ...]) -> None:
    """Read: refuse at once what could not end well, such as a policy with a mistake."""
    with Registry.open() as registry:
        foresee(registry, request, promote_to)


@contextmanager
def started_run(request: Train) -> Iterator[Workspace]:
    """Write: begin a run in a workspace of its own; an error within ends it as failed."""
    flow_run = runtime.flow_run.id
    with Registry.open() as registry, running(registry, request, flow_run) as workspace:
        yield workspace


@task(name="record the run", **WRITES)
def record_run(workspace: Workspace, execution: Execution) -> str:
    """Write: keep what the run came to; returns its UUID."""
    with Registry.open() as registry:
        record(registry, workspace, execution)
    return workspace.run


@task(name="compare with production", **WRITES)
def compare_with_production(run: str) -> Comparison | None:
    """Compute: score run and production version on the same holdout; None without incumbent."""
    with Registry.open() as registry:
        comparison = evaluate(registry, run)
    if comparison is not None:
        reports.show_comparison(comparison)
    return comparison


@task(name="register", **WRITES)
def register_run(request: RegisterRun) -> Registration:
    """Write: make a version of the run, or confirm the one that is there."""
    with Registry.open() as registry:
        registration = register(registry, request)
        reports.show_registration(registry, registration)
    return registration
