"""The guard before each route: who calls, may they at all, and did their own browser mean it."""

import hmac
from contextlib import AsyncExitStack
from typing import Any, Final

from fastapi import HTTPException, Request
from starlette.concurrency import run_in_threadpool
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from registry_tasks.entities.errors import NotPermitted
from registry_tasks.entities.permission import Permission
from registry_tasks.faces.http.bodies import read_body
from registry_tasks.faces.http.caller import Caller, Callers
from registry_tasks.faces.http.declared import need_of
from registry_tasks.rules.access import may_somehow, needed_right

SAFE: Final = frozenset({"GET", "HEAD"})
FORM_HEADER: Final = "x-form-token"
FORM_FIELD: Final = "form_token"
API: Final = "/api/"
_FORM_BYTES: Final = 1 << 20
_UNKNOWN_BYTES: Final = 16 * 1024
"""How long the form of somebody may be who is not known yet."""
FIELDS: Final = 1000
"""How many a form may have."""
_FORM: Final = "application/x-www-form-urlencoded"


class Guard:
    """Lets only whoever may come to one route; what it needs is said on the route itself."""

    def __init__(self, app: ASGIApp, template: str, need: Permission | str) -> None:
        self._app, self._template, self._need = app, template, need

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        state = scope.setdefault("state", {})
        state["template"] = self._template
        request = Request(scope, receive)
        caller = None
        if isinstance(self._need, Permission):
            caller = state["caller"] = await self._admit(request, self._need)
        async with AsyncExitStack() as held:
            if self._template.startswith(API):
                _check_session(request, caller)
            else:
                if scope["method"] not in SAFE:
                    receive = await _read_form(request, caller, held)
                if caller is not None or scope["method"] not in SAFE:
                    await held.enter_async_context(request.app.state.turns.of(request))
            await self._app(scope, receive, send)

    async def _admit(self, request: Request, need: Permission) -> Caller:
        callers: Callers = request.app.state.callers
        if callers.is_quick:
            caller = callers.find(request)
        else:
            caller = await run_in_threadpool(callers.find, request)
        if not may_somehow(caller.identity, need):  # of what is asked for, the verb asks
            raise NotPermitted(caller.identity.actor, str(need), needed_right(need))
        return caller


def put_guards(routes: list[BaseRoute]) -> None:
    """Put a guard before each route; all of them have said what they need."""
    for route in routes:
        need = need_of(route)
        if not isinstance(route, Route) or need is None:
            raise RuntimeError(f"{route} cannot be guarded")
        route.app = Guard(route.app, route.path, need)


def _check_session(request: Request, caller: Caller | None) -> None:
    """Refuse a change that a browser was sent to make from elsewhere; its cookie proves nothing."""
    if caller is not None and caller.has_session and request.method not in SAFE:
        check_form_token(caller, request.headers.get(FORM_HEADER, ""))


async def _read_form(request: Request, caller: Caller | None, held: AsyncExitStack) -> Receive:
    """Read a form, and refuse one that a browser was sent to send from elsewhere."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        raise HTTPException(415, f"a form is sent as {_FORM}")
    limit = _UNKNOWN_BYTES if caller is None else _FORM_BYTES
    idle_s = request.app.state.callers.config.idle_s
    body = await read_body(request, limit, idle_s, held)
    if caller is not None and not caller.is_program:
        check_form_token(caller, _field(body, FORM_FIELD))
    return _again(body, request.receive)


def _field(body: bytes, name: str) -> str:
    """Return a field that needs no escapes; here, where all wait, nothing else of it is read."""
    if body.count(b"&") >= FIELDS:
        raise HTTPException(400, f"a form may have {FIELDS:,} fields")
    start = f"{name}=".encode()
    found = (part for part in body.split(b"&") if part.startswith(start))
    return next(found, b"").removeprefix(start).decode(errors="replace")


def check_form_token(caller: Caller, shown: str) -> None:
    """Raise HTTPException (403) unless a form shows the token of its caller's own session."""
    if not hmac.compare_digest(shown.encode(errors="replace"), caller.form_token.encode()):
        raise HTTPException(403, "the form is not of this session; open the page again")


def _again(body: bytes, receive: Receive) -> Receive:
    left: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Any:
        return left.pop() if left else await receive()

    return again
