"""A real server on loopback, in a thread of its own, over any app."""

import socket
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Self

import httpx
import uvicorn
from fastapi import FastAPI, Request
from starlette.datastructures import State
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from registry_tasks.faces.http.app import create_app
from registry_tasks.faces.http.caller import Callers
from registry_tasks.faces.http.config import ServerConfig
from registry_tasks.faces.http.protocol import HEAD_BYTES, PatientProtocol
from registry_tasks.settings import Settings

_PATIENCE_S = 30.0


@contextmanager
def serving(settings: Settings, prefect_url: str | None = None) -> Iterator[str]:
    """Serve a registry, beside a Prefect server if one is named; gives its address."""
    told = settings if prefect_url is None else replace(settings, prefect_api=prefect_url)

    def make(host: str) -> ASGIApp:
        return create_app(ServerConfig(told, hosts=(host,)))

    with listening(make) as url:
        yield url


def elsewhere(url: str, place: Path, token: str | None = None) -> Settings:
    """The settings of a machine that has neither checkout nor store nor remote."""
    return Settings(
        project=None,
        state=place,
        store_url=url,
        remote=place / "no-remote",
        cache=place / "downloads",
        actor="nobody",
        token=token,
    )


class Lodging:
    """One server at which one registry after the other is: to start a server takes its time."""

    def __init__(self, place: Path) -> None:
        self._place, self._host = place, ""
        self._app: FastAPI | None = None

    @contextmanager
    def opened(self, settings: Settings) -> Iterator[Self]:
        """Serve, to begin with by these settings."""
        with listening(lambda host: self._make(settings, host)):
            yield self

    def take_in(self, settings: Settings) -> Settings:
        """Serve another registry from now on; returns the settings of who asks for it there."""
        self.close()
        self._state.callers = Callers(ServerConfig(settings, hosts=(self._host,)))
        return elsewhere(f"http://{self._host}", self._place)

    def routes(self) -> list[Route]:
        """Return all that there is to ask for: a server has nothing but routes."""
        assert self._app is not None
        assert all(isinstance(route, Route) for route in self._app.routes)
        return [route for route in self._app.routes if isinstance(route, Route)]

    def form_token(self, secret: str) -> str:
        """Return what pages of whoever shows a token have in their forms."""
        headers = [(b"authorization", f"Bearer {secret}".encode())]
        callers: Callers = self._state.callers
        return callers.find(Request({"type": "http", "headers": headers})).form_token

    def close(self) -> None:
        """Let go of the registry that is there."""
        self._state.callers.close()

    @property
    def _state(self) -> State:
        assert self._app is not None
        return self._app.state

    def _make(self, settings: Settings, host: str) -> FastAPI:
        self._host = host
        self._app = create_app(ServerConfig(settings, hosts=(host,)))
        return self._app


@contextmanager
def asking(url: str, token: str | None = None) -> Iterator[httpx.Client]:
    """Ask a server; nothing that the environment says of proxies matters on loopback."""
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    with httpx.Client(base_url=url, headers=headers, trust_env=False, timeout=60) as client:
        yield client


@contextmanager
def listening(make: Callable[[str], ASGIApp]) -> Iterator[str]:
    """Serve an app that is made for the ``host:port`` that it gets; gives its address."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        listener.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{listener.getsockname()[1]}"
        config = uvicorn.Config(
            make(host),
            http=PatientProtocol,
            h11_max_incomplete_event_size=HEAD_BYTES,
            server_header=False,
            log_level="warning",
            lifespan="on",
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            _wait(server, thread)
            yield f"http://{host}"
        finally:
            server.should_exit = True
            thread.join(_PATIENCE_S)
            assert not thread.is_alive()


def _wait(server: uvicorn.Server, thread: threading.Thread) -> None:
    while not server.started:
        assert thread.is_alive(), "the server ended before it began"
        thread.join(0.01)


def app_of(answer: Callable[..., Awaitable[None]]) -> ASGIApp:
    """Make an app that answers each request by a function of scope, receive and send."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            while True:
                kind = (await receive())["type"]
                await send({"type": f"{kind}.complete"})
                if kind == "lifespan.shutdown":
                    return
        await answer(scope, receive, send)

    return app
