"""Every change by everybody over HTTP: exactly those may whom the table of roles lets."""

from collections.abc import Iterator
from typing import Final

import httpx
import pytest
from support.http_server import asking, serving
from support.permissions import DEEDS, OTHER, OWN, PEOPLE, Guarded, Person, guard, is_permitted
from support.world import World

from registry_tasks.faces.rest.operations import operations
from registry_tasks.faces.routes import FILE

from .test_marks import NOWHERE, send

NOBODY: Final = "nothing"


@pytest.fixture
def guarded(sqlite_world: World) -> Iterator[tuple[Guarded, str]]:
    """Two models, and a token of each person."""
    made = guard(sqlite_world)
    with serving(sqlite_world.settings) as url:
        yield made, url


@pytest.mark.slow
@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.name)
def test_every_route_lets_exactly_those_who_may(
    guarded: tuple[Guarded, str], person: Person
) -> None:
    made, url = guarded
    wrong, cells = [], 0
    with asking(url, made.secrets[person.name]) as client, asking(url, made.admin) as admin:
        for model in (OTHER, OWN):
            for name, deed in DEEDS.items():
                request = deed.ask(made.facts[model])
                if type(request).__name__ in NOWHERE:
                    continue
                before = newest(admin)
                status = send(client, request).status_code
                cells += 1
                if (status != 403) is not is_permitted(person, deed, model):
                    wrong.append((name, model, status))
                if status == 403 and newest(admin) != before:
                    wrong.append((name, model, "it left an event"))
    assert not wrong
    asked = [deed.ask(made.facts[OWN]) for deed in DEEDS.values()]
    assert cells == 2 * len([one for one in asked if type(one).__name__ not in NOWHERE])


def newest(admin: httpx.Client) -> int:
    sequence: int = admin.get("/api/v1/history", params={"limit": 1}).json()[0]["sequence"]
    return sequence


def test_whoever_has_a_right_may_read_all_and_nobody_else(guarded: tuple[Guarded, str]) -> None:
    made, url = guarded
    of_access = {"accounts", "tokens"}
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
