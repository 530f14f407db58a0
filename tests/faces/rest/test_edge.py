"""The edge: what no route is ever asked, and what every answer carries."""

import http.client
import json
import re
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import pytest
from starlette.routing import Mount, Route
from starlette.testclient import TestClient
from support.http_server import asking, serving
from support.world import MODEL, World

from registry_tasks.entities import errors
from registry_tasks.faces.cli.exit_codes import EXIT_CODES
from registry_tasks.faces.http.app import create_app
from registry_tasks.faces.http.caller import Callers
from registry_tasks.faces.http.config import ServerConfig
from registry_tasks.faces.http.declared import OPEN, need_of
from registry_tasks.faces.http.edge import POLICY
from registry_tasks.faces.http.guard import put_guards
from registry_tasks.faces.statuses import STATUSES, status_of

_FILLED: Final = re.compile(r"\{[a-z_:]+\}")
OPEN_TO_ALL: Final = {"/health", "/ready"}


def raw(url: str, target: bytes, *headers: bytes, method: bytes = b"GET") -> tuple[int, bytes]:
    """Ask for exactly these bytes: no client in between makes them better."""
    parts = urlsplit(url)
    head = [method + b" " + target + b" HTTP/1.1", *headers]
    if not any(h.lower().startswith(b"host:") for h in headers):
        head.append(b"Host: " + parts.netloc.encode())
    with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=30) as sock:
        sock.sendall(b"\r\n".join([*head, b"Connection: close", b"", b""]))
        answer = http.client.HTTPResponse(sock)
        answer.begin()
        return answer.status, answer.read()


@pytest.fixture
def site(sqlite_world: World) -> Iterator[tuple[World, str]]:
    sqlite_world.version(1)
    with serving(sqlite_world.settings) as url:
        yield sqlite_world, url


@pytest.mark.slow
@pytest.mark.parametrize(
    "target",
    [
        b"/api/v1/../../etc/passwd",
        b"/api/v1/%2e%2e/%2e%2e/etc/passwd",
        b"/api/v1/..%2f..%2fetc%2fpasswd",
        b"/api/v1/%252e%252e%252fetc/passwd",
        b"/api/v1/..%c0%af..%c0%afetc/passwd",
        b"/api/v1\\..\\..\\etc\\passwd",
        b"/api/v1/%5c..%5cetc",
        b"//etc/passwd",
        b"/api//v1/models",
        b"/api/v1/models%00",
        b"/api/v1/models%0d%0aSet-Cookie:x",
        b"/api/v1/models%7f",
        b"/api/v1/models%zz",
        b"/api/v1/models?after=%00",
        b"/api/v1/models?after=%1b[0m",
        b"/api/v1/models?after=%ff%fe",
        b"/api/v1/models?after=%",
        b"/api/v1/models/.",
        b"/static/../app.css",
    ],
)
def test_an_address_that_can_be_read_in_two_ways_is_refused(
    still: tuple[World, str], target: bytes
) -> None:
    status, body = raw(still[1], target)
    assert status == 400, body
    assert b"root:" not in body


@pytest.mark.parametrize(
    "target",
    [
        b"/api/v1/file;x=1?ref=mower@1",
        b"/api/v1/health",
        b"/api/v1/resolve/ready",
        b"/x/health",
        b"/health/",
        b"/ready%2f",
        b"/HEALTH",
        b"/ajax-api/v1/resolve",
    ],
)
def test_an_address_that_is_nearly_one_is_none(still: tuple[World, str], target: bytes) -> None:
    assert raw(still[1], target)[0] == 404


@pytest.mark.parametrize(
    "name",
    ["../x", "/etc/passwd", "..\\x", "file:///etc/passwd", "https://example.org/x", "model.bin/.."],
)
def test_a_file_has_a_name_and_no_path(still: tuple[World, str], name: str) -> None:
    with asking(still[1]) as client:
        answer = client.get("/api/v1/file", params={"ref": f"{MODEL}@1", "name": name})
        assert (answer.status_code, answer.json()["error"]) == (404, "ArtifactNotFound")


