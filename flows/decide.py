"""Decide: approve or reject a promotion that waits for people, by a form on Prefect's page."""

from typing import Literal

from registry_tasks.entities.approval import Approval
from registry_tasks.tasks.approvals import decide_by_hand
from registry_tasks.tasks.lasting import lasting_flow


@lasting_flow(name="decide", flow_run_name="{decision} of request {request}")
def decide(
    request: str,
    decision: Literal["approve", "reject"],
    reason: str,
    evidence: str = "",
    code: str = "",
) -> Approval:
    """Decide about a promotion. The run that waits shows request and evidence.

    Args:
        request: id of the request for approval.
        decision: one no closes the request; the last yes that is needed promotes at once.
        reason: why; whoever looks at the version later reads it.
        evidence: SHA-256 of what you saw; not needed with a code, which holds for it alone.
        code: where the registry has accounts: "Code for Prefect" on the request's page makes it.
            It is yours, decides once and holds ten minutes; then whoever reads it here has nothing.
    """
    return decide_by_hand(request, decision, reason, evidence, code)
