"""Endpoints: one for each operation, all of a kind alike."""

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, Final

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from registry_tasks.entities.approval import Approval
from registry_tasks.entities.errors import InvalidSetting, StoreMissing
from registry_tasks.entities.reproduction import RebuildRun
from registry_tasks.entities.request import Asked
from registry_tasks.faces.http import media
from registry_tasks.faces.http.bodies import read_body, read_line, stream_body
from registry_tasks.faces.http.caller import Caller, Callers
from registry_tasks.faces.http.declared import needs
from registry_tasks.faces.http.turns import in_turn
from registry_tasks.faces.rest.answering import answer_question, expected_marks
from registry_tasks.faces.rest.asking import make, read_json, read_query
from registry_tasks.faces.rest.operations import Operation
from registry_tasks.faces.rest.uploads import read_upload, staged
from registry_tasks.faces.routes import BASE, TOLD_BYTES
from registry_tasks.registry.marks import EVERYTHING, Seen, mark_of

Endpoint = Callable[[Request], Awaitable[Response]]
_KEY: Final = "idempotency-key"


def endpoint_of(operation: Operation) -> Endpoint:
    """Make what answers at an operation's address."""
    if operation.route.stores:
        made = _storing(operation)
    else:
        made = _writing(operation) if operation.route.method == "POST" else _reading(operation)
    return needs(operation.needs)(made)


def _reading(operation: Operation) -> Endpoint:
    def act(request: Request, asked: Asked) -> Response:
        callers, caller = _who(request)
        mark = _mark(callers, asked)
        found = operation.call(callers, caller, asked)
        return answer_question(request, operation, asked, mark, found)

    async def read(request: Request) -> Response:
        asked = read_query(request, operation.asked)
        if operation.is_light(asked) and _who(request)[0].is_quick:
            return act(request, asked)  # it is done before a thread could begin it
        return await in_turn(request, act, request, asked)

    return read


def _writing(operation: Operation) -> Endpoint:
    def act(request: Request, body: bytes) -> Response:
        return _change(request, operation, read_json(body, operation.asked))

    async def write(request: Request) -> Response:
        config = _who(request)[0].config
        media.check(request, media.JSON)
        read_query(request, Asked)  # it takes none
        async with AsyncExitStack() as held:
            body = await read_body(request, config.body_bytes, config.idle_s, held)
            return await in_turn(request, act, request, body)

    return write


def _storing(operation: Operation) -> Endpoint:
    async def store(request: Request) -> Response:
        config = _who(request)[0].config
        kind = media.check(request, media.BYTES, TOLD_BYTES)
        pieces, line = stream_body(request, config.upload_bytes, config.idle_s), None
        async with AsyncExitStack() as held:
            if kind == TOLD_BYTES:
                line, pieces = await read_line(request, pieces, config.body_bytes, held)
            asked = await run_in_threadpool(read_upload, request, operation.asked, line)
        async with staged(request, config, pieces) as file:
            return await in_turn(request, _change, request, operation, asked, file)

    return store


def _change(request: Request, operation: Operation, told: Asked, *file: Path) -> Response:
    """Ask the verb that changes something, as who calls and if all is as they have seen it."""
    callers, caller = _who(request)
    asked = _with_key(request, told)
    marks = expected_marks(request)
    seen = None if marks is None else Seen(asked, marks)
    made = operation.verb(callers.registry.acting_as(caller.identity, seen), asked, *file)
    if isinstance(made, Approval):
        callers.show_going_on(made)
    body = operation.answer.dump_json(made)
    if isinstance(made, RebuildRun):
        where = f"{BASE}/rebuild-run?uuid={made.uuid}"
        return Response(body, 202, {"Location": where}, media.JSON)
    return Response(body, 200, media_type=media.JSON)


def _mark(callers: Callers, asked: Asked) -> str:
    try:
        with callers.reader.reading() as query:
            return mark_of(query, asked)
    except StoreMissing:
        return f"{EVERYTHING}-0"


def _with_key(request: Request, asked: Any) -> Any:
    """Return a request with the key that the header gives it. Raises InvalidSetting."""
    key = request.headers.get(_KEY)
    if key is None or key == asked.key:
        return asked
    if asked.key is not None:
        raise InvalidSetting("Idempotency-Key", key[:120], "the body names another key")
    return make(type(asked), asked.model_dump(exclude_unset=True) | {"key": key})


def _who(request: Request) -> tuple[Callers, Caller]:
    return request.app.state.callers, request.state.caller
