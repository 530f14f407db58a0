"""An ASGI middleware around a team's own app: it follows, hands out, and says what it serves."""

import asyncio
import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final

from registry_tasks.faces.serving.following import Following

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
KEY: Final = "registry.served"
HEADER: Final = b"x-model-version"


class FollowingMiddleware:
    """Begins to follow with the app and ends with it.

    A request finds the model at ``scope["registry.served"]``, the same one to its end, and its answer
    names the version in ``X-Model-Version``. ``GET <health>`` says what is served; ``POST <heard>``,
    such as a webhook calls, lets the registry be asked at once. It believes nothing of what it is
    sent, and many calls are one look, so it needs no secret.
    """

    def __init__(
        self,
        app: App,
        following: Following,
        *,
        health: str = "/model/health",
        heard: str = "/model/heard",
    ) -> None:
        self._app, self._following = app, following
        self._health, self._heard = health, heard

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(scope, receive, send)
            return
        asked = scope.get("method"), scope.get("path")
        if scope["type"] == "http" and asked == ("GET", self._health):
            await _answer(send, 200, self._following.health())
            return
        if scope["type"] == "http" and asked == ("POST", self._heard):
            self._following.look()
            await _answer(send, 202, {"looking": self._following.ref})
            return
        served = self._following.current
        name = served.version.ref.encode()

        async def named(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message.get("headers", ()), (HEADER, name)]}
            await send(message)

        await self._app({**scope, KEY: served}, receive, named)

    async def _live(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Follow before the app begins and until it has ended; it need not care for its life."""
        first = await receive()
        try:
            await asyncio.to_thread(self._following.start)
        except Exception as error:  # noqa: BLE001 - the server tells it and ends
            await send({"type": "lifespan.startup.failed", "message": str(error)})
            return
        try:
            if not await self._pass_on(scope, first, receive, send):
                await send({"type": "lifespan.startup.complete"})
                await receive()
                await send({"type": "lifespan.shutdown.complete"})
        finally:
            await asyncio.to_thread(self._following.stop)

    async def _pass_on(self, scope: Scope, first: Message, receive: Receive, send: Send) -> bool:
        """Let the app live; returns False for one that knows nothing of it."""
        messages, said = [first], False

        async def heard() -> Message:
            return messages.pop() if messages else await receive()

        async def saying(message: Message) -> None:
            nonlocal said
            said = True
            await send(message)

        try:
            await self._app(scope, heard, saying)
        except Exception:
            if said:
                raise
        return said


async def _answer(send: Send, status: int, told: dict[str, Any]) -> None:
    body = json.dumps(told).encode()
    headers = [(b"content-type", b"application/json"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
