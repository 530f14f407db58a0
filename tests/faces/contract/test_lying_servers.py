"""A server that lies: it sends a client elsewhere, or names places on the client's own machine."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pytest
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from support.canaries import Listener
from support.http_server import app_of, listening

from registry_tasks import Client, errors
from registry_tasks.entities.model_version import ModelVersion
from registry_tasks.faces.sdk.http.road import HttpRoad

from .conftest import elsewhere

pytestmark = pytest.mark.slow
TOKEN: Final = "reg_" + "0" * 43
VERSION: Final = ModelVersion(
    uuid="acc29fa6-42ff-4cb7-96fd-8a42d8ad6afa", model="mower", number=1, semantic_version="v1.0.0",
    stages={"default": "production"}, aliases=(), run="x", commit=None, model_path="model.bin",
    model_format="file", sha256="f" * 64, md5="e" * 32, size_bytes=7, grade="F",
    created_at=datetime(2026, 1, 2, tzinfo=UTC), created_by="ada",
)  # fmt: skip
ASKED: Final[dict[str, Callable[[Client, Path], object]]] = {
    "resolve": lambda client, _: client.resolve("mower@1"),
    "a list": lambda client, _: client.versions("mower"),
    "a change": lambda client, _: client.note("mower@1", "x"),
    "a file": lambda client, file: client.register(file, model="mower"),
}


@pytest.fixture
def other() -> Iterator[Listener]:
    """Somebody else on the way, who would like to see a token."""
    made = Listener()
    yield made
    made.close()


def ask(url: str, folder: Path) -> Client:
    settings = elsewhere(url, folder / "elsewhere", token=TOKEN)
    return Client(settings, HttpRoad(settings, deadline_s=5))


def answering(answer: Callable[[Request], Response]) -> Callable[[str], Any]:
    """Make an app that answers whatever is asked."""

    async def told(scope: Any, receive: Any, send: Any) -> None:
        request = Request(scope, receive)
        assert request.headers["authorization"] == f"Bearer {TOKEN}"
        await request.body()
        await answer(request)(scope, receive, send)

    return lambda _: app_of(told)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_client_follows_nobody_to_another_host(
    status: int, other: Listener, tmp_path: Path
) -> None:
    """A12: its token goes to the server it was told of, and to nobody else."""
    file = tmp_path / "model.bin"
    file.write_bytes(b"a model")
    away = f"http://127.0.0.1:{other.port}/api/v1/resolve"
    sent = answering(lambda _: RedirectResponse(away, status))
    with listening(sent) as url, ask(url, tmp_path) as client:
        for name, asking in ASKED.items():
            with pytest.raises(errors.RegistryError) as caught:
                asking(client, file)
            assert str(status) in str(caught.value), name
    assert not other.heard


def test_bytes_are_fetched_from_nowhere_else(other: Listener, tmp_path: Path) -> None:
    away = f"http://127.0.0.1:{other.port}/file"

    def answer(request: Request) -> Response:
        if request.url.path.endswith("/file"):
            return RedirectResponse(away, 307)
        return Response(VERSION.model_dump_json(), media_type="application/json")

    with listening(answering(answer)) as url, ask(url, tmp_path) as client:
        with pytest.raises(errors.RegistryError):
            client.download("mower@1")
        assert client.download_url("mower@1") == away  # it is only told, to who asked for it
    assert not other.heard


def test_the_next_page_is_asked_of_the_same_server(other: Listener, tmp_path: Path) -> None:
    asked = []

    def answer(request: Request) -> Response:
        asked.append(request.url.path)
        away = f'<http://127.0.0.1:{other.port}/api/v1/versions?before=1>; rel="next"'
        headers = {"Link": away} if len(asked) == 1 else {}
        return Response("[]", media_type="application/json", headers=headers)

    with listening(answering(answer)) as url, ask(url, tmp_path) as client:
        assert client.versions("mower", limit=None) == ()
    assert asked == ["/api/v1/versions"] * 2
    assert not other.heard


@pytest.mark.parametrize(
    "lie",
    [
        {"model_path": "../../../evil"},
        {"model_path": "/tmp/evil"},
        {"model_path": ".."},
        {"model_path": "a/\0"},
        {"sha256": "../../../evil"},
        {"sha256": "/tmp/evil"},
    ],
    ids=json.dumps,
)
def test_what_a_server_calls_a_file_leads_nowhere(lie: dict[str, str], tmp_path: Path) -> None:
    """A7: nothing is written but below the cache, under a file's plain name, if its bytes are right."""
    told = VERSION.model_copy(update=lie).model_dump_json()

    def answer(request: Request) -> Response:
        if request.url.path.endswith("/file"):
            return Response(b"evil", media_type="application/octet-stream")
        return Response(told, media_type="application/json")

    target = tmp_path / "target"
    target.mkdir()
    with (
        listening(answering(answer)) as url,
        ask(url, tmp_path) as client,
        pytest.raises((errors.RegistryError, ValueError)),
    ):
        client.download("mower@1", target)
    found = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert found == []
