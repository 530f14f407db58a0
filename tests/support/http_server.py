"""A real server on loopback, in a thread of its own, over any app."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from registry_tasks.faces.http.app import create_app
from registry_tasks.faces.http.config import ServerConfig
from registry_tasks.faces.http.protocol import HEAD_BYTES, PatientProtocol
from registry_tasks.settings import Settings

_PATIENCE_S = 30.0


@contextmanager
def serving(settings: Settings, prefect_url: str | None = None) -> Iterator[str]:
    """Serve a registry; gives its address."""

    def make(host: str) -> ASGIApp:
        return create_app(ServerConfig(settings, hosts=(host,), prefect_url=prefect_url))

    with listening(make) as url:
        yield url


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
