"""Bodies of requests: no longer than they may be, no slower, and not too many long ones at once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Final

from fastapi import HTTPException, Request
from starlette.requests import ClientDisconnect

from registry_tasks.faces.http.turns import Turns

_LEAST_PER_S: Final = 1024
"""How many bytes a second a body must come with; without an end nobody holds a place for ever."""
_SHORT_BYTES: Final = 64 * 1024


async def read_body(request: Request, limit: int, idle_s: float, held: AsyncExitStack) -> bytes:
    """Return a body; the place of a long one is given back with ``held``. Raises as ``stream_body``."""
    long: Turns = request.app.state.long_bodies
    body = bytearray()
    async for piece in stream_body(request, limit, idle_s):
        if len(body) <= _SHORT_BYTES < len(body) + len(piece):
            await held.enter_async_context(long.of(request))
        body += piece
    return bytes(body)


async def stream_body(request: Request, limit: int, idle_s: float) -> AsyncIterator[bytes]:
    """Give a body piece by piece.

    Raises 413 if it is longer than ``limit``, 408 if nothing comes for ``idle_s`` or hardly
    anything all the time, 400 if it ends before its end.
    """
    told = request.headers.get("content-length", "0")
    if int(told) > limit:  # the server has seen to it that it is a number
        raise _too_long(limit)
    count, waited_s, pieces = 0, 0.0, request.stream()
    now = asyncio.get_running_loop().time
    while True:
        began = now()
        try:
            async with asyncio.timeout(idle_s):
                piece = await anext(pieces)
        except StopAsyncIteration:
            return
        except TimeoutError:
            raise HTTPException(408, f"nothing came for {idle_s:g} s") from None
        except ClientDisconnect:
            raise HTTPException(400, "the client went away") from None
        count, waited_s = count + len(piece), waited_s + now() - began
        if count > limit:
            raise _too_long(limit)
        if waited_s > idle_s + count / _LEAST_PER_S:
            raise HTTPException(408, f"it came with less than {_LEAST_PER_S:,} bytes a second")
        yield piece


async def read_line(
    request: Request, pieces: AsyncIterator[bytes], limit: int, held: AsyncExitStack
) -> tuple[bytes, AsyncIterator[bytes]]:
    """Return the first line of a body without its end, and the rest of the body.

    The place of a long line is given back with ``held``. Raises 413 if it is longer than
    ``limit``, 400 if it has no end.
    """
    long: Turns = request.app.state.long_bodies
    line = bytearray()
    async for piece in pieces:
        head, end, rest = piece.partition(b"\n")
        if len(line) <= _SHORT_BYTES < len(line) + len(head):
            await held.enter_async_context(long.of(request))
        line += head
        if len(line) > limit:
            raise HTTPException(413, f"the first line is longer than {limit:,} bytes")
        if end:
            return bytes(line), _after(rest, pieces)
    raise HTTPException(400, "the body has no first line that tells of the file")


async def _after(first: bytes, pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    if first:
        yield first
    async for piece in pieces:
        yield piece


def _too_long(limit: int) -> HTTPException:
    return HTTPException(413, f"the body is longer than {limit:,} bytes")
