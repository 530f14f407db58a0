"""The guard before each route: who calls, may they at all, and did their own browser mean it."""

import hmac
from typing import Any, Final
from urllib.parse import parse_qs

from fastapi import HTTPException, Request
from starlette.concurrency import run_in_threadpool
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from registry_tasks.entities.access import Identity
from registry_tasks.entities.errors import NotPermitted
from registry_tasks.entities.permission import Permission
from registry_tasks.faces.http.caller import Caller, Callers
from registry_tasks.faces.http.declared import need_of
from registry_tasks.rules.access import may, needed_right

SAFE: Final = frozenset({"GET", "HEAD"})
FORM_HEADER: Final = "x-form-token"
FORM_FIELD: Final = "form_token"
API: Final = "/api/"
_FORM_BYTES: Final = 1 << 20
_FORM: Final = "application/x-www-form-urlencoded"


class Guard:
    """Lets only whoever may come to one route; what it needs is said on the route itself."""

    def __init__(self, app: ASGIApp, template: str, need: Permission | str) -> None:
        self._app, self._template, self._need = app, template, need

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        state = scope.setdefault("state", {})
        state["template"] = self._template
        if isinstance(self._need, Permission):
            request = Request(scope)
            callers: Callers = scope["app"].state.callers
            if callers.is_quick:
                caller = callers.find(request)
            else:
                caller = await run_in_threadpool(callers.find, request)
            state["caller"] = caller
            if not _may_somehow(caller.identity, self._need):
                actor, right = caller.identity.actor, needed_right(self._need)
                raise NotPermitted(actor, str(self._need), right)
            if scope["method"] not in SAFE:
                receive = await _meant(request, caller, receive)
        await self._app(scope, receive, send)


def put_guards(routes: list[BaseRoute]) -> None:
    """Put a guard before each route; all of them have said what they need."""
    for route in routes:
        need = need_of(route)
        if not isinstance(route, Route) or need is None:
            raise RuntimeError(f"{route} cannot be guarded")
        route.app = Guard(route.app, route.path, need)


def _may_somehow(who: Identity, need: Permission) -> bool:
    """Whether there is anything of which they may; of what is asked for, the verb asks."""
    return who.rights is None or any(
        may(who, need, right.model, right.stage or right.alias) for right in who.rights
    )


async def _meant(request: Request, caller: Caller, receive: Receive) -> Receive:
    """Refuse a change that a browser was sent to make from elsewhere; its cookie proves nothing."""
    if request.url.path.startswith(API):
        if caller.has_session:
            _check(caller, request.headers.get(FORM_HEADER, ""))
        return receive
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        raise HTTPException(415, f"a form is sent as {_FORM}")
    body = await _read(receive)
    if not caller.is_program:
        fields = parse_qs(body.decode(errors="replace"), max_num_fields=1000)
        _check(caller, (fields.get(FORM_FIELD) or [""])[0])
    return _again(body, receive)


def _check(caller: Caller, shown: str) -> None:
    if not hmac.compare_digest(shown.encode(errors="replace"), caller.form_token.encode()):
        raise HTTPException(403, "the form is not of this session; open the page again")


async def _read(receive: Receive) -> bytes:
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise HTTPException(400, "the client went away")
        body += message.get("body", b"")
        if len(body) > _FORM_BYTES:
            raise HTTPException(413, f"a form may have {_FORM_BYTES:,} bytes")
        if not message.get("more_body", False):
            return bytes(body)


def _again(body: bytes, receive: Receive) -> Receive:
    left: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Any:
        return left.pop() if left else await receive()

    return again
