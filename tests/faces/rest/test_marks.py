"""Marks: a change is made only if what it is about is as its caller has seen it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import httpx
import pytest
from support.doors import NOWHERE, ROUTES, send
from support.http_server import asking, serving
from support.permissions import DEEDS, OWN, Guarded
from support.world import MODEL, World

from registry_tasks.entities.access import Identity
from registry_tasks.entities.request import Request
from registry_tasks.registry.catalogue.show import list_history
from registry_tasks.registry.registry import Registry

pytestmark = pytest.mark.slow


def test_every_change_that_has_no_address_is_named() -> None:
    asked = {kind.__name__ for kind in _subclasses(Request)}
    assert asked - {kind.__name__ for kind in ROUTES} == NOWHERE


def _subclasses(kind: type[Request]) -> set[type[Request]]:
    found = {one for one in kind.__subclasses__() if one.__module__.startswith("registry_tasks")}
    return found.union(*(map(_subclasses, found)))


def test_every_change_heeds_what_was_seen(guarded_world: tuple[World, Guarded]) -> None:
    world, guarded = guarded_world
    registry = Registry(world.settings, Identity(actor="root"))
    with serving(world.settings) as url, asking(url, guarded.admin) as client:
        for name, deed in DEEDS.items():
            request = deed.ask(guarded.facts[OWN])
            if type(request).__name__ in NOWHERE:
                continue
            before = list_history(registry, limit=1)[0].sequence
            answer = send(client, request, **{"If-Match": '"all-1.0"'})
            assert answer.status_code == 412, (name, answer.text)
            assert answer.json()["error"] == "ChangedSince"
            assert list_history(registry, limit=1)[0].sequence == before, name


def test_what_tells_a_secret_tells_it_once_a_key(guarded_world: tuple[World, Guarded]) -> None:
    """And is made if nothing happened since, as all else."""
    world, guarded = guarded_world
    telling = {d: r for d, r in _requests(guarded).items() if r.tells_secret}
    assert len(telling) == 4
    with serving(world.settings) as url, asking(url, guarded.admin) as client:
        for deed in ("issue a token for somebody", "subscribe", "rotate a secret"):
            seen = client.get("/api/v1/history", params={"limit": 1}).headers["etag"]
            headers = {"If-Match": seen, "Idempotency-Key": deed}
            first, *again = (send(client, telling[deed], **headers) for _ in range(3))
            assert first.status_code == 200, first.text
            assert {a.status_code for a in again} == {409}
            assert {a.json()["error"] for a in again} == {"SecretTold"}


def _requests(guarded: Guarded) -> dict[str, Request]:
    return {name: deed.ask(guarded.facts[OWN]) for name, deed in DEEDS.items()}


TAGS: Final[dict[str, Callable[[httpx.Client], httpx.Response]]] = {
    "version": lambda c: c.get("/api/v1/version", params={"ref": f"{MODEL}@1"}),
    "resolve": lambda c: c.get("/api/v1/resolve", params={"ref": f"{MODEL}@1"}),
    "model": lambda c: c.get("/api/v1/model", params={"model": MODEL}),
    "everything": lambda c: c.get("/api/v1/models"),
}


@pytest.mark.parametrize("seen", TAGS)
def test_what_was_seen_holds_until_something_happens(
    changing: tuple[World, httpx.Client], seen: str
) -> None:
    _, client = changing
    tag = TAGS[seen](client).headers["etag"]
    note = {"subject": f"{MODEL}@1", "text": "first"}
    first = client.post("/api/v1/note", json=note, headers={"If-Match": f'"other", {tag}'})
    assert first.status_code == 200, first.text
    second = client.post("/api/v1/note", json=note, headers={"If-Match": tag})
    assert second.status_code == 412
    assert len(client.get("/api/v1/notes", params={"subject": MODEL}).json()) == 1


def test_what_happens_to_another_version_matters_not(changing: tuple[World, httpx.Client]) -> None:
    _, client = changing
    tag = TAGS["version"](client).headers["etag"]
    client.post("/api/v1/note", json={"subject": f"{MODEL}@2", "text": "x"}).raise_for_status()
    note = {"subject": f"{MODEL}@1", "text": "y"}
    assert client.post("/api/v1/note", json=note, headers={"If-Match": tag}).status_code == 200


def test_the_tag_of_another_thing_never_holds(changing: tuple[World, httpx.Client]) -> None:
    _, client = changing
    tag = TAGS["version"](client).headers["etag"]
    for wanted in (tag, f"W/{tag}", '"nonsense"', "nonsense", ""):
        note = {"subject": f"{MODEL}@2", "text": "y"}
        answer = client.post("/api/v1/note", json=note, headers={"If-Match": wanted})
        assert answer.status_code == 412, wanted


def test_a_key_gets_its_answer_again_though_the_mark_has_moved(
    changing: tuple[World, httpx.Client],
) -> None:
    _, client = changing
    tag = TAGS["version"](client).headers["etag"]
    headers = {"If-Match": tag, "Idempotency-Key": "once"}
    note = {"subject": f"{MODEL}@1", "text": "x"}
    first, second = (client.post("/api/v1/note", json=note, headers=headers) for _ in "12")
    assert (first.status_code, first.content) == (second.status_code, second.content)
    assert first.status_code == 200
    other = client.post("/api/v1/note", json={**note, "text": "y"}, headers=headers)
    assert (other.status_code, other.json()["error"]) == (409, "KeyReused")
    both = client.post("/api/v1/note", json={**note, "key": "twice"}, headers=headers)
    assert both.status_code == 400


def test_of_many_who_saw_the_same_one_is_first(changing: tuple[World, httpx.Client]) -> None:
    _, client = changing
    tag = TAGS["version"](client).headers["etag"]

    def change(number: int) -> int:
        told = {"subject": f"{MODEL}@1", "text": str(number)}
        return client.post("/api/v1/note", json=told, headers={"If-Match": tag}).status_code

    with ThreadPoolExecutor(8) as pool:
        statuses = sorted(pool.map(change, range(16)))
    assert statuses == [200, *[412] * 15]