@pytest.mark.parametrize(
    "headers",
    [
        [b"Host: example.org"],
        [b"Host: 127.0.0.1"],
        [b"Host: 127.0.0.1:1"],
        [b"Host: localhost.example.org"],
        [b"Host: "],
        [b"Host: example.org", b"X-Forwarded-Host: HOST"],
    ],
)
def test_a_host_that_is_not_ours_is_not_answered_for(
    still: tuple[World, str], headers: list[bytes]
) -> None:
    assert raw(still[1], b"/api/v1/models", *headers)[0] in (400, 421)
    assert raw(still[1], b"/health", *headers)[0] in (400, 421)


@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
@pytest.mark.parametrize(
    "origin", ["https://example.org", "null", "http://127.0.0.1", "http://[::1]"]
)
def test_another_origin_is_refused_and_told_nothing(
    still: tuple[World, str], origin: str, method: str
) -> None:
    with asking(still[1]) as client:
        answer = client.request(
            method, "/api/v1/models", headers={"Origin": origin, "Sec-Fetch-Site": "cross-site"}
        )
    assert answer.status_code == 403
    assert not [name for name in answer.headers if name.startswith("access-control-")]


@pytest.mark.slow
@pytest.mark.parametrize("site_of", ["cross-site", "same-site"])
def test_a_change_from_another_site_is_refused(site: tuple[World, str], site_of: str) -> None:
    note = {"subject": f"{MODEL}@1", "text": "x"}
    with asking(site[1]) as client:
        answer = client.post("/api/v1/note", json=note, headers={"Sec-Fetch-Site": site_of})
        assert answer.status_code == 403
        own = {"Sec-Fetch-Site": "same-origin", "Origin": site[1]}
        assert client.post("/api/v1/note", json=note, headers=own).status_code == 200


@pytest.mark.parametrize(
    "media_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""]
)
def test_a_body_that_any_form_could_send_is_not_taken(
    still: tuple[World, str], media_type: str
) -> None:
    note = json.dumps({"subject": f"{MODEL}@1", "text": "x"})
    with asking(still[1]) as client:
        for path in ("/api/v1/note", "/api/v1/register-file?model=a&path=b"):
            sent = client.post(path, content=note, headers={"Content-Type": media_type})
            assert sent.status_code == 415
        assert client.get("/api/v1/notes", params={"subject": MODEL}).json() == []


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('{"subject": "mower@1", "text": "a", "text": "b"}', "twice"),
        ('{"subject": "mower@1", "text": "a", "Text": "b"}', "not permitted"),
        ('{"subject": "mower@1", "text": "a", "actor": "root"}', "not permitted"),
        ('{"subject": "mower@1", "text": NaN}', "no number of JSON"),
        ('{"subject": "mower@1", "text": "\\ud800"}', "no JSON"),
        ('{"subject": "mower@1", "text": "\\u0000"}', "NUL"),
        ('{"subject": "mower@1", "text": ' + "9" * 5000 + "}", "no JSON"),
        ('{"subject": "mower@1", "text": ' + "[" * 100 + "]" * 100 + "}", "nested"),
        ("[" * 20_000 + "]" * 20_000, "no JSON"),
        ("[]", "JSON object"),
        ('"text"', "JSON object"),
        ("", "no JSON"),
        ("\xff", "no JSON"),
    ],
)
def test_a_body_that_can_be_read_in_two_ways_is_refused(
    still: tuple[World, str], body: str, said: str
) -> None:
    sent = {"content": body.encode("latin-1"), "headers": {"Content-Type": "application/json"}}
    with asking(still[1]) as client:
        answer = client.post("/api/v1/note", **sent)  # type: ignore[arg-type]
        assert answer.status_code == 400
        assert said in answer.json()["detail"]


def test_a_long_body_is_refused_before_it_is_read(sqlite_world: World) -> None:
    app = create_app(ServerConfig(sqlite_world.settings, ("x",), body_bytes=1000))
    with TestClient(app, base_url="http://x") as client:
        kind = {"Content-Type": "application/json"}
        assert client.post("/api/v1/note", content=b" " * 1001, headers=kind).status_code == 413
        pieces = iter([b" " * 600, b" " * 600])
        assert client.post("/api/v1/note", content=pieces, headers=kind).status_code == 413
        assert client.post("/api/v1/note", content=b" " * 999, headers=kind).status_code == 400


