"""What can go wrong between a client and a server: each is a registry's error, and no effect is had twice."""

import json
import os
import re
import socket
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

import httpx
import pytest
from support.http_server import app_of, listening, serving
from support.world import World

from registry_tasks import Client, connect, errors
from registry_tasks.entities.access import TurnOnAccounts
from registry_tasks.faces.sdk.http.road import HttpRoad
from registry_tasks.registry.access.accounts import turn_on_accounts

from .conftest import Roads, elsewhere

pytestmark = pytest.mark.slow

ONE: Final = "mower@1"
_PROBLEM: Final = "application/problem+json"


class Faulty(httpx.HTTPTransport):
    """Carries requests, but loses the answers that ``lose`` counts, and cuts bodies short."""

    def __init__(self, lose: Iterable[int] = (), cut: Iterable[int] = ()) -> None:
        super().__init__()
        self._lose, self._cut = frozenset(lose), iter(cut)
        self.requests: list[httpx.Request] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        response = super().handle_request(request)
        if len(self.requests) in self._lose:
            response.read()
            response.close()
            raise httpx.ReadError("connection reset by peer", request=request)
        if request.url.path.endswith("/file") and (after := next(self._cut, None)) is not None:
            return httpx.Response(
                response.status_code, headers=response.headers, stream=Cut(response, after)
            )
        return response


class Cut(httpx.SyncByteStream):
    """A body whose connection breaks after so many bytes."""

    def __init__(self, response: httpx.Response, after: int) -> None:
        self._response, self._after = response, after

    def __iter__(self) -> Iterator[bytes]:
        left = self._after
        for piece in self._response.stream:  # type: ignore[union-attr]
            yield piece[:left]
            left -= len(piece)
            if left <= 0:
                raise httpx.RemoteProtocolError("peer closed connection")

    def close(self) -> None:
        self._response.close()


def through(client: Client, transport: httpx.BaseTransport) -> Client:
    """The same client, whose requests go another way."""
    return Client(client.settings, HttpRoad(client.settings, transport))


# ---------------------------------------------------------------- answers that do not come


def test_a_change_whose_answer_was_lost_is_made_once(world: World, roads: Roads) -> None:
    transport = Faulty(lose=(1, 2))
    with through(roads.http, transport) as client:
        note = client.note(ONE, "Looks good")
    assert len(transport.requests) == 3
    keys = {json.loads(request.content)["key"] for request in transport.requests}
    assert len(keys) == 1
    assert [n for n in roads.local.notes(ONE) if n.text == "Looks good"] == [note]


def test_whoever_hears_no_answer_at_all_is_told_the_key(world: World, roads: Roads) -> None:
    with (
        through(roads.http, Faulty(lose=range(1, 100))) as client,
        pytest.raises(errors.AnswerUnknown, match="connection reset by peer") as caught,
    ):
        client.note(ONE, "Looks good")
    key = caught.value.key
    assert key is not None
    assert f"key={key!r}" in str(caught.value)
    again = roads.http.note(ONE, "Looks good", key=key)
    assert [n for n in roads.local.notes(ONE) if n.text == "Looks good"] == [again]


def test_what_has_no_second_time_is_not_asked_twice(world: World, tmp_path: Path) -> None:
    admin = turn_on_accounts(world.registry(), TurnOnAccounts(account="olga")).secret
    with serving(world.settings) as url:
        client = Client(elsewhere(url, tmp_path / "elsewhere", admin))
        transport = Faulty(lose=(1,))
        with through(client, transport) as lossy, pytest.raises(errors.AnswerUnknown) as caught:
            lossy.issue_token("olga", label="lost")
        assert (len(transport.requests), caught.value.key) == (1, None)
        assert [token.label for token in client.tokens("olga")].count("lost") == 1
        client.close()


def test_what_is_read_is_asked_again(roads: Roads) -> None:
    transport = Faulty(lose=(1, 2, 3))
    with through(roads.http, transport) as client:
        assert client.resolve(ONE) == roads.local.resolve(ONE)
    assert len(transport.requests) == 4


