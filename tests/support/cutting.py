"""A proxy in front of a PostgreSQL server that cuts a connection around a COMMIT."""

import select
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import Enum
from pathlib import Path

import sqlalchemy as sa

_COMMIT = b"COMMIT\0"
_PORT = 5432


class Cut(Enum):
    """When to cut: the server never sees the COMMIT, or the client never sees its answer."""

    BEFORE = "before"
    AFTER = "after"


class Proxy:
    """Hands bytes on both ways; ``cut`` is done once and then forgotten."""

    def __init__(self, folder: Path, url: str) -> None:
        self._upstream = sa.make_url(url)
        self._server = socket.socket(socket.AF_UNIX)
        self._server.bind(str(folder / f".s.PGSQL.{_PORT}"))
        self._server.listen()
        self._open: list[socket.socket] = [self._server]
        here = self._upstream._replace(host=None, port=None)
        here = here.update_query_dict({"host": str(folder)})
        self.url = here.render_as_string(hide_password=False)
        self.cut: Cut | None = None
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        for end in self._open:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _accept(self) -> None:
        with suppress(OSError):  # closed
            while True:
                client, _ = self._server.accept()
                server = self._connect()
                self._open += [client, server]
                threading.Thread(target=self._hand_on, args=(client, server), daemon=True).start()

    def _connect(self) -> socket.socket:
        folder = self._upstream.query.get("host")
        if isinstance(folder, str):
            server = socket.socket(socket.AF_UNIX)
            server.connect(f"{folder}/.s.PGSQL.{self._upstream.port or _PORT}")
            return server
        return socket.create_connection(
            (self._upstream.host or "localhost", self._upstream.port or _PORT)
        )

    def _hand_on(self, client: socket.socket, server: socket.socket) -> None:
        with suppress(OSError, ValueError):  # closed by us at the end of the test
            while True:
                for end in select.select([client, server], [], [])[0]:
                    data = end.recv(65536)
                    if not data or not self._pass(data, end is client, client, server):
                        _end(client, server)
                        return

    def _pass(self, data: bytes, is_up: bool, client: socket.socket, server: socket.socket) -> bool:
        if not is_up:
            client.sendall(data)
            return True
        cut = self.cut if _COMMIT in data else None
        if cut is not Cut.BEFORE:
            server.sendall(data)
        if cut is None:
            return True
        self.cut = None
        if cut is Cut.AFTER:
            server.recv(65536)  # it has answered, so it is done
        return False


def _end(*ends: socket.socket) -> None:
    for end in ends:
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)


@contextmanager
def cutting(folder: Path, url: str) -> Iterator[Proxy]:
    proxy = Proxy(folder, url)
    try:
        yield proxy
    finally:
        proxy.close()
