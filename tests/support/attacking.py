"""Somebody with a token who would like a server to do nothing else, in a process of their own.

``python -m support.attacking SITE TOKEN SECONDS ATTACK ...`` makes attacks, all at once, and prints
as JSON how often each status was answered. An attacker does not share the server's processors, so
this one steps back for everybody else.
"""

import asyncio
import json
import os
import re
import socket
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from itertools import cycle
from typing import Final
from urllib.parse import urlsplit

from support.shots import CHUNKED, FORM, JSON, LONG, NOTE, SHOTS, WRITTEN, Target

_MANY: Final = 40  # connections that are held
_AT_ONCE: Final = 4  # connections of each kind of shot
_PATIENCE_S: Final = 1.0  # with which an answer is waited for
_DEAF_S: Final = 10.0
BEGUN: Final = "begun"
_STATUS: Final = re.compile(rb"HTTP/1\.1 (\d{3}) ")


async def _half_open(to: Target, connection: "Connection") -> None:
    await connection.read()


async def _slow_heads(to: Target, connection: "Connection") -> None:
    await connection.dribble(to.get(b"/models", b"X: " + LONG), 0.05)


async def _slow_bodies(to: Target, connection: "Connection") -> None:
    head = to.head(b"POST", NOTE, JSON, b"Content-Length: 4000000")
    await connection.send(head + b" " * 3_900_000)
    await connection.dribble(b" " * 100_000, 0.05)


async def _slow_forms(to: Target, connection: "Connection") -> None:
    head = to.head(b"POST", WRITTEN, FORM, b"Content-Length: 1000000")
    await connection.send(head + b"a" * 990_000)
    await connection.dribble(b"a" * 10_000, 0.05)


async def _endless_bodies(to: Target, connection: "Connection") -> None:
    await connection.send(to.head(b"POST", NOTE, JSON, CHUNKED))
    while True:
        await connection.send(b"10000\r\n" + b" " * 65_536 + b"\r\n")
        await asyncio.sleep(0.01)


async def _deaf_readers(to: Target, connection: "Connection") -> None:
    await connection.send(to.head(b"GET", b"/api/v1/file?ref=mower@latest"))
    await asyncio.sleep(_DEAF_S)


async def _deaf_listeners(to: Target, connection: "Connection") -> None:
    await connection.send(to.head(b"GET", b"/api/v1/openapi.json") * 50)
    await asyncio.sleep(_DEAF_S)


HOLDS: Final[Mapping[str, Callable[[Target, "Connection"], Awaitable[None]]]] = {
    "half-open connections": _half_open,
    "slow heads": _slow_heads,
    "slow bodies": _slow_bodies,
    "slow forms": _slow_forms,
    "endless bodies": _endless_bodies,
    "deaf readers of a file": _deaf_readers,
    "deaf readers of a document": _deaf_listeners,
}
"""What is done with many connections that are held, and opened again when they are lost."""
ATTACKS: Final = (*SHOTS, *HOLDS)


class Connection:
    """A connection of an attacker, who does not mind to be thrown out."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def send(self, data: bytes) -> None:
        self._writer.write(data)
        await self._writer.drain()

    async def dribble(self, data: bytes, pause_s: float) -> None:
        for byte in data:
            await self.send(bytes([byte]))
            await asyncio.sleep(pause_s)

    async def read(self) -> bytes:
        """Return what is answered, up to its end or to when it is enough."""
        told = bytearray()
        with suppress(OSError):
            while piece := await self._reader.read(1 << 16):
                told += piece if len(told) < 1 << 20 else b""
        return bytes(told)

    def end(self) -> None:
        self._writer.transport.abort()


async def _connect(to: Target, small: bool) -> Connection:
    sock = socket.socket()
    if small:  # so that what is not read stays with the server
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    sock.setblocking(False)
    await asyncio.get_running_loop().sock_connect(sock, (to.host, to.port))
    return Connection(*await asyncio.open_connection(sock=sock))


async def _shoot(to: Target, payloads: Sequence[bytes], told: Counter[str], start: int) -> None:
    first = start % len(payloads)
    for payload in cycle((*payloads[first:], *payloads[:first])):
        connection = await _connect(to, small=False)
        sending = asyncio.ensure_future(connection.send(payload))
        try:
            async with asyncio.timeout(_PATIENCE_S):
                answer = await connection.read()
            told.update(status.decode() for status in _STATUS.findall(answer) or [b"cut"])
        except TimeoutError:
            told["silence"] += 1
        finally:
            sending.cancel()
            with suppress(OSError, asyncio.CancelledError):
                await sending
            connection.end()


async def _hold(to: Target, name: str, told: Counter[str]) -> None:
    while True:
        connection = await _connect(to, small="deaf" in name)
        try:
            await HOLDS[name](to, connection)
        except OSError:
            told["cut"] += 1
        finally:
            connection.end()
        await asyncio.sleep(0.05)


async def _attack(to: Target, names: Iterable[str], seconds: float) -> dict[str, Counter[str]]:
    told: dict[str, Counter[str]] = {}
    tasks = []
    for name in names:
        counted = told[name] = Counter()
        if name in SHOTS:
            payloads = tuple(SHOTS[name](to))
            tasks += [_shoot(to, payloads, counted, 7 * n) for n in range(_AT_ONCE)]
        else:
            tasks += [_hold(to, name, counted) for _ in range(_MANY)]
    print(BEGUN, flush=True)
    until = time.monotonic() + seconds
    running = [asyncio.ensure_future(task) for task in tasks]
    await asyncio.wait(running, timeout=seconds, return_when=asyncio.FIRST_EXCEPTION)
    for one in running:
        if one.done():
            one.result()
        one.cancel()
    await asyncio.gather(*running, return_exceptions=True)
    assert time.monotonic() >= until
    return told


def main() -> None:
    """Attack as the command line says."""
    site, token, seconds, *names = sys.argv[1:]
    asked = urlsplit(site)
    os.nice(10)
    to = Target(asked.hostname or "", asked.port or 0, token)
    print(json.dumps(asyncio.run(_attack(to, names, float(seconds)))))


if __name__ == "__main__":
    main()
