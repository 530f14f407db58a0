"""HTTP as bytes: sends what no proper client would, and reads what comes back."""

import socket
from collections.abc import Mapping
from contextlib import suppress
from http.client import HTTPException, HTTPResponse
from typing import Final, NamedTuple, Self
from urllib.parse import urlsplit

_PATIENCE_S: Final = 60.0


class Shot(NamedTuple):
    """A request, its address as bytes."""

    method: str
    target: bytes
    headers: Mapping[str, str] = {}
    body: bytes | None = None

    def __str__(self) -> str:
        told = self.target.decode(errors="backslashreplace")[:300]
        return f"{self.method} {told} {dict(self.headers)} {(self.body or b'')[:300]!r}"[:900]


class Told(NamedTuple):
    """What came back; status 0 says that the connection was closed without a word."""

    status: int
    headers: Mapping[str, str]
    head: bytes  # all of the headers, as one text
    body: bytes


class Line:
    """A connection to one server, made again whenever it closes."""

    def __init__(self, url: str, headers: Mapping[str, str]) -> None:
        self._place = urlsplit(url)
        self._headers = {"Host": self._place.netloc, **headers}
        self._socket: socket.socket | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def ask(self, shot: Shot) -> Told:
        """Send a request and wait for its answer."""
        written = self._write(shot)
        kept = self._socket is not None
        try:
            return self._exchange(written, shot.method)
        except (ConnectionError, HTTPException):
            self.close()
            if not kept:
                return Told(0, {}, b"", b"")
        try:  # the server may have closed what was kept open: so once more, anew
            return self._exchange(written, shot.method)
        except (ConnectionError, HTTPException):
            self.close()
            return Told(0, {}, b"", b"")

    def close(self) -> None:
        if self._socket is not None:
            with suppress(OSError):
                self._socket.close()
            self._socket = None

    def _write(self, shot: Shot) -> bytes:
        headers = {**self._headers, **shot.headers}
        if shot.body is not None:
            headers["Content-Length"] = str(len(shot.body))
        lines = (f"{name}: ".encode() + _bytes(of) for name, of in headers.items())
        first = shot.method.encode() + b" " + shot.target + b" HTTP/1.1"
        return b"\r\n".join((first, *lines, b"", shot.body or b""))

    def _exchange(self, written: bytes, method: str) -> Told:
        if self._socket is None:
            host, port = self._place.hostname, self._place.port
            self._socket = socket.create_connection((host, port), _PATIENCE_S)
        self._socket.sendall(written)
        with HTTPResponse(self._socket, method=method) as answer:
            answer.begin()
            body = answer.read()
            head = "".join(f"{k}: {v}\n" for k, v in answer.getheaders())
            told = Told(answer.status, answer.headers, head.encode(errors="replace"), body)
            ends = answer.will_close
        if ends:
            self.close()
        return told


def _bytes(text: str) -> bytes:
    """Write a header's value: as it was always done, and what that cannot write as today."""
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        return text.encode(errors="surrogatepass")
