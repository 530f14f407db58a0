"""Receivers on this machine: they take events, or do whatever receivers do instead."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final, NamedTuple

from registry_tasks.entities.allowed import Allowed
from registry_tasks.entities.subscription import NewSubscription, Receiver, Subscribe
from registry_tasks.registry.outward.subscriptions import subscribe
from registry_tasks.registry.registry import Registry
from registry_tasks.rules.deliveries import Patience
from support.world import World

HERE: Final = Allowed.parse("127.0.0.0/8")
"""What lets tests send to this machine."""
QUICK: Final = Patience(answer_s=0.5, first_pause_s=0.01, longest_pause_s=0.02, lease_s=2.0)
"""Nobody waits long in tests."""


class Got(NamedTuple):
    """A message that came."""

    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def told(self) -> Any:
        """What it says."""
        return json.loads(self.body)


class Place:
    """A server that keeps what it gets; ``does`` says what it does next, and the last one for ever.

    A number is a status; ``hang``, ``trickle``, ``close`` and ``redirect <url>`` are no answers.
    """

    def __init__(self) -> None:
        self.got: list[Got] = []
        self.refused: list[Got] = []
        self.does: list[str] = ["200"]
        self.before: Callable[[int], None] = lambda number: None
        """What happens before a message is answered, by how many came before it."""
        self._lock, self._over = threading.Lock(), threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()

    @property
    def sequences(self) -> list[int]:
        """Which events came, in their order."""
        return [got.told["data"]["sequence"] for got in self.got]

    def close(self) -> None:
        """Answer nobody any more."""
        self._over.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _handler(place) -> type[BaseHTTPRequestHandler]:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers.get("Content-Length", 0))
                came = Got(self.path, dict(self.headers.items()), self.rfile.read(length))
                with place._lock:
                    deed = place.does.pop(0) if len(place.does) > 1 else place.does[0]
                    (place.got if deed == "200" else place.refused).append(came)
                    number = len(place.got) + len(place.refused) - 1
                place.before(number)
                with suppress(OSError):
                    place._do(self, deed)

            do_GET = do_POST

            def log_message(self, *_: object) -> None:
                """Nobody reads it."""

        return Handler

    def _do(self, handler: BaseHTTPRequestHandler, deed: str) -> None:
        match deed.split():
            case ["hang"]:
                self._over.wait(60)
            case ["trickle"]:
                handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
                while not self._over.wait(0.1):
                    handler.wfile.write(b"X-More: and more\r\n")
            case ["close"]:
                handler.connection.shutdown(socket.SHUT_RDWR)
            case ["redirect", url]:
                handler.send_response(307)
                handler.send_header("Location", url)
                handler.send_header("Content-Length", "0")
                handler.end_headers()
            case [status]:
                handler.send_response(int(status))
                handler.send_header("Content-Length", "0")
                handler.end_headers()


@contextmanager
def receiving() -> Iterator[Place]:
    """Give a receiver."""
    place = Place()
    try:
        yield place
    finally:
        place.close()


def outward(world: World, **settings: Any) -> Registry:
    """Open a registry that may send to this machine, as all of this world may from now on."""
    world.also |= {"allowed_receivers": HERE, **settings}
    return world.registry()


def webhook(world: World, url: str, name: str = "hook", **said: Any) -> NewSubscription:
    """Let events go to a webhook."""
    asked = Subscribe(name=name, receiver=Receiver.WEBHOOK, to=url, **said)
    return subscribe(outward(world), asked)


def pause() -> None:
    """Let the shortest pause between attempts go by."""
    time.sleep(QUICK.longest_pause_s + 0.01)
