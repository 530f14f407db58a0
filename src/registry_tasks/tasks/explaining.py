"""Explain why a metric changed: counterfactual runs, each a task."""

from prefect import get_run_logger, runtime, task

from registry_tasks.entities.difference import Cause
from registry_tasks.entities.errors import InvalidMetrics, InvalidProject, NotScorable, StageFailed
from registry_tasks.entities.explanation import Counterfactual, Explanation
from registry_tasks.registry.experiments.counterfactual import (
    Outcome,
    Plan,
    explain,
    find_mix,
    plan_explanation,
    running_mix,
    score_run,
)
from registry_tasks.registry.experiments.record import record
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.dvc.reproduction import Rerun
from registry_tasks.tasks.pipeline import run_pipeline
from registry_tasks.tasks.retrying import READS, WRITES


@task(name="plan the explanation", **READS)
def plan_runs(before: str, after: str, packages: bool) -> Plan:
    """Read: what differs, and which mixes of it have to be run."""
    with Registry.open() as registry:
        plan = plan_explanation(registry, before, after, packages=packages)
    causes = ", ".join(plan.causes) or "nothing but packages"
    get_run_logger().info("%d runs to tell apart: %s", len(plan.mixes), causes)
    return plan


@task(name="score", **READS)
def score_on_holdout(plan: Plan, run: str) -> Outcome:
    """Compute: a run's metric on the holdout of what came after."""
    with Registry.open() as registry:
        return score_run(registry, plan, run)


@task(name="counterfactual run", **WRITES)
def run_counterfactual(plan: Plan, mix: tuple[Cause, ...]) -> tuple[Counterfactual, Outcome | None]:
    """Write: run a mix and score it; what cannot be run or scored together is an answer too.

    A mix that was run before is taken from the record.
    """
    with Registry.open() as registry:
        run = find_mix(registry, plan, mix)
    try:
        if run is None:
            run = _run(plan, mix)
        else:
            get_run_logger().info("run %s is this mix", run)
        with Registry.open() as registry:
            outcome = score_run(registry, plan, run)
    except (StageFailed, InvalidProject, InvalidMetrics, NotScorable) as error:
        get_run_logger().warning("%s", error)
        return Counterfactual(causes=mix, run=run, value=None, failure=str(error)[:2000]), None
    return Counterfactual(causes=mix, run=run, value=outcome.value), outcome


def _run(plan: Plan, mix: tuple[Cause, ...]) -> str:
    rerun = Rerun.EVERYTHING if plan.fresh else Rerun.CHANGED
    with (
        Registry.open() as registry,
        running_mix(registry, plan, mix, runtime.flow_run.id) as workspace,
    ):
        record(registry, workspace, run_pipeline(workspace, rerun))
        return workspace.run


def split(
    plan: Plan,
    before: Outcome,
    after: Outcome,
    made: list[tuple[Counterfactual, Outcome | None]],
) -> Explanation:
    """Compute: each cause's part of the change."""
    return explain(plan, before, after, made)
