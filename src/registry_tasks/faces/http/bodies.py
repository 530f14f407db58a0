"""Bodies of requests: no longer than they may be, and no slower."""

import asyncio
from collections.abc import AsyncIterator

from fastapi import HTTPException, Request
from starlette.requests import ClientDisconnect


async def read_body(request: Request, limit: int, idle_s: float) -> bytes:
    """Return a body. Raises as ``stream_body``."""
    return b"".join([piece async for piece in stream_body(request, limit, idle_s)])


async def stream_body(request: Request, limit: int, idle_s: float) -> AsyncIterator[bytes]:
    """Give a body piece by piece.

    Raises 413 if it is longer than ``limit``, 408 if nothing comes for ``idle_s``, 400 if it ends
    before its end.
    """
    told = request.headers.get("content-length", "0")
    if int(told) > limit:  # the server has seen to it that it is a number
        raise _too_long(limit)
    count, pieces = 0, request.stream()
    while True:
        try:
            piece = await asyncio.wait_for(anext(pieces), idle_s)
        except StopAsyncIteration:
            return
        except TimeoutError:
            raise HTTPException(408, f"nothing came for {idle_s:g} s") from None
        except ClientDisconnect:
            raise HTTPException(400, "the client went away") from None
        count += len(piece)
        if count > limit:
            raise _too_long(limit)
        yield piece


def _too_long(limit: int) -> HTTPException:
    return HTTPException(413, f"the body is longer than {limit:,} bytes")