def test_a_file_that_is_sent_twice_makes_one_version(roads: Roads, tmp_path: Path) -> None:
    (tmp_path / "weights.bin").write_bytes(os.urandom(3_000_000))
    transport = Faulty(lose=(1,))
    with through(roads.http, transport) as client:
        made = client.register(tmp_path / "weights.bin", model="other")
    assert (made.created, made.version.number) == (True, 1)
    assert len(transport.requests) == 2
    assert len(roads.local.versions("other")) == 1


# ---------------------------------------------------------------- files


def test_a_download_goes_on_where_its_connection_broke(roads: Roads, tmp_path: Path) -> None:
    content = os.urandom(2_500_000)
    (tmp_path / "weights.bin").write_bytes(content)
    roads.local.register(tmp_path / "weights.bin", model="other")
    transport = Faulty(cut=(1_000_000, 700_000))
    with through(roads.http, transport) as client:
        assert client.download("other@1").read_bytes() == content
    asked = [r.headers.get("range") for r in transport.requests if r.url.path.endswith("/file")]
    assert asked == [None, "bytes=1000000-", "bytes=1700000-"]


def test_wrong_bytes_never_reach_the_cache(world: World, tmp_path: Path) -> None:
    version = Client(world.settings).resolve(ONE)

    async def lie(scope: Any, receive: Any, send: Any) -> None:
        is_file = scope["path"].endswith("/file")
        body = b"x" * version.size_bytes if is_file else version.model_dump_json().encode()
        await _answer(
            send, 200, "application/octet-stream" if is_file else "application/json", body
        )

    with listening(lambda _: app_of(lie)) as url:
        client = Client(elsewhere(url, tmp_path / "elsewhere"))
        with pytest.raises(errors.ObjectCorrupt, match=url):
            client.download(ONE)
        with pytest.raises(errors.ObjectCorrupt):
            client.load(ONE)
        client.close()
    assert not [p for p in (tmp_path / "elsewhere" / "downloads").rglob("*") if p.is_file()]


def test_what_was_downloaded_is_not_fetched_again(roads: Roads) -> None:
    path = roads.http.download(ONE)
    transport = Faulty()
    with through(roads.http, transport) as client:
        assert client.download(ONE) == path
    assert [request.url.path for request in transport.requests] == ["/api/v1/resolve"]


# ---------------------------------------------------------------- nobody, or somebody else


def test_nobody_at_an_address_is_said_soon_and_with_the_address() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}"
        began = time.monotonic()
        for call in (lambda c: c.resolve(ONE), lambda c: c.note(ONE, "x")):
            with connect(url) as client, pytest.raises(errors.ServerUnreachable) as caught:
                call(client)
            assert caught.value.url == url
            assert "refused" in caught.value.reason
        assert time.monotonic() - began < 20