def test_a_long_address_is_refused(still: tuple[World, str]) -> None:
    with asking(still[1]) as client:
        for path, asked in (("models", "after"), ("search/versions", "filter")):
            answer = client.get(f"/api/v1/{path}", params={asked: "x" * 60_000})
            assert answer.status_code == 414
            assert client.get(f"/api/v1/{path}", params={asked: "x" * 20_000}).status_code == 400


def test_every_answer_carries_what_browsers_must_know(still: tuple[World, str]) -> None:
    with asking(still[1]) as client:
        answers = [
            client.get("/health"),
            client.get("/api/v1/models"),
            client.get("/api/v1/nowhere"),
            client.get("/api/v1/resolve"),
            client.post("/api/v1/models"),
            client.get("/api/v1/models", headers={"Host": "example.org"}),
            client.get("/api/v1/models?after=%00"),
            client.get("/"),
            client.get("/nowhere"),
            client.get("/metrics"),
        ]
    for answer in answers:
        said = answer.headers["content-security-policy"].split("; ")
        assert dict(one.split(" ", 1) for one in said) == {
            "default-src": "'none'",
            "script-src": "'self'",
            "style-src": "'self'",
            "img-src": "'self' data:",
            "connect-src": "'self'",
            "form-action": "'self'",
            "frame-ancestors": "'none'",
            "base-uri": "'none'",
        }
        assert answer.headers["x-frame-options"] == "DENY"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["cache-control"] == "no-store"
        assert "server" not in answer.headers
        assert len(answer.headers["x-request-id"]) == 36
    assert len({answer.headers["x-request-id"] for answer in answers}) == len(answers)


def test_a_download_is_nobodys_page(still: tuple[World, str]) -> None:
    with asking(still[1]) as client:
        answer = client.get("/api/v1/file", params={"ref": f"{MODEL}@1"})
    assert answer.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert answer.headers["content-type"] == "application/octet-stream"


def test_what_nobody_foresaw_is_told_to_the_log_alone(
    sqlite_world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("the secret of the house")

    with serving(sqlite_world.settings) as url, asking(url) as client:
        monkeypatch.setattr(Callers, "find", broken)
        for path in ("/api/v1/models", "/"):
            answer = client.get(path)
            assert answer.status_code == 500
            assert "secret" not in answer.text
            assert answer.headers["x-request-id"] in answer.text
            assert answer.headers["content-security-policy"] == POLICY
    assert "the secret of the house" in caplog.text


def test_a_websocket_is_closed(still: tuple[World, str]) -> None:
    wanted = [b"Connection: Upgrade", b"Upgrade: websocket", b"Sec-WebSocket-Version: 13"]
    status, _ = raw(
        still[1], b"/api/v1/models", *wanted, b"Sec-WebSocket-Key: eHh4eHh4eHh4eHh4eHh4eA=="
    )
    assert status != 101


@pytest.mark.slow
def test_every_route_says_what_it_needs(sqlite_world: World) -> None:
    app = create_app(ServerConfig(sqlite_world.settings))
    opened = {route.path for route in app.routes if need_of(route) == OPEN}  # type: ignore[attr-defined]
    assert OPEN_TO_ALL <= opened
    assert not [path for path in opened if path.startswith(("/api/", "/metrics"))]


def test_a_route_that_does_not_say_it_cannot_be_served() -> None:
    async def endpoint(request: Any) -> None: ...

    for route in (Route("/x", endpoint), Mount("/y", routes=[])):
        with pytest.raises(RuntimeError, match="cannot be guarded"):
            put_guards([route])


def test_every_family_has_a_status() -> None:
    assert {status_of(kind()) for kind in EXIT_CODES} == {400, 403, 404, 409, 422, 503, 500}
    assert status_of(errors.TokenRefused("x")) == 401
    assert status_of(errors.ChangedSince("x", "y")) == 412
    assert len(set(STATUSES.values())) == len(STATUSES)


def test_files_below_state_are_nobody_elses(site: tuple[World, str]) -> None:
    world, url = site
    with asking(url) as client:
        sent = client.post(
            "/api/v1/register-file?model=a&path=b",
            content=b"x",
            headers={"Content-Type": "application/octet-stream"},
        )
        assert sent.status_code == 200
    uploads = Path(world.state / "uploads")
    assert uploads.stat().st_mode & 0o777 == 0o700
    assert not list(uploads.iterdir())
