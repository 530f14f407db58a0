"""Move versions between stages, and rebuild them."""

from collections.abc import Iterator
from contextlib import contextmanager

from prefect import get_run_logger, task

from registry_tasks.entities.approval import Awaiting
from registry_tasks.entities.errors import (
    AwaitingApproval,
    GateFailed,
    IllegalMove,
    NotPermitted,
    StageFailed,
)
from registry_tasks.entities.promotion import ArchiveByPolicy, Promote, Refusal, Transition
from registry_tasks.entities.reproduction import Reproduction
from registry_tasks.registry.experiments.evaluate import evaluate_version
from registry_tasks.registry.experiments.reproduce import Rebuild, judge, judge_failure, rebuilding
from registry_tasks.registry.lifecycle.approvals import show_approval
from registry_tasks.registry.lifecycle.archive import archive_by_policy
from registry_tasks.registry.lifecycle.promote import promote
from registry_tasks.registry.registry import Registry
from registry_tasks.tasks import reports
from registry_tasks.tasks.retrying import WRITES, own_key


@task(name="promote", task_run_name="promote to {request.to}", **WRITES)
def request_promotion(request: Promote) -> Transition | Refusal | Awaiting:
    """Write: move a version into a stage if its gates hold, else say which did not.

    If only people have yet to approve, say so: nothing runs on until they have.
    """
    answer: Transition | Refusal | Awaiting
    asked = request if request.key else request.model_copy(update={"key": own_key()})
    with Registry.open() as registry:
        try:
            answer = promote(registry, asked)
        except GateFailed as error:
            answer = Refusal(ref=error.ref, stage=error.stage, failures=error.failures)
            get_run_logger().warning("%s", error)
        except AwaitingApproval as error:
            answer = Awaiting(
                ref=error.ref, stage=error.stage, approval=error.approval, people=error.people
            )
            url = reports.address_of(registry, error.approval)
            get_run_logger().info("%s", error if url is None else f"{error}; {url}")
            reports.show_request(registry, show_approval(registry, error.approval).approval)
        except NotPermitted as error:  # whoever trains need not be whoever promotes
            failures = (("rights", str(error)),)
            answer = Refusal(ref=request.ref, stage=request.to, failures=failures)
            get_run_logger().warning("%s", error)
        except IllegalMove as error:  # such as when another retraining took its place in staging
            failures = (("order of stages", str(error)),)
            answer = Refusal(ref=error.ref, stage=error.target, failures=failures)
            get_run_logger().warning("%s", error)
        reports.show_last_attempt(registry, request.ref)
    return answer


@task(name="compare with production", **WRITES)
def compare_version(ref: str) -> None:
    """Compute: score a registered version against production as it is now."""
    with Registry.open() as registry:
        comparison = evaluate_version(registry, ref)
    if comparison is not None:
        reports.show_comparison(comparison)


@task(name="archive by policy", **WRITES)
def archive_superseded(model: str) -> Transition:
    """Write: archive what the model's retention policy says."""
    with Registry.open() as registry:
        transition = archive_by_policy(registry, ArchiveByPolicy(model=model, key=own_key()))
    for move in transition.moves:
        get_run_logger().info("%s archived", move.ref)
    return transition


@contextmanager
def fresh_rebuild(ref: str) -> Iterator[Rebuild]:
    """Read: a fresh clone of a version's commit with an empty cache."""
    with Registry.open() as registry, rebuilding(registry, ref) as rebuild:
        yield rebuild


@task(name="judge the rebuild", **WRITES)
def judge_rebuild(rebuild: Rebuild) -> Reproduction:
    """Write: compare every output with the record and keep the verdict."""
    with Registry.open() as registry:
        reproduction = judge(registry, rebuild)
    reports.show_reproduction(reproduction)
    return reproduction


@task(name="judge the failed rebuild", **WRITES)
def judge_failed_rebuild(rebuild: Rebuild, failure: StageFailed) -> Reproduction:
    """Write: keep that a DVC stage failed when rebuilding."""
    with Registry.open() as registry:
        reproduction = judge_failure(registry, rebuild, failure)
    reports.show_reproduction(reproduction)
    return reproduction
