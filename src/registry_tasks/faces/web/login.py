"""Log in and out: a token becomes a session of this browser, which ends with it.

Single sign-on would begin here too: whoever a provider names would get a session by ``_enter``.
"""

import re
from typing import Final

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from registry_tasks.entities.access import IssuedToken, RevokeToken
from registry_tasks.entities.errors import NotPermitted, TokenRefused
from registry_tasks.faces.http.caller import COOKIE, Callers, Calling, Opened
from registry_tasks.faces.http.declared import open_to_all
from registry_tasks.faces.web.forms import Filled, Typed
from registry_tasks.faces.web.rendering import render
from registry_tasks.faces.web.routing import form, page
from registry_tasks.registry.access.tokens import asks_who, authenticate, log_in, revoke_token

_LOCAL: Final = re.compile(r"/(?![/\\])[!-\[\]-~]*")
"""An address on this server: no other host, no backslash, nothing that does not print."""


@open_to_all
def login_page(request: Request, next: str = "/") -> Response:
    """Ask for a token, where the registry has accounts."""
    return _page(request, next)


@open_to_all
def login(request: Request, filled: Typed) -> Response:
    """Begin a session with a token."""
    callers: Callers = request.app.state.callers
    to = local(filled.text("next"))
    if not asks_who(callers.registry):
        return RedirectResponse(to, status_code=303)
    try:
        made = log_in(callers.registry, filled.text("token").strip())
    except TokenRefused as error:
        callers.count_refusal(request)
        return _page(request, to, problem=error)
    return _enter(callers, made, to)


@open_to_all
def logout(request: Request, registry: Opened, caller: Calling, filled: Filled) -> Response:
    """End the session, here and in the store."""
    response = RedirectResponse("/login", status_code=303)
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="strict")
    if caller.has_session:
        _, token = authenticate(registry, request.cookies[COOKIE])
        try:
            revoke_token(registry, RevokeToken(token=token.uuid))
        except NotPermitted:  # an account without any right has nothing to lose; it may still leave
            return response
    return response


def local(address: str) -> str:
    """Return an address if it is one of this server, else the overview's."""
    return address if _LOCAL.fullmatch(address) else "/"


def _enter(callers: Callers, made: IssuedToken, to: str) -> Response:
    response = RedirectResponse(to, status_code=303)
    response.set_cookie(
        COOKIE,
        made.secret,
        expires=made.token.expires_at,
        path="/",
        httponly=True,
        samesite="strict",
        secure=callers.config.https,
    )
    return response


def _page(request: Request, to: str, *, problem: TokenRefused | None = None) -> Response:
    callers: Callers = request.app.state.callers
    return render(
        request,
        None,
        "login.html",
        problem_of_filter=problem,
        to=local(to),
        has_accounts=asks_who(callers.registry),
        user=callers.config.settings.actor,
    )


ROUTES: Final = (page("/login", login_page), form("/login", login), form("/logout", logout))
