"""Ask a server on this machine as fast as it answers, over connections that stay open.

As little as possible is done with an answer, so that the asking does not decide what is measured.
"""

import asyncio
import itertools
import math
import statistics
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

_END_OF_HEAD: Final = b"\r\n\r\n"
_LENGTH: Final = b"content-length:"


@dataclass
class Load:
    """What came of it; times are in ms."""

    seconds: float
    times_ms: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        """Answers that were as they should be."""
        return len(self.times_ms) / self.seconds

    @property
    def median_ms(self) -> float:
        """The middle one of all answers' times."""
        return statistics.median(self.times_ms or [math.inf])

    @property
    def p99_ms(self) -> float:
        """What one of a hundred takes at least."""
        return statistics.quantiles(self.times_ms or [math.inf, math.inf], n=100)[98]

    def __str__(self) -> str:
        return (
            f"{self.per_second:8.0f} a second, median {self.median_ms:.2f} ms, "
            f"99 of 100 within {self.p99_ms:.2f} ms, {len(self.failures)} failures"
        )


def ask(
    site: str,
    paths: Sequence[str],
    *,
    connections: int,
    seconds: float,
    headers: Mapping[str, str] | None = None,
) -> Load:
    """Ask for paths in turns for some time, each connection one at a time."""
    return asyncio.run(_ask(site, paths, connections, seconds, headers or {}))


class _Asking(asyncio.Protocol):
    """One connection."""

    def __init__(self, requests: Iterator[bytes], load: Load, until: float) -> None:
        self._requests, self._load, self._until = requests, load, until
        self._buffer, self._asked_at = bytearray(), 0.0
        self.done = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._ask()

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        end = self._buffer.find(_END_OF_HEAD)
        if end < 0:
            return
        head = bytes(self._buffer[:end]).lower()
        start = head.find(_LENGTH)
        length = int(head[start + len(_LENGTH) :].split(b"\r\n", 1)[0]) if start >= 0 else 0
        if len(self._buffer) >= end + len(_END_OF_HEAD) + length:
            self._take(head)

    def connection_lost(self, error: Exception | None) -> None:
        if not self.done.done():
            self._load.failures.append(f"the connection was lost: {error}")
            self.done.set_result(None)

    def _take(self, head: bytes) -> None:
        now = time.perf_counter()
        status = head.split(b" ", 2)[1]
        if status == b"200":
            self._load.times_ms.append(1000 * (now - self._asked_at))
        else:
            self._load.failures.append(head.split(b"\r\n", 1)[0].decode())
        self._buffer.clear()
        if now < self._until:
            self._ask()
            return
        self.done.set_result(None)
        self._transport.close()

    def _ask(self) -> None:
        self._asked_at = time.perf_counter()
        self._transport.write(next(self._requests))


async def _ask(
    site: str, paths: Sequence[str], connections: int, seconds: float, headers: Mapping[str, str]
) -> Load:
    asked = urlsplit(site)
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    requests = itertools.cycle(
        f"GET {path} HTTP/1.1\r\nHost: {asked.netloc}\r\n{lines}\r\n".encode() for path in paths
    )
    load, began = Load(seconds), time.perf_counter()
    loop = asyncio.get_running_loop()
    made = [
        await loop.create_connection(
            lambda: _Asking(requests, load, began + seconds), asked.hostname, asked.port
        )
        for _ in range(connections)
    ]
    await asyncio.gather(*(protocol.done for _, protocol in made))
    load.seconds = time.perf_counter() - began
    return load
