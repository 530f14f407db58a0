"""Turns: how much of a worker process one caller has at once, so that others come in between."""

import asyncio
from collections.abc import Callable
from typing import ParamSpec, TypeVar
from weakref import WeakValueDictionary

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

P = ParamSpec("P")
R = TypeVar("R")


class Turns:
    """So many at a time for each caller; who asks for more waits behind themselves alone."""

    def __init__(self, each: int) -> None:
        self._each = each
        self._lines: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()

    def of(self, request: Request) -> asyncio.Semaphore:
        """Return the line of whoever asks, or while nobody knows who that is, of their address."""
        caller = getattr(request.state, "caller", None)
        address = request.client.host if request.client else ""
        return self.line(f"from {address}" if caller is None else caller.identity.actor)

    def line(self, name: str) -> asyncio.Semaphore:
        """Return where somebody waits; it is there for as long as anybody does."""
        line = self._lines.get(name)
        if line is None:
            line = self._lines[name] = asyncio.Semaphore(self._each)
        return line


async def in_turn(request: Request, act: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Do in a thread what is work, when it is the turn of whoever asks."""
    turns: Turns = request.app.state.turns
    async with turns.of(request):
        return await run_in_threadpool(act, *args, **kwargs)
