"""Approvals in Prefect: decide by its form, go on after a decision, say that a run waits."""

from typing import Final, Literal

from prefect import get_run_logger, task

from registry_tasks.entities.approval import (
    Approval,
    Approve,
    Choice,
    DecideByCode,
    Reject,
)
from registry_tasks.entities.errors import CodeRefused
from registry_tasks.registry.access.tokens import asks_who
from registry_tasks.registry.lifecycle.approval_codes import decide_by_code
from registry_tasks.registry.lifecycle.approve import approve, closed, reject
from registry_tasks.registry.lifecycle.carry_on import settle
from registry_tasks.registry.registry import Registry
from registry_tasks.tasks import reports
from registry_tasks.tasks.retrying import WRITES

_ONCE: Final = WRITES | {"retries": 0}  # a code is spent by the first try


@task(name="decide", **_ONCE)
def decide_by_hand(
    request: str, decision: Literal["approve", "reject"], reason: str, evidence: str, code: str
) -> Approval:
    """Write: decide as whoever the code is of, or as the system's user where nobody has accounts.

    Prefect's page knows nobody: without a code, a worker's account decides nothing. Raises
    CodeRefused.
    """
    yes = decision == "approve"
    with Registry.open() as registry:
        if code.strip():
            choice = Choice.APPROVED if yes else Choice.REJECTED
            asked = DecideByCode(approval=request, code=code, choice=choice, reason=reason)
            made = decide_by_code(registry, asked)
        elif asks_who(registry):
            raise CodeRefused(request, "this registry has accounts, and no code says who decides")
        else:
            said = {"approval": request, "evidence_sha256": evidence.strip(), "reason": reason}
            made = approve(registry, Approve(**said)) if yes else reject(registry, Reject(**said))
        reports.show_request(registry, made)
    get_run_logger().info("%s to %s: %s", made.version, made.place, made.outcome or "waits")
    return made


@task(name="promote what was approved", **WRITES)
def go_on(approval: str) -> Approval:
    """Write: promote what enough people approved of, unless that is done, which it mostly is.

    Raises ApprovalClosed for what came to nothing.
    """
    with Registry.open() as registry:
        made = settle(registry, approval)
        if made.outcome is None or not made.is_decided:
            get_run_logger().info("%s waits for people still", made.version)
        reports.show_request(registry, made)
        reports.show_last_attempt(registry, made.version)
    if made.outcome not in (None, "promoted"):
        raise closed(made)
    get_run_logger().info("%s is in %s since %s", made.version, made.place, made.closed_at)
    return made
