"""The edge of a registry with accounts: what is asked of whoever calls."""

import re
from collections.abc import Iterator
from typing import Final

import pytest
from fastapi import Request
from support.http_server import asking, serving
from support.world import MODEL, World

from registry_tasks.entities.access import Identity, TurnOnAccounts
from registry_tasks.faces.http.app import create_app
from registry_tasks.faces.http.caller import COOKIE, Callers
from registry_tasks.faces.http.config import ServerConfig
from registry_tasks.faces.http.declared import OPEN, need_of
from registry_tasks.faces.http.guard import FORM_HEADER
from registry_tasks.registry.access.accounts import turn_on_accounts
from registry_tasks.registry.access.tokens import log_in
from registry_tasks.registry.registry import Registry

_FILLED: Final = re.compile(r"\{[a-z_:]+\}")
OPEN_TO_ALL: Final = {"/health", "/ready"}


@pytest.fixture
def guarded(sqlite_world: World) -> Iterator[tuple[World, str, str]]:
    sqlite_world.version(1)
    token = turn_on_accounts(sqlite_world.registry(), TurnOnAccounts(account="root")).secret
    with serving(sqlite_world.settings) as url:
        yield sqlite_world, url, token


@pytest.mark.slow
def test_nothing_but_the_open_routes_answers_nobody(guarded: tuple[World, str, str]) -> None:
    world, url, _ = guarded
    app = create_app(ServerConfig(world.settings))
    with asking(url) as client:
        for route in app.routes:
            path = _FILLED.sub("1", route.path)  # type: ignore[attr-defined]
            for method in sorted(route.methods - {"HEAD"}):  # type: ignore[attr-defined]
                answer = client.request(method, path)
                if need_of(route) == OPEN:
                    assert answer.status_code != 401, path
                elif path.startswith(("/api/", "/metrics")):
                    assert answer.status_code == 401, path
                    assert answer.headers["www-authenticate"].startswith("Bearer"), path
                else:
                    assert answer.status_code == 303, path
                    assert answer.headers["location"].startswith("/login"), path


@pytest.mark.slow
@pytest.mark.parametrize(
    "shown",
    ["Bearer x", "Bearer", "Basic cm9vdDpyb290", "bearer", "Bearer \u00e9", "x" * 9000],
)
def test_a_token_that_does_not_hold_is_refused(guarded: tuple[World, str, str], shown: str) -> None:
    with asking(guarded[1]) as client:
        headers = {"Authorization": shown.encode("latin-1")}
        answer = client.get("/api/v1/models", headers=headers)  # type: ignore[arg-type]
    assert (answer.status_code, answer.json()["error"]) == (401, "TokenRefused")
    assert shown[7:] not in answer.text or len(shown) < 9


@pytest.mark.slow
def test_whoever_tries_tokens_is_made_to_wait(guarded: tuple[World, str, str]) -> None:
    _, url, token = guarded
    with asking(url, "wrong") as client:
        statuses = [client.get("/api/v1/models").status_code for _ in range(40)]
        last = client.get("/api/v1/models")
    assert statuses == [401] * 30 + [429] * 10
    assert 1 <= int(last.headers["retry-after"]) <= 60
    with asking(url, token) as client:  # who has a token that holds is not shut out
        assert client.get("/api/v1/models").status_code == 200


@pytest.mark.slow
def test_a_session_changes_nothing_without_its_token(guarded: tuple[World, str, str]) -> None:
    world, url, token = guarded
    session = log_in(Registry(world.settings, Identity(actor="server")), token).secret
    note = {"subject": f"{MODEL}@1", "text": "x"}
    with asking(url) as client:
        client.cookies.set(COOKIE, session)
        assert client.get("/api/v1/models").status_code == 200
        for sent in ({}, {FORM_HEADER: "x"}, {FORM_HEADER: session}):
            assert client.post("/api/v1/note", json=note, headers=sent).status_code == 403
        form = _form_token(world, session)
        sent = {FORM_HEADER: form}
        assert client.post("/api/v1/note", json=note, headers=sent).status_code == 200
        other = {FORM_HEADER: _form_token(world, token)}
        assert client.post("/api/v1/note", json=note, headers=other).status_code == 403


@pytest.mark.slow
def test_secrets_are_not_in_the_log(
    guarded: tuple[World, str, str], caplog: pytest.LogCaptureFixture
) -> None:
    _, url, token = guarded
    with caplog.at_level("INFO"), asking(url, token) as client:
        client.get("/api/v1/models", params={"after": token})
        client.get("/api/v1/models", params={"token": token})
        client.get("/health")  # it is begun when the lines before it are written
    told = [vars(record) for record in caplog.records if record.name == "registry_tasks.http"]
    assert [line["told"]["status"] for line in told[:2]] == [200, 400]
    assert told[0]["told"]["actor"] == "root"
    assert token not in str(told)


def _form_token(world: World, secret: str) -> str:
    """What a page of this session has in its forms."""
    callers = Callers(ServerConfig(world.settings))
    scope = {"type": "http", "headers": [(b"cookie", f"{COOKIE}={secret}".encode())]}
    try:
        return callers.find(Request(scope)).form_token
    finally:
        callers.close()
