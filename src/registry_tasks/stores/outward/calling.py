"""Call a receiver over HTTP: at an address that was checked, once, for so long and no longer.

The name is looked up here and the connection made to what was found and checked: who owns a name
may let it lead elsewhere a moment later. Redirects are answers like others, and no proxy is asked.
"""

import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any, Final, NamedTuple
from urllib.parse import SplitResult, urlsplit

from registry_tasks.entities.allowed import Allowed

_MOST_READ: Final = 65_536
_SHOWN: Final = 20
_PORTS: Final = {"http": 80, "https": 443}


class NotCallable(OSError):
    """An address may not be called; says why."""


class Call(NamedTuple):
    """A message to a URL."""

    url: str
    body: bytes
    headers: Mapping[str, str]
    method: str = "POST"


class Answered(NamedTuple):
    """A status and the beginning of what was said with it."""

    status: int
    body: bytes


def call(asked: Call, allowed: Allowed | None, timeout_s: float) -> Answered:
    """Send a message and read the answer; ``allowed`` is None for where we trust in.

    Raises: OSError, HTTPException.
    """
    parts = urlsplit(asked.url)
    address = _find(parts, allowed)
    connection = _connection(parts, address, timeout_s)
    with _ending(connection, timeout_s):
        path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
        connection.request(asked.method, path, body=asked.body, headers=dict(asked.headers))
        found = connection.getresponse()
        return Answered(found.status, found.read(_MOST_READ))


def why_not(error: Exception) -> str:
    """Say in a few words why a call came to nothing; names no more than host and address."""
    match error:
        case NotCallable():
            return str(error.args[0])
        case ssl.SSLCertVerificationError():
            return f"its certificate does not hold: {error.verify_message}"
        case TimeoutError():
            return "no answer in time"
        case socket.gaierror():
            return "its name is not known"
        case OSError(strerror=str(reason)):
            return reason
    return f"no answer: {type(error).__name__}"


def _find(parts: SplitResult, allowed: Allowed | None) -> str:
    """Return an address of a host, all of whose addresses may be called."""
    host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(each[4][0]) for each in found[:_SHOWN]]
    for address in addresses:
        if allowed is not None and not allowed.may_call(host, address):
            raise NotCallable(f"{host} is at {address}, which may not be called")
    return addresses[0]


def _connection(parts: SplitResult, address: str, timeout_s: float) -> HTTPConnection:
    host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
    if parts.scheme == "http":
        return _Plain(address, host, port, timeout_s)
    return _Encrypted(address, host, port, timeout_s)


class _Plain(HTTPConnection):
    """Goes to an address, and says the name that it was found by."""

    def __init__(self, address: str, host: str, port: int, timeout_s: float) -> None:
        super().__init__(host, port, timeout=timeout_s)
        self._address = address

    def connect(self) -> None:
        self.sock = _reach(self._address, self.port, self.timeout)


class _Encrypted(HTTPSConnection):
    """The same, encrypted: the certificate is of the name."""

    def __init__(self, address: str, host: str, port: int, timeout_s: float) -> None:
        super().__init__(host, port, timeout=timeout_s, context=_trust())
        self._address = address

    def connect(self) -> None:
        """Let the socket be known before the handshake, which may have to be cut off."""
        plain = _reach(self._address, self.port, self.timeout)
        made = _trust().wrap_socket(plain, server_hostname=self.host, do_handshake_on_connect=False)
        self.sock = made
        made.do_handshake()


@cache
def _trust() -> ssl.SSLContext:
    return ssl.create_default_context()


def _reach(address: str, port: int, timeout_s: Any) -> socket.socket:
    made = socket.create_connection((address, port), timeout_s)
    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return made


@contextmanager
def _ending(connection: HTTPConnection, timeout_s: float) -> Iterator[None]:
    """Cut it off after a time: who answers a byte a second keeps within every other limit."""
    over = threading.Event()

    def end() -> None:
        over.set()
        with suppress(OSError, AttributeError):  # closed by now, or not connected yet
            connection.sock.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(timeout_s, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    except (OSError, HTTPException):
        if not over.is_set():
            raise
    finally:
        timer.cancel()
        connection.close()
    if over.is_set():  # also where what came until then looks like an answer
        raise TimeoutError
