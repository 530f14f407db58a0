"""Rebuild a version from its page: a worker does it, and a page shows how far it is."""

from typing import Final
from uuid import UUID

from fastapi import Request, Response

from registry_tasks.entities.errors import FlowRunNotFound, PrefectMissing
from registry_tasks.entities.permission import Permission
from registry_tasks.faces.http.caller import Calling
from registry_tasks.faces.http.declared import needs
from registry_tasks.faces.prefect_api import FlowRun
from registry_tasks.faces.web.forms import Filled, carry_out
from registry_tasks.faces.web.links import rebuilding_url
from registry_tasks.faces.web.reading import Viewing
from registry_tasks.faces.web.rebuilds import DEPLOYMENT, prefect_of
from registry_tasks.faces.web.rendering import render
from registry_tasks.faces.web.routing import form, page
from registry_tasks.faces.web.version import show_page
from registry_tasks.registry.experiments.rebuildable import get_rebuildable


@needs(Permission.RECORD)
def rebuild(view: Viewing, name: str, number: int, filled: Filled) -> Response:
    """Let a worker rebuild a version; the same form sent twice is one rebuild."""
    ref = f"{name}@{number}"

    def act() -> FlowRun:
        get_rebuildable(view.registry, ref)
        prefect = prefect_of(view.request)
        if prefect is None:
            raise PrefectMissing(ref)
        return prefect.start(DEPLOYMENT, {"ref": ref}, filled.key)

    return carry_out(
        act,
        then=lambda run: rebuilding_url(str(run.id)),
        refused=lambda problem: show_page(view, ref, problem, filled),
    )


@needs(Permission.READ)
def rebuilding(request: Request, caller: Calling, uuid: UUID) -> Response:
    """Show how far a rebuild is."""
    prefect = prefect_of(request)
    run = None if prefect is None else prefect.look(uuid)
    ref = None if run is None else run.parameters.get("ref")
    if not isinstance(ref, str):  # another flow's, of which this is not the place to tell
        raise FlowRunNotFound(str(uuid))
    return render(request, caller, "rebuilding.html", run=run, ref=ref)


ROUTES: Final = (
    form("/models/{name:path}/versions/{number:number}/do/rebuild", rebuild),
    page("/rebuilds/{uuid}", rebuilding),
)
