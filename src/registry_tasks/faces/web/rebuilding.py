"""Rebuild a version from its page: a worker does it, and a page shows how far it is."""

from typing import Final
from uuid import UUID

from fastapi import Response

from registry_tasks.entities.permission import Permission
from registry_tasks.entities.reproduction import Reproduce
from registry_tasks.faces.http.declared import needs
from registry_tasks.faces.reproducing import reproduce, show_rebuild_run
from registry_tasks.faces.web.forms import Filled, carry_out
from registry_tasks.faces.web.links import rebuilding_url
from registry_tasks.faces.web.reading import Viewing
from registry_tasks.faces.web.rendering import render
from registry_tasks.faces.web.routing import form, page
from registry_tasks.faces.web.version import show_page


@needs(Permission.RECORD)
def rebuild(view: Viewing, name: str, number: int, filled: Filled) -> Response:
    """Let a worker rebuild a version; the same form sent twice is one rebuild."""
    ref = f"{name}@{number}"
    return carry_out(
        lambda: reproduce(view.registry, Reproduce(ref=ref, key=filled.key)),
        then=lambda run: rebuilding_url(run.uuid),
        refused=lambda problem: show_page(view, ref, problem, filled),
    )


@needs(Permission.READ)
def rebuilding(view: Viewing, uuid: UUID) -> Response:
    """Show how far a rebuild is."""
    run = show_rebuild_run(view.registry, str(uuid))
    return render(view.request, view.caller, "rebuilding.html", run=run)


ROUTES: Final = (
    form("/models/{name:path}/versions/{number:number}/do/rebuild", rebuild),
    page("/rebuilds/{uuid}", rebuilding),
)
