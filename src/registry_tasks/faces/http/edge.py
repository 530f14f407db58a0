"""The edge: what every request passes first and every answer last, whatever route it is of."""

import logging
import time
from collections.abc import Callable, Iterator
from typing import Any, Final
from uuid import uuid4

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from registry_tasks.faces.http.config import ServerConfig
from registry_tasks.faces.http.guard import SAFE
from registry_tasks.faces.http.metrics import Metrics
from registry_tasks.faces.http.problems import problem
from registry_tasks.faces.http.targets import check_target

_log: Final = logging.getLogger("registry_tasks.http")
_CLOSED: Final = 4403  # of a WebSocket: there are none
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS: Final = (
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cache-Control", "no-store"),
)
_PIECE_BYTES: Final = 128 * 1024
_HEADER_BYTES: Final = 32 * 1024
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_OF_HTTPS: Final = ("Strict-Transport-Security", "max-age=31536000")


def _pieces(message: Message) -> Iterator[Message]:
    """Cut a long body, so that of one that nobody reads only a piece waits in memory to be sent."""
    body = message.get("body", b"")
    for start in range(0, len(body) - _PIECE_BYTES, _PIECE_BYTES):
        yield {**message, "body": body[start : start + _PIECE_BYTES], "more_body": True}
    last = (len(body) - 1) // _PIECE_BYTES * _PIECE_BYTES
    yield {**message, "body": body[last:]} if last > 0 else message


class Edge:
    """Checks target, host and origin; gives ids and headers; logs; answers what nobody foresaw."""

    def __init__(
        self,
        app: ASGIApp,
        config: ServerConfig,
        metrics: Metrics,
        broken: Callable[[Request, int], Response],
    ) -> None:
        self._app, self._metrics, self._broken = app, metrics, broken
        self._hosts = frozenset(host.lower() for host in config.hosts)
        self._origins = frozenset(f"{config.scheme}://{host}" for host in self._hosts)
        self._headers = (*HEADERS, _OF_HTTPS) if config.https else HEADERS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": _CLOSED})
        elif scope["type"] != "http":
            await self._app(scope, receive, send)
        else:
            await self._serve(scope, receive, send)

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        state = scope["state"] = dict(scope.get("state", {}))
        state["request_id"] = str(uuid4())
        began, sent = time.perf_counter(), [0]

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                sent[0] = message["status"]
                headers = MutableHeaders(scope=message)
                headers["X-Request-Id"] = state["request_id"]
                for name, value in self._headers:
                    headers.setdefault(name, value)
            for piece in _pieces(message):
                await send(piece)

        try:
            self._check(scope)
            await self._app(scope, receive, sending)
        except HTTPException as error:
            answer = problem(scope, error.status_code, error.detail, dict(error.headers or {}))
            await answer(scope, receive, sending)
        except Exception:
            _log.exception("request %s failed", state["request_id"])
            if sent[0]:  # it is too late for an answer: the connection is cut
                raise
            await self._broken(Request(scope), 500)(scope, receive, sending)
        finally:
            self._tell(scope, sent[0], time.perf_counter() - began)

    def _check(self, scope: Scope) -> None:
        check_target(scope["raw_path"], scope["query_string"])
        headers = Headers(scope=scope)
        if headers.get("host", "").lower() not in self._hosts:
            raise HTTPException(421, "this server does not answer to that name")
        origin = headers.get("origin")
        if origin is not None and origin.lower() not in self._origins:
            raise HTTPException(403, "requests from other sites are not taken")
        if sum(len(name) + len(value) for name, value in scope["headers"]) > _HEADER_BYTES:
            raise HTTPException(431, f"headers may have {_HEADER_BYTES:,} bytes")
        if headers.get("content-encoding", "identity").lower() != "identity":
            raise HTTPException(415, "send it as it is, not compressed")
        fetched = headers.get("sec-fetch-site", "none")
        if scope["method"] not in SAFE and fetched not in ("same-origin", "none"):
            raise HTTPException(403, "changes from other sites are not taken")

    def _tell(self, scope: Scope, status: int, seconds: float) -> None:
        state: dict[str, Any] = scope["state"]
        caller = state.get("caller")
        route = state.get("template", "none")
        told = {
            "id": state["request_id"],
            "method": scope["method"],
            "route": route,
            "status": status,
            "ms": round(seconds * 1000, 2),
            "actor": None if caller is None else caller.identity.actor,
        }
        _log.info("request", extra={"told": told})
        method = scope["method"] if scope["method"] in _METHODS else "other"
        self._metrics.add(method, route, status, seconds)
