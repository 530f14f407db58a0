"""Rebuilds that Prefect's workers are at, or will be."""

from typing import NamedTuple

from fastapi import Request

from registry_tasks.entities.errors import PrefectFailed
from registry_tasks.faces.http.caller import Callers
from registry_tasks.faces.prefect_api import FlowRun, PrefectApi
from registry_tasks.faces.reproducing import DEPLOYMENT


class Rebuilds(NamedTuple):
    """What a version's page tells; ``can_ask`` is false where there is no Prefect to ask."""

    can_ask: bool
    under_way: tuple[FlowRun, ...] = ()
    problem: PrefectFailed | None = None


def rebuilds_of(request: Request, ref: str) -> Rebuilds:
    """Look which rebuilds of a version are not over."""
    prefect = prefect_of(request)
    if prefect is None:
        return Rebuilds(can_ask=False)
    try:
        found = prefect.under_way(DEPLOYMENT)
    except PrefectFailed as error:
        return Rebuilds(can_ask=True, problem=error)
    return Rebuilds(True, tuple(run for run in found if run.parameters.get("ref") == ref))


def prefect_of(request: Request) -> PrefectApi | None:
    """Return the Prefect server that this server was told of."""
    callers: Callers = request.app.state.callers
    return callers.prefect