def test_a_server_that_never_answers_is_not_waited_for_beyond_the_deadline(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings = elsewhere(f"http://127.0.0.1:{silent.getsockname()[1]}", tmp_path)
        began = time.monotonic()
        with Client(settings, HttpRoad(settings, deadline_s=0.3)) as client:
            with pytest.raises(errors.ServerUnreachable):
                client.resolve(ONE)
            with pytest.raises(errors.AnswerUnknown):
                client.note(ONE, "x")
        assert time.monotonic() - began < 20


@pytest.mark.parametrize(
    ("status", "kind", "body", "error", "said"),
    [
        (200, "text/html", b"<html>Hello", errors.ServerFailed, "another release"),
        (200, "application/json", b'{"number": 1}', errors.ServerFailed, "Field required"),
        (307, "text/plain", b"", errors.ServerFailed, "307"),
        (404, "text/html", b"<html>", errors.ServerFailed, "not a registry's"),
        (500, _PROBLEM, b'{"detail": "id 7"}', errors.ServerFailed, "500: id 7"),
        (502, "text/plain", b"bad\n gateway", errors.ServerFailed, "502: bad gateway"),
        (414, _PROBLEM, b'{"detail": "too long"}', errors.RequestRefused, "too long"),
        (409, _PROBLEM, b'{"error": "Newer", "args": [1], "detail": "no"}', errors.Conflict, "no"),
        (
            404,
            _PROBLEM,
            b'{"error": "ModelNotFound", "args": [1, 2, 3], "detail": "other facts"}',
            errors.NotFound,
            "other facts",
        ),
        (400, _PROBLEM, b'{"error": "annotations", "detail": "x"}', errors.Invalid, "x"),
        (503, _PROBLEM, b'{"error": "RegistryError", "args": {}, "detail": "?"}', errors.Unavailable, "?"),
        (400, _PROBLEM, b"[1]", errors.RequestRefused, "not a registry's"),
    ],
)  # fmt: skip
def test_an_answer_that_is_no_registrys_is_an_error_of_the_registry(
    tmp_path: Path,
    status: int,
    kind: str,
    body: bytes,
    error: type[errors.RegistryError],
    said: str,
) -> None:
    async def odd(scope: Any, receive: Any, send: Any) -> None:
        await _answer(send, status, kind, body)

    with listening(lambda _: app_of(odd)) as url, connect(url) as client:
        with pytest.raises(error, match=re.escape(said)) as caught:
            client.resolve(ONE)
        assert isinstance(caught.value, errors.RegistryError)


@pytest.mark.parametrize(
    "address",
    [
        "http://ada:secret@registry.example.org",
        "http://",
        "http://registry.example.org:99999",
        "https://registry.example.org/?token=secret",
        "https://registry.example.org/#secret",
        "http://[::1",
    ],
)
def test_an_address_is_an_address_and_holds_no_secret(address: str) -> None:
    with pytest.raises(errors.InvalidSetting) as caught:
        connect(address)
    assert "secret" not in str(caught.value)


# ---------------------------------------------------------------- many at once


def test_lists_are_gathered_from_their_pages(
    reading: Roads, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("registry_tasks.faces.sdk.http.questions.MAX_PAGE", 4)
    for call in (
        lambda c: c.history("mower", limit=1000),
        lambda c: c.history("mower", limit=9),
        lambda c: c.history("mower", limit=8, kinds=["version.registered", "run.started"]),
        lambda c: c.versions("mower", limit=5, deleted=True),
        lambda c: c.models(),
        lambda c: c.runs("mower", limit=5000),
        lambda c: c.runs("mower", limit=6),
        lambda c: c.experiments(),
        lambda c: c.notes("mower", limit=50),
    ):
        assert call(reading.http) == call(reading.local)


def test_many_threads_ask_through_one_client(reading: Roads) -> None:
    start = threading.Barrier(8)

    def work(number: int) -> set[int]:
        start.wait()
        ref = f"mower@{(1, 2)[number % 2]}"
        return {reading.http.resolve(ref).number for _ in range(20)}

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(work, range(8))) == [{1}, {2}] * 4


def test_a_client_is_used_on_both_sides_of_a_fork(roads: Roads, tmp_path: Path) -> None:
    assert roads.http.resolve(ONE).number == 1
    child = os.fork()
    if child == 0:  # nothing of the test may go on here
        status = 1
        try:
            found = [roads.http.resolve("mower@2").number for _ in range(20)]
            status = 0 if set(found) == {2} else 2
        finally:
            os._exit(status)
    assert {roads.http.resolve(ONE).number for _ in range(20)} == {1}
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_a_closed_client_opens_again(roads: Roads) -> None:
    roads.http.close()
    assert roads.http.resolve(ONE).number == 1


async def _answer(send: Any, status: int, kind: str, body: bytes) -> None:
    headers = [(b"content-type", kind.encode()), (b"content-length", str(len(body)).encode())]
    if status == 307:
        headers.append((b"location", b"http://elsewhere.example.org/"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
