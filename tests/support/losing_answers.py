"""A door to PostgreSQL that loses the answer to one COMMIT, after the server has carried it out."""

import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import sqlalchemy as sa

_PORT: Final = 5432


class LosingDoor:
    """Passes everything on; once ``armed`` was set it cuts the next connection that commits.

    Only what ``marked`` is written in before the COMMIT counts, so that it hits one transaction.
    """

    def __init__(self, folder: Path, server: tuple[str, int | str], marked: bytes) -> None:
        self._server, self._marked = server, marked
        self.armed, self.lost = False, 0
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(folder / f".s.PGSQL.{_PORT}"))
        self._listener.listen()
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        host, port = self._server
        if host.startswith("/"):
            server = socket.socket(socket.AF_UNIX)
            server.connect(f"{host}/.s.PGSQL.{port}")
        else:
            server = socket.create_connection((host, int(port)))
        cut = threading.Event()  # from now on the answers are lost
        back = threading.Thread(target=self._answer, args=(server, client, cut), daemon=True)
        back.start()
        seen = b""
        with suppress(OSError):
            while sent := client.recv(1 << 16):
                seen = (seen + sent)[-(1 << 20) :]
                if self.armed and self._marked in seen and b"COMMIT" in sent:
                    self.armed = False
                    cut.set()
                server.sendall(sent)
                if cut.is_set():
                    break
        if not cut.is_set():
            server.close()
        back.join()
        client.close()

    def _answer(self, server: socket.socket, client: socket.socket, cut: threading.Event) -> None:
        with suppress(OSError):
            while got := server.recv(1 << 16):
                if cut.is_set():
                    assert b"COMMIT" in got, "the server did not commit"
                    self.lost += 1
                    client.shutdown(socket.SHUT_RDWR)
                    server.close()
                    return
                client.sendall(got)


@contextmanager
def losing_door(url: str, marked: bytes) -> Iterator[tuple[LosingDoor, str]]:
    """Open a door to the server behind ``url``; gives it and the URL that leads through it."""
    address = sa.make_url(url)
    host = str(address.query.get("host") or address.host or "localhost")
    server = (host, address.port or _PORT)
    # Not in pytest's folder: the path of a socket may have 107 characters.
    with tempfile.TemporaryDirectory(prefix="registry-door-") as folder:
        door = LosingDoor(Path(folder), server, marked)
        through = address.set(host=None, port=_PORT).difference_update_query(["host"])
        through = through.update_query_dict({"host": folder})
        try:
            yield door, through.render_as_string(hide_password=False)
        finally:
            door.close()
