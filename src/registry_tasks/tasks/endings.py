"""How the run of a flow ends in Prefect's page: by a name that fits, with a line that tells why."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from prefect.context import FlowRunContext
from prefect.states import Completed

from registry_tasks.entities.approval import Awaiting
from registry_tasks.entities.errors import RetrainingUnderWay, RunSuperseded
from registry_tasks.tasks.answers import told_waiting
from registry_tasks.tasks.at_work import say_at_work
from registry_tasks.tasks.turns import check_newest, deployed_run, superseded

P = ParamSpec("P")
R = TypeVar("R")


def shown_ending(function: Callable[P, R], tells: Callable[[Any], str] | None) -> Callable[P, Any]:
    """Let Prefect show what a flow's function came to; ``tells`` puts an answer into words."""

    @wraps(function)
    def shown(*args: P.args, **kwargs: P.kwargs) -> Any:
        run = deployed_run()
        try:
            if run is not None:
                say_at_work(run)
                if run.auto_scheduled:
                    check_newest(run)
            answer = function(*args, **kwargs)
        except RunSuperseded as early:
            return superseded(early)
        except RetrainingUnderWay as early:
            return Completed(name="Overlapping", message=str(early))
        return answer if FlowRunContext.get() is None else _told(answer, tells)

    return shown


def _told(answer: Any, tells: Callable[[Any], str] | None) -> Any:
    """Let an answer be shown in words, and by a name of its own that people decide now."""
    waits = getattr(answer, "awaiting", answer)
    if isinstance(waits, Awaiting):
        message = told_waiting(waits) if tells is None else tells(answer)
        return Completed(name="AwaitingApproval", message=message, data=answer)
    return answer if tells is None else Completed(message=tells(answer), data=answer)
