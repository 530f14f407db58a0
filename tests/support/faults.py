"""A proxy before an HTTP server that does to requests what networks and servers do: seeded."""

import asyncio
import random
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Final, NamedTuple

SLOW_DOWN: Final = "503"
ERROR: Final = "500"
RESET_BEFORE: Final = "reset before"  # nothing reached the server
RESET_AFTER: Final = "reset after"  # the server did it, the answer is lost
TRUNCATE: Final = "truncate"  # half of the answer's body
FLIP: Final = "flip"  # one bit of a body, of the answer or of what is sent
HANG: Final = "hang"
SLOW: Final = "slow"
EXPIRED: Final = "expired"
UNKNOWN: Final = "unknown"  # the server does not do what the request asks for

_ANSWERS: Final = {
    SLOW_DOWN: ("503 Slow Down", "SlowDown"),
    ERROR: ("500 Internal Server Error", "InternalError"),
    EXPIRED: ("400 Bad Request", "ExpiredToken"),
    UNKNOWN: ("501 Not Implemented", "NotImplemented"),
}
_LARGEST: Final = 1 << 26


class _Message(NamedTuple):
    """A request or an answer: its first line and headers, and its body."""

    head: bytes
    body: bytes

    def header(self, name: str) -> str:
        for line in self.head.decode("latin-1").split("\r\n")[1:]:
            key, _, value = line.partition(":")
            if key.strip().lower() == name:
                return value.strip()
        return ""

    def without(self, *names: str) -> bytes:
        lines = self.head.rstrip(b"\r\n").split(b"\r\n")
        return b"\r\n".join(
            line for line in lines if line.partition(b":")[0].decode().lower() not in names
        )


class Faults:
    """Each request suffers fault ``f`` with probability ``rates[f]``, the sum being at most 1."""

    def __init__(self, upstream: int, seed: int) -> None:
        self.rates: Mapping[str, float] = {}
        self.methods: frozenset[str] = frozenset()  # none means all
        self.slow_s = 0.3
        self.counts: Counter[str] = Counter()
        self.requests = 0
        self.seen: Callable[[str], object] = lambda head: None  # is told each request's head
        self.writers: set[asyncio.StreamWriter] = set()
        self.port = 0
        self._upstream = upstream
        self._random = random.Random(seed)

    @property
    def open(self) -> int:
        """How many requests are under way."""
        return len(self.writers)

    def stop(self) -> None:
        """Let every later request through unharmed."""
        self.rates = {}

    def _draw(self, request: _Message) -> str:
        self.requests += 1
        self.seen(request.head.decode("latin-1"))
        drawn = self._random.random()
        if self.methods and request.head.split(b" ", 1)[0].decode() not in self.methods:
            return ""
        for fault, rate in self.rates.items():
            if drawn < rate:
                self.counts[fault] += 1
                return fault
            drawn -= rate
        return ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection, for one request."""
        self.writers.add(writer)
        try:
            request = await _read_request(reader, writer)
            fault = self._draw(request)
            if fault == HANG:
                await reader.read()  # until the client gives up
            else:
                await self._pass_on(request, fault, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            writer.transport.abort()
        finally:
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()
            self.writers.discard(writer)

    async def _pass_on(self, request: _Message, fault: str, writer: asyncio.StreamWriter) -> None:
        if fault == RESET_BEFORE:
            raise ConnectionResetError
        if fault in _ANSWERS:
            writer.write(_refusal(*_ANSWERS[fault]))
            await writer.drain()
            return
        if fault == SLOW:
            await asyncio.sleep(self.slow_s)
        if fault == FLIP and request.body:
            request = request._replace(body=self._flipped(request.body))
        answer = await self._ask(request)
        if fault == RESET_AFTER:
            raise ConnectionResetError
        body = answer.body
        if fault == FLIP and not request.body and body:
            body = self._flipped(body)
        if fault == TRUNCATE and body:
            body = body[: len(body) // 2]
        writer.write(answer.head + body)
        await writer.drain()

    def _flipped(self, body: bytes) -> bytes:
        at = self._random.randrange(len(body))
        return body[:at] + bytes([body[at] ^ (1 << self._random.randrange(8))]) + body[at + 1 :]

    async def _ask(self, request: _Message) -> _Message:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._upstream)
        try:
            head = request.without("connection", "expect", "transfer-encoding")
            writer.write(head + b"\r\nConnection: close\r\n\r\n" + request.body)
            await writer.drain()
            whole = await reader.read(-1)
        finally:
            writer.close()
        head, blank, body = whole.partition(b"\r\n\r\n")
        return _Message(head + blank, body)


async def _read_request(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> _Message:
    request = _Message(await reader.readuntil(b"\r\n\r\n"), b"")
    if request.header("expect"):
        writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        await writer.drain()
    length = int(request.header("content-length") or 0)
    return request._replace(body=await reader.readexactly(length))


def _refusal(status: str, code: str) -> bytes:
    said = f"<?xml version='1.0'?><Error><Code>{code}</Code><Message>injected</Message></Error>"
    head = f"HTTP/1.1 {status}\r\nContent-Type: application/xml\r\nContent-Length: {len(said)}"
    return f"{head}\r\nConnection: close\r\n\r\n{said}".encode()


@contextmanager
def faults_before(port: int, seed: int) -> Iterator[Faults]:
    """Run the proxy before a server on this machine, in a thread of its own."""
    faults = Faults(port, seed)
    started = threading.Event()
    ended = asyncio.Event()
    loop = asyncio.new_event_loop()

    async def run() -> None:
        server = await asyncio.start_server(faults.serve, "127.0.0.1", 0, limit=_LARGEST)
        faults.port = server.sockets[0].getsockname()[1]
        started.set()
        await ended.wait()
        server.close()
        await asyncio.sleep(0.01)  # who was let in just now is served, and so is among the writers
        while faults.writers:
            for writer in faults.writers:
                writer.transport.abort()
            await asyncio.sleep(0.01)

    thread = threading.Thread(target=loop.run_until_complete, args=(run(),), daemon=True)
    thread.start()
    started.wait()
    try:
        yield faults
    finally:
        loop.call_soon_threadsafe(ended.set)
        thread.join()
        loop.close()
