"""Show in Prefect what people approved of: a run of the flow ``promote`` that goes on from there.

The verb that took the decision has promoted already, because that waits for nobody. The run does it
if that verb's process died, else it finds it done; one request has one run, whoever asks for it and
how often. Where Prefect does not answer, or nobody deployed the flow there, nothing is shown.
"""

import logging
import os
from collections.abc import Iterable
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from registry_tasks.entities.approval import Approval, Closing
from registry_tasks.entities.errors import FlowNotDeployed, PrefectFailed
from registry_tasks.settings import PREFECT_API, Settings, is_address

if TYPE_CHECKING:
    from registry_tasks.faces.prefect_api import PrefectApi

DEPLOYMENT: Final = "promote/promote"
PATIENCE_S: Final = 2.0  # somebody waits for the answer to their decision
_log: Final = logging.getLogger(__name__)


def show_going_on(prefect: "PrefectApi", approvals: Iterable[Approval]) -> set[str]:
    """Let a worker show each of these that was promoted; returns the ids of those it will show."""
    promoted = (approval for approval in approvals if approval.outcome is Closing.PROMOTED)
    return {approval.uuid for approval in promoted if _start(prefect, approval)}


def show_from_here(settings: Settings, *approvals: Approval) -> None:
    """Do so where the store is at hand and the environment names a Prefect server.

    A server before the store does it itself.
    """
    url = os.environ.get(PREFECT_API)
    if url and not is_address(settings.store_url) and find_spec("httpx"):
        from registry_tasks.faces.prefect_api import PrefectApi

        show_going_on(PrefectApi(url, PATIENCE_S), approvals)


def _start(prefect: "PrefectApi", approval: Approval) -> bool:
    who = ", ".join(approval.approved_by)
    parameters = {
        "ref": approval.version,
        "to": approval.stage,
        "environment": approval.environment,
        "approval": approval.uuid,
    }
    name = f"{approval.version} to {approval.place}, approved by {who}"
    try:
        prefect.start(DEPLOYMENT, parameters, key=approval.uuid, name=name)
    except (PrefectFailed, FlowNotDeployed) as error:
        _log.info("%s is promoted, which Prefect does not show: %s", approval.version, error)
        return False
    return True
