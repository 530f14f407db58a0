"""Rendering: one template, what it shows, and whoever looks at it."""

from collections.abc import Callable
from functools import cache, partial
from typing import Any, Final

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from registry_tasks.entities.errors import RegistryError
from registry_tasks.entities.permission import Permission
from registry_tasks.faces.http.caller import Caller
from registry_tasks.faces.http.guard import FORM_FIELD
from registry_tasks.faces.statuses import status_of
from registry_tasks.faces.web import events, filters, links
from registry_tasks.faces.web.forms import NOTHING, ONCE, SHOWN, digest_of, kept, once
from registry_tasks.faces.web.gates import tell_gate
from registry_tasks.faces.web.static_files import static_url
from registry_tasks.faces.web.tables import csv_url
from registry_tasks.registry.catalogue.note import SHOWN as SHOWN_NOTES
from registry_tasks.rules.access import may

NAVIGATION: Final = (
    ("Overview", "/", (), Permission.READ),
    ("Models", "/models", ("/compare", "/lineage"), Permission.READ),
    ("Runs", "/runs", ("/experiments",), Permission.READ),
    ("Sweeps", "/sweeps", (), Permission.READ),
    ("Datasets", "/datasets", ("/dataset",), Permission.READ),
    ("Approvals", "/approvals", (), Permission.READ),
    ("History", "/history", (), Permission.READ),
    ("Subscriptions", "/subscriptions", (), Permission.SUBSCRIBE),
    ("Access", "/access", (), Permission.OWN_TOKENS),
)
"""Name, address, pages elsewhere that belong to it, and who is shown the way."""
_FILTERS: Final[tuple[Callable[..., Any], ...]] = (
    filters.time,
    filters.size,
    filters.number,
    filters.value,
    filters.duration,
    filters.stage,
    filters.slot_badge,
    filters.grade,
    filters.short,
    filters.prose,
    filters.said,
    filters.plain_lines,
)


def render(
    request: Request, caller: Caller | None, template: str, *, status: int = 200, **context: Any
) -> HTMLResponse:
    """Answer with a page; ``caller`` is None where nobody is known, as on the page to log in.

    ``problem`` is why a form was refused, ``problem_of_filter`` why what was asked for cannot be
    shown; either is the status.
    A template knows beside ``context``: ``who`` looks, what they ``may(permission, model, moved)``,
    ``parts`` (parts.html), the addresses of links.py and the filters of filters.py.
    """
    identity = None if caller is None else caller.identity
    page = _environment().get_template(template)
    shown = {"filled": NOTHING, "problem": None, "problem_of_filter": None, **context}
    problem: RegistryError | None = shown["problem"] or shown["problem_of_filter"]
    content = page.render(
        **shown,
        request=request,
        who=caller,
        form_token="" if caller is None else caller.form_token,
        may=(lambda *_: False) if identity is None else partial(may, identity),
        csv_url=partial(csv_url, request),
    )
    return HTMLResponse(content, status if problem is None else status_of(problem))


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("registry_tasks.faces.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters.update({found.__name__: found for found in _FILTERS})
    made.globals.update({name: f for name, f in vars(links).items() if name.endswith("_url")})
    made.globals.update(
        navigation=NAVIGATION,
        static_url=static_url,
        Permission=Permission,
        with_query=links.with_query,
        tell=events.tell,
        tell_gate=tell_gate,
        tone=events.tone,
        once=once,
        SHOWN_NOTES=SHOWN_NOTES,
        kept=kept,
        digest_of=digest_of,
        FORM_SHOWN=SHOWN,
        FORM_TOKEN=FORM_FIELD,
        FORM_ONCE=ONCE,
    )
    return made
