"""Promote: compare with production as it is now, then move if the gates hold."""

from prefect.runtime import flow_run

from registry_tasks.entities.approval import Approval, Awaiting
from registry_tasks.entities.promotion import Promote, Refusal, Transition
from registry_tasks.entities.stage import DEFAULT_ENVIRONMENT, Stage
from registry_tasks.tasks.approvals import go_on
from registry_tasks.tasks.lasting import lasting_flow
from registry_tasks.tasks.moves import compare_version, request_promotion


def named() -> str:
    """A run that shows what people approved of has a name already, which says who."""
    asked = flow_run.parameters
    given, wanted = f"{flow_run.name}", f"{asked['ref']} to {asked['to']}"
    return given if given.startswith(wanted) else f"promote {wanted}"


@lasting_flow(name="promote", flow_run_name=named)
def promote(
    ref: str,
    to: str = Stage.PRODUCTION,
    environment: str = DEFAULT_ENVIRONMENT,
    expect_current: int | None = None,
    reason: str = "",
    approval: str | None = None,
) -> Transition | Awaiting | Approval:
    """Fail with GateFailed when a gate says no; waiting for people is an answer.

    With ``approval``, the id of a request that people approved, it goes on from there.
    """
    if approval is not None:
        return go_on(approval)
    compare_version(ref)
    answer = request_promotion(
        Promote(
            ref=ref,
            to=to,
            environment=environment,
            expect_current=expect_current,
            reason=reason,
        )
    )
    if isinstance(answer, Refusal):
        raise answer.error()
    return answer
