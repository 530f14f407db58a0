"""What nobody needs is not read: there are limits to how long, how many and how slow."""

import asyncio
import json
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import pytest
from support.http_server import elsewhere, listening
from support.shots import FORM, JSON, NOTE, Target
from support.site import AUTHOR, VIEWER, let_people_in
from support.world import MODEL, World, copy_tree

from registry_tasks import Client
from registry_tasks.entities.errors import NotPermitted
from registry_tasks.faces.http.app import create_app
from registry_tasks.faces.http.config import MIB, ServerConfig
from registry_tasks.faces.http.edge import POLICY
from registry_tasks.faces.http.turns import Turns

pytestmark = pytest.mark.slow

IDLE_S: Final = 0.5
NOTED: Final = json.dumps({"subject": f"{MODEL}@1", "text": "x"}).encode()


@pytest.fixture(scope="module")
def town(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Target]]:
    """A server that waits for nobody for long, and somebody who may do much."""
    folder = tmp_path_factory.mktemp("limits") / "world"
    copy_tree(filled, folder)
    world = World(folder)
    tokens = let_people_in(world)
    with listening(
        lambda host: create_app(ServerConfig(world.settings, (host,), idle_s=IDLE_S))
    ) as url:
        parts = urlsplit(url)
        yield tokens[VIEWER], Target(parts.hostname or "", parts.port or 0, tokens[AUTHOR])
    world.close()


@contextmanager
def connected(to: Target) -> Iterator[socket.socket]:
    with socket.create_connection((to.host, to.port), timeout=30) as made:
        yield made


def told(to: Target, request: bytes) -> tuple[int, str]:
    """Send exactly these bytes; returns the status and all of the answer."""
    with connected(to) as made:
        made.sendall(request)
        answer = bytearray()
        with suppress(ConnectionResetError):  # it does not wait for the rest of what it refused
            while piece := made.recv(1 << 16):
                answer += piece
    text = answer.decode()
    return int(text.split(" ", 2)[1]), text


@pytest.mark.parametrize(
    ("headers", "status", "said"),
    [
        ((b"Content-Encoding: gzip",), 415, "not compressed"),
        ((b"Content-Encoding: deflate, gzip",), 415, "not compressed"),
        ((b"Content-Encoding: identity",), 200, '"text":"x"'),
        ((b"Cookie: " + b"a=b;" * 10_000,), 431, "headers may have"),
        (tuple(b"a: b" for _ in range(200)), 400, "Invalid HTTP"),
        ((b"Transfer-Encoding: chunked",), 400, "Invalid HTTP"),
    ],
)
def test_a_request_has_one_plain_form(
    town: tuple[str, Target], headers: tuple[bytes, ...], status: int, said: str
) -> None:
    found, text = told(town[1], town[1].post(NOTE, NOTED, JSON, *headers))
    assert found == status
    assert said in text
    assert f"content-security-policy: {POLICY}" in text.replace(
        "Content-Security-Policy", "content-security-policy"
    )
    if status != 200:
        assert "application/problem+json" in text


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"[" + b"1," * 100_000 + b"1]", "more than 10,000 objects or 100,000 values"),
        (b"[" + b"{}," * 10_000 + b"{}]", "more than 10,000 objects or 100,000 values"),
        (b'{"subject": "mower@1", "text": "x", "labels": [' + b"1," * 9_000 + b"1]}", "labels"),
        (b"{" + b",".join(b'"k%d": 1' % n for n in range(9_000)) + b"}", "things are wrong with"),
    ],
)
def test_a_body_of_very_many_things_is_not_looked_through(
    town: tuple[str, Target], body: bytes, said: str
) -> None:
    status, text = told(town[1], town[1].post(NOTE, body, JSON))
    assert status == 400
    assert said in text
    assert len(text) < 3_000


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"&".join([b"a=b"] * 1_001), 400),
        (b"text=" + b"%" * 1_000, 400),
        (b"text=" + b"x" * MIB, 413),
    ],
)
def test_a_form_is_read_as_far_as_a_person_can_fill_it_in(
    town: tuple[str, Target], body: bytes, status: int
) -> None:
    target = f"/models/{MODEL}/do/note".encode()
    assert told(town[1], town[1].post(target, body, FORM))[0] == status


def test_the_form_of_somebody_who_is_not_known_is_short(town: tuple[str, Target]) -> None:
    assert told(town[1], town[1].post(b"/login", b"token=" + b"x" * 20_000, FORM))[0] == 413


def test_a_body_in_crumbs_is_not_put_together(town: tuple[str, Target]) -> None:
    head = town[1].head(b"POST", NOTE, JSON, b"Transfer-Encoding: chunked")
    small = head + b"".join(b"1\r\n%c\r\n" % byte for byte in NOTED) + b"0\r\n\r\n"
    assert told(town[1], small.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n", 1))[0] == 200
    status, text = told(town[1], head + b"1\r\n \r\n" * 5_000)
    assert (status, "Invalid HTTP" in text) == (400, True)


@pytest.mark.parametrize("target", [NOTE, b"/login"])
def test_who_dribbles_is_given_up(town: tuple[str, Target], target: bytes) -> None:
    """Something comes before it would be idle, and it would go on for hours."""
    kind = JSON if target == NOTE else FORM
    with connected(town[1]) as made:
        made.sendall(town[1].head(b"POST", target, kind, b"Content-Length: 10000"))
        made.settimeout(IDLE_S / 4)
        began, answer = time.monotonic(), b""
        while not answer and time.monotonic() - began < 30:
            made.sendall(b" ")
            try:
                answer = made.recv(1 << 16)
            except TimeoutError:
                continue
    assert b" 408 " in answer


def test_an_upload_that_is_refused_is_told_so_however_long_it_is(
    town: tuple[str, Target], tmp_path: Path
) -> None:
    viewer, to = town
    (tmp_path / "large.bin").write_bytes(bytes(24 * MIB))
    settings = elsewhere(f"http://{to.host}:{to.port}", tmp_path, viewer)
    with Client(settings) as client, pytest.raises(NotPermitted):
        client.register(tmp_path / "large.bin", model=MODEL)


def test_who_has_much_to_do_waits_behind_themselves() -> None:
    async def look() -> list[bool]:
        turns = Turns(2)
        async with turns.line("ada"), turns.line("ada"):
            return [turns.line(name).locked() for name in ("ada", "bea")]

    assert asyncio.run(look()) == [True, False]
