"""What people are told: short, with numbers and one link, by ways that are no code of ours."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from support.approving import ask_people, waiting
from support.receivers import QUICK, Place, outward, pause, receiving
from support.stories import FOUND
from support.world import World

from registry_tasks.entities.allowed import NONE
from registry_tasks.entities.drill import Looked
from registry_tasks.entities.errors import GateFailed, InvalidSetting
from registry_tasks.entities.event import Event, EventKind as K
from registry_tasks.entities.promotion import Promote
from registry_tasks.entities.subscription import Receiver, Subscribe
from registry_tasks.faces.web.links import approval_url, model_url, version_url
from registry_tasks.registry.care.drill import keep_drill
from registry_tasks.registry.lifecycle.promote import promote
from registry_tasks.registry.outward.deliver import deliver
from registry_tasks.registry.outward.subscriptions import list_deliveries, subscribe
from registry_tasks.rules.notices import notice_of
from registry_tasks.settings import for_strangers

DASHBOARD = "https://registry.example.org"
SECRET = "hush-hush-hush"


@pytest.fixture
def place() -> Iterator[Place]:
    with receiving() as found:
        yield found


def tell_people(world: World, *addresses: str, **said: Any) -> None:
    asked = Subscribe(name="team", receiver=Receiver.PEOPLE, to=" ".join(addresses), **said)
    made = subscribe(outward(world, dashboard_url=DASHBOARD), asked)
    assert SECRET not in made.subscription.to
    assert made.secret is None


@pytest.mark.slow
def test_people_are_told_of_a_request_and_of_a_refused_gate(world: World, place: Place) -> None:
    ask_people(world)
    tell_people(world, f"json://bot:{SECRET}@127.0.0.1:{place.port}/in")
    asked = waiting(world, reason="better on rain")
    world.version(2, metrics={"auc": 0.1}, content=b"worse")
    world.raise_to("mower@2", "staging")
    with pytest.raises(GateFailed):
        promote(world.registry(), Promote(ref="mower@2", to="production"))

    done = deliver(world.registry(), QUICK._replace(answer_s=10, lease_s=60))

    assert done.failed == 0
    told = {got.told["title"]: got.told["message"] for got in place.got}
    request = told["mower@1 waits for approval to production"]
    assert "auc: 0.7" in request
    assert "1 person has to approve" in request
    assert "reason: better on rain" in request
    assert f"{DASHBOARD}{approval_url(asked.uuid)}" in request
    refusal = told["mower@2 was not promoted to production"]
    assert "failed" in refusal.splitlines()[0]
    assert "0.1" in refusal
    assert refusal.endswith(f"{DASHBOARD}{version_url('mower@2')}")


@pytest.mark.slow
def test_people_are_told_of_a_failed_drill_and_of_no_other(
    sqlite_world: World, place: Place
) -> None:
    sqlite_world.version(1)
    tell_people(sqlite_world, f"json://127.0.0.1:{place.port}/in")
    well = FOUND.model_copy(
        update={name: Looked.PASSED for name in ("bytes", "environment", "rebuild")}
    )
    for found in (well, FOUND, well):
        keep_drill(sqlite_world.registry(), "mower@1", found)

    deliver(sqlite_world.registry(), QUICK._replace(answer_s=10, lease_s=60))

    (got,) = place.got
    assert got.told["title"] == "mower@1 failed its drill: it may not come back as it was"
    first, looked, *_ = got.told["message"].splitlines()
    assert first == FOUND.failure
    assert looked == f"bytes {FOUND.bytes} ({FOUND.files} files, {FOUND.size_bytes} B)"
    assert got.told["message"].endswith(f"{DASHBOARD}{version_url('mower@1')}")


@pytest.mark.slow
def test_no_way_leads_to_where_events_may_not_go(sqlite_world: World, place: Place) -> None:
    tell_people(sqlite_world, f"json://127.0.0.1:{place.port}/in", kinds=("version.*",))
    sqlite_world.version(1)
    sqlite_world.also["allowed_receivers"] = NONE
    done = deliver(sqlite_world.registry(), QUICK._replace(answer_s=10, lease_s=60))
    assert done.sent == 0
    assert not place.got
    (waits,) = list_deliveries(sqlite_world.registry())
    assert waits.why == "not taken by JSON; 127.0.0.1 may not be called"


@pytest.mark.slow
def test_what_is_not_taken_is_told_again_and_what_hangs_is_ended(
    sqlite_world: World, place: Place
) -> None:
    tell_people(sqlite_world, f"json://127.0.0.1:{place.port}/in", kinds=("version.registered",))
    sqlite_world.version(1)
    place.does = ["500", "200"]
    slow = QUICK._replace(answer_s=10, lease_s=60)
    assert deliver(sqlite_world.registry(), slow).failed >= 1
    while list_deliveries(sqlite_world.registry()):
        pause()
        deliver(sqlite_world.registry(), slow)
    assert len(place.got) == 1


@pytest.mark.slow
def test_an_address_that_apprise_does_not_know_is_refused_and_not_repeated(
    sqlite_world: World,
) -> None:
    for bad in (f"nonsense://{SECRET}", f"json://127.0.0.1/ nonsense://{SECRET}", ""):
        with pytest.raises(InvalidSetting) as caught:
            tell_people(sqlite_world, bad)
        assert SECRET not in str(caught.value)


def test_code_of_others_is_told_nothing_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = ("REGISTRY_TOKEN", "REGISTRY_STORE", "PREFECT_API_KEY", "AWS_SECRET_ACCESS_KEY")
    for name in (*ours, "PGPASSWORD", "LANG_OF_OTHERS"):
        monkeypatch.setenv(name, SECRET)
    told = for_strangers()
    assert [name for name, value in told.items() if value == SECRET] == ["LANG_OF_OTHERS"]


def test_the_links_are_those_of_the_dashboard() -> None:
    version = event(K.VERSION_PROMOTED, model="team/mower", version=3)
    assert notice_of(version).path == version_url("team/mower@3")
    assert notice_of(event(K.MODEL_NOTED, model="mower")).path == model_url("mower")


@pytest.mark.parametrize("kind", K)
def test_every_kind_has_a_text_whatever_it_tells(kind: K) -> None:
    for after in (None, {}, {"verdict": "different", "model": "x", "rows": 3, "gates": [1]}):
        notice = notice_of(event(kind, model="mower", version=3, after=after))
        assert notice.title
        assert notice.body(None)
        assert "by ada" in notice.body(DASHBOARD)
        json.dumps(notice)


def event(
    kind: K, model: str | None = None, version: int | None = None, after: Any = None
) -> Event:
    return Event(
        sequence=1,
        at=datetime(2026, 1, 1, tzinfo=UTC),
        actor="ada",
        kind=kind,
        model=model,
        version=version,
        run=None,
        reason="",
        before=None,
        after=after,
    )
