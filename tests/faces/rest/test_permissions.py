"""Whoever asks over HTTP: they may what their token lets them, as long as it holds."""

from collections.abc import Iterator
from typing import Final

import pytest
from support.http_server import asking, serving
from support.permissions import OWN, PEOPLE, Guarded
from support.world import World

from registry_tasks.faces.rest.operations import operations
from registry_tasks.faces.routes import FILE

pytestmark = pytest.mark.slow

NOBODY: Final = "nothing"


@pytest.fixture
def guarded(guarded_world: tuple[World, Guarded]) -> Iterator[tuple[Guarded, str]]:
    """Two models, and a token of each person."""
    world, made = guarded_world
    with serving(world.settings) as url:
        yield made, url


def test_whoever_has_a_right_may_read_all_and_nobody_else(guarded: tuple[Guarded, str]) -> None:
    made, url = guarded
    of_access = {"accounts", "tokens", "subscriptions", "deliveries"}
    paths = [o.route.path for o in operations() if o.route.method == "GET"]
    for person in PEOPLE:
        with asking(url, made.secrets[person.name]) as client:
            for path in (*paths, FILE, "/api/v1/openapi.json", "/metrics"):
                status = client.get(path).status_code
                if person.name == NOBODY:
                    assert status == 403, path
                elif path.rpartition("/")[2] not in of_access:
                    assert status not in (401, 403), (person.name, path)
    for path in paths:
        with asking(url) as client:
            assert client.get(path).status_code == 401


def test_who_acts_is_never_taken_from_the_request(guarded: tuple[Guarded, str]) -> None:
    made, url = guarded
    with asking(url, made.secrets["developer-of-own"]) as client:
        told = {"subject": OWN, "text": "x"}
        for name in ("actor", "by", "user_id", "account"):
            assert client.post("/api/v1/note", json={**told, name: "root"}).status_code == 400
        headers = {"X-Forwarded-User": "root", "X-Actor": "root", "REGISTRY_ACTOR": "root"}
        note = client.post("/api/v1/note", json=told, headers=headers).json()
    assert note["by"] == "developer-of-own"


def test_a_token_that_was_revoked_ends_at_once(guarded: tuple[Guarded, str]) -> None:
    made, url = guarded
    with asking(url, made.admin) as admin:
        told = {"account": "bob", "days": 1}
        issued = admin.post("/api/v1/token/issue", json=told).json()
        with asking(url, issued["secret"]) as client:
            assert client.get("/api/v1/models").status_code == 200
            admin.post("/api/v1/token/revoke", json={"token": issued["token"]["uuid"]})
            assert client.get("/api/v1/models").status_code == 401
        history = admin.get("/api/v1/history", params={"limit": 1000}).text
        assert issued["secret"] not in history
        listed = admin.get("/api/v1/tokens").text
        assert issued["secret"] not in listed
