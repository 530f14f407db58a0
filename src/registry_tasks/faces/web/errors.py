"""What a person sees where a page cannot be shown: what happened, and what to do."""

from types import MappingProxyType
from typing import Final
from urllib.parse import urlencode

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from registry_tasks.entities.errors import (
    Conflict,
    Corrupt,
    Forbidden,
    Invalid,
    NotFound,
    Refused,
    RegistryError,
    TokenRefused,
    Unavailable,
)
from registry_tasks.entities.secrets import hide_secrets
from registry_tasks.faces.http.caller import Caller, find_caller
from registry_tasks.faces.statuses import status_of
from registry_tasks.faces.web.rendering import render

_TITLES: Final = MappingProxyType[type[RegistryError], str](
    {
        TokenRefused: "Log in first",
        Invalid: "That cannot be read",
        Forbidden: "You may not do this",
        NotFound: "There is no such thing",
        Conflict: "Somebody else was first",
        Refused: "A rule said no",
        Unavailable: "Something needed is not there right now",
        Corrupt: "What is stored is not what was recorded",
    }
)
_OTHERS: Final = MappingProxyType(
    {
        404: ("There is no such page", "Look for what you meant in the search box above."),
        405: ("That address takes no such request", "Go back to the page and use its buttons."),
        413: ("That is too much at once", "Send less, or use the command line."),
        429: ("Too many attempts", "Wait a minute, then try again."),
    }
)
_BROKEN: Final = ("Something broke", "It is in the server's log under the number below.")


def is_for_people(request: Request) -> bool:
    """Whether an address belongs to the dashboard, and not to the API."""
    return not request.url.path.startswith(("/api/", "/health", "/ready", "/metrics"))


def error_page(request: Request, error: RegistryError) -> Response:
    """Show an error; whoever is not known is shown where to log in."""
    if isinstance(error, TokenRefused):
        return to_login(request)
    title = next(title for kind, title in _TITLES.items() if isinstance(error, kind))
    return _page(request, status_of(error), title, str(error))


def status_page(request: Request, status: int, detail: str = "") -> Response:
    """Show what has no error of ours, such as an address that is not there."""
    title, advice = _OTHERS.get(status, _BROKEN if status >= 500 else (detail, ""))
    return _page(request, status, title, advice)


def to_login(request: Request) -> Response:
    """Send somebody to the page to log in, and from there back to where they were."""
    if request.method != "GET" or request.url.path == "/":
        return RedirectResponse("/login", status_code=303)
    asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"/login?{urlencode({'next': asked})}", status_code=303)


def _page(request: Request, status: int, title: str, message: str) -> Response:
    try:
        caller: Caller | None = find_caller(request)
    except RegistryError:  # whoever is not known sees the same, without what is only for them
        caller = None
    told = {"title": hide_secrets(title), "message": hide_secrets(message)}
    number = getattr(request.state, "request_id", None)
    return render(request, caller, "error.html", status=status, number=number, **told)
