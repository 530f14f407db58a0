"""Subscriptions by command, SDK, REST and page; a server that delivers by itself; no secret told."""

import json
import secrets
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.http_server import asking, elsewhere, serving
from support.patience import until
from support.receivers import QUICK, Place, outward, receiving, webhook
from support.visiting import Visitor
from support.world import World

from registry_tasks import errors
from registry_tasks.entities.access import TurnOnAccounts
from registry_tasks.entities.event import EventKind as K
from registry_tasks.entities.export import ExportStore
from registry_tasks.entities.finding import FindingKind
from registry_tasks.entities.subscription import Receiver, Replay, Subscribe
from registry_tasks.faces.cli.app import run
from registry_tasks.faces.http.delivering import delivering
from registry_tasks.faces.sdk.client import Client
from registry_tasks.registry.access.accounts import turn_on_accounts
from registry_tasks.registry.care.examine import QUICK as BRIEFLY, examine
from registry_tasks.registry.care.export import export
from registry_tasks.registry.catalogue.show import list_history
from registry_tasks.registry.outward.deliver import deliver
from registry_tasks.registry.outward.subscriptions import list_subscriptions, replay, subscribe
from registry_tasks.stores.metadata import tables as t

SECRET = "services/T00/B00/hush-hush-hush"

pytestmark = pytest.mark.usefixtures("without_prefect")


@pytest.fixture
def place() -> Iterator[Place]:
    with receiving() as found:
        yield found


def test_the_story_by_command(
    sqlite_world: World,
    place: Place,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    sqlite_world.version(1)
    told = {**sqlite_world.variables(), "REGISTRY_ALLOWED_RECEIVERS": "127.0.0.0/8"}
    for name, value in told.items():
        monkeypatch.setenv(name, value)

    def say(*words: str, code: int = 0) -> str:
        assert run(list(words)) == code
        said = capsys.readouterr()
        return said.out if code == 0 else said.err

    kinds = ("--kind", "version.promoted", "--kind", "subscription.*")
    made = say("subscription", "add", "releases", "webhook", f"{place.url}/{SECRET}", *kinds)
    line, secret, *_ = made.splitlines()
    assert line == f"releases: version.promoted, subscription.* to {place.url}"
    assert secret.startswith("whsec_")
    say("promote", "mower@1", "--to", "staging")
    assert "wait" not in say("subscription", "deliveries")
    say("subscription", "test", "releases")
    assert say("deliver") == "2 events sent, 0 not taken, 0 given up\n"
    assert {got.path for got in place.got} == {f"/{SECRET}"}
    (stands,) = json.loads(say("subscription", "list", "--json"))["items"]
    assert (stands["delivered"], stands["dead"], stands["to"]) == (2, 0, place.url)
    assert say("subscription", "rotate", "releases").splitlines()[1].startswith("whsec_")
    place.does = ["410", "200"]
    assert json.loads(say("deliver", "--json")) == {"sent": 0, "failed": 1, "dead": 1}
    assert "it answers 410" in say("subscription", "deliveries", "releases", "--dead")
    assert "1 events wait again" in say("subscription", "replay", "releases")
    assert "events sent" in say("sync")
    assert "gets nothing any more" in say("subscription", "remove", "releases")
    assert "no subscription 'releases'" in say("subscription", "test", "releases", code=3)
    refused = say("subscription", "add", "x", "webhook", f"http://10.0.0.1/{SECRET}", code=2)
    assert "REGISTRY_ALLOWED_RECEIVERS" in refused
    assert SECRET not in refused


@pytest.mark.slow
@pytest.mark.parametrize("is_far", [False, True], ids=["here", "over HTTP"])
def test_the_sdk(sqlite_world: World, place: Place, tmp_path: Path, is_far: bool) -> None:
    sqlite_world.version(1)
    outward(sqlite_world)
    with serving(sqlite_world.settings) as url:
        settings = elsewhere(url, tmp_path / "far") if is_far else sqlite_world.settings
        with Client(settings) as client:
            made = client.subscribe("hook", "webhook", f"{place.url}/{SECRET}", model="mower")
            assert made.secret is not None
            assert SECRET not in repr(made) and made.secret not in repr(made)
            client.note("mower", "one")
            deliver(sqlite_world.registry(), QUICK)
            assert [s.delivered for s in client.subscriptions()] == [1]
            place.does = ["410", "200"]
            client.send_sample("hook", key="once")
            client.send_sample("hook", key="once")
            deliver(sqlite_world.registry(), QUICK)
            (dead,) = client.deliveries("hook", dead=True)
            assert dead.kind is K.SUBSCRIPTION_TESTED
            assert client.replay("hook", dead.sequence).events == 1
            assert len(client.deliveries()) == 1
            assert client.rotate_secret("hook", overlap_hours=1).secret != made.secret
            assert client.unsubscribe("hook").name == "hook"
            with pytest.raises(errors.SubscriptionNotFound if not is_far else errors.NotFound):
                client.replay("hook")
            with pytest.raises(errors.InvalidSetting if not is_far else errors.Invalid) as caught:
                client.subscribe("hook", "webhook", f"ftp://{SECRET}")
            assert SECRET not in str(caught.value)


@pytest.mark.slow
def test_what_is_wrong_with_a_body_does_not_show_its_address(sqlite_world: World) -> None:
    bodies = (
        {"receiver": "webhook", "to": f"https://x.example/{SECRET}"},
        {"name": "x", "receiver": "nobody", "to": f"https://x.example/{SECRET}"},
        {"name": "x", "receiver": "webhook", "to": [f"https://x.example/{SECRET}"]},
        {"name": "x", "receiver": "webhook", "to": f"https://x.example/{SECRET}", "more": 1},
        {"name": "X!", "receiver": "webhook", "to": f"https://x.example/{SECRET}"},
        {"name": "x", "receiver": "webhook", "to": f"http://x.example/{SECRET}"},
    )
    with serving(sqlite_world.settings) as url, asking(url) as client:
        for body in bodies:
            answer = client.post("/api/v1/subscription/add", json=body)
            assert answer.status_code == 400, answer.text
            assert "hush" not in answer.text


@pytest.mark.slow
def test_the_page(world: World, place: Place) -> None:
    world.version(1)
    outward(world)
    with serving(world.settings) as url, Visitor(url) as visitor:
        page = visitor.open("/subscriptions")
        assert "Nobody is told of anything" in page.text
        fields = {"name": "releases", "receiver": "webhook", "kinds": "version.promoted"}
        refused = visitor.send(
            page, "/subscriptions/add", **fields, to=f"ftp://x/{SECRET}", status=400
        )
        assert "write https://host/path" in refused.text
        assert SECRET not in refused.answer.text
        made = visitor.send(
            page, "/subscriptions/add", **fields, to=f"{place.url}/{SECRET}", status=200
        )
        assert made.answer.headers["cache-control"] == "no-store"
        sent_again = visitor.send(
            page, "/subscriptions/add", **fields, to=f"{place.url}/{SECRET}", status=409
        )
        assert "whsec_" not in sent_again.text
        secret = next(word for word in made.text.split() if word.startswith("whsec_"))
        page = visitor.open("/subscriptions")
        assert secret not in page.answer.text and SECRET not in page.answer.text
        visitor.send(page, "/subscriptions/test", of={"name": "releases"})
        world.raise_to("mower@1", "staging")
        place.does = ["410", "200"]
        deliver(world.registry(), QUICK)
        page = visitor.open("/subscriptions?of=releases&show=dead")
        assert "it answers 410" in page.text and "subscription.tested" in page.text
        assert "releases ended" in page.text
        (dead,) = [f for f in page.forms if f.fields.get("sequence")]
        visitor.send(page, "/subscriptions/replay", of={"sequence": dead.fields["sequence"]})
        assert deliver(world.registry(), QUICK).sent == 2
        assert "releases ended" not in visitor.open("/subscriptions").text
        rows = visitor.open("/subscriptions?format=csv").answer.text.splitlines()
        assert rows[1].startswith(f"releases,webhook,{place.url},version.promoted,")
        again = visitor.send(
            visitor.open("/subscriptions"),
            "/subscriptions/rotate",
            of={"name": "releases"},
            status=200,
        )
        assert "whsec_" in again.text and secret not in again.text
        metrics = visitor.client.get("/metrics").text
        assert 'registry_events_delivered{subscription="releases"} 2.0' in metrics
        assert 'registry_events_dead{subscription="releases"} 0.0' in metrics
        visitor.send(visitor.open("/subscriptions"), "/subscriptions/remove")
    assert list_subscriptions(world.registry()) == ()


@pytest.mark.slow
def test_a_running_server_delivers_soon_and_by_itself(world: World, place: Place) -> None:
    webhook(world, place.url, kinds=("version.*",))
    with delivering(world.settings, 0.05):
        world.version(1)
        until(lambda: place.got)
        place.does = ["hang"]
        world.raise_to("mower@1", "staging")
        until(lambda: place.refused)
        began = time.monotonic()
    assert time.monotonic() - began < 8  # it does not wait for who hangs


def test_no_secret_is_anywhere_but_in_its_folder(
    sqlite_world: World, place: Place, tmp_path: Path
) -> None:
    """P21 for subscriptions: store, Git, exports, events, what is printed."""
    world, token = sqlite_world, secrets.token_hex(16)
    world.version(1)
    made = webhook(world, f"{place.url}/{token}?k={token}")
    place.does = ["500"]
    world.raise_to("mower@1", "staging")
    deliver(world.registry(), QUICK)
    export(world.registry(), ExportStore(folder=str(tmp_path / "export")))
    told = [str(event) for event in list_history(world.registry(), limit=1000)]
    told += [str(list_subscriptions(world.registry())), repr(made), str(examine(world.registry()))]
    world.close()
    hidden = world.settings.secret_folder
    files = [path for place in (world.folder, tmp_path / "export") for path in place.rglob("*")]
    for path in files:
        if path.is_file() and hidden not in path.parents:
            content = path.read_bytes()
            assert token.encode() not in content, path
            assert (made.secret or "").encode() not in content, path
    assert not [text for text in told if token in text or (made.secret or "") in text]
    assert [path for path in files if hidden in path.parents]


def test_the_doctor_sees_what_does_not_arrive(world: World, place: Place) -> None:
    webhook(world, place.url, kinds=("version.*",))
    world.version(1)
    place.does = ["410"]
    deliver(world.registry(), QUICK)
    (gone,) = [f for f in examine(world.registry(), BRIEFLY) if "subscr" in f.where]
    assert gone.what.endswith("UTC that it is gone")
    place.does = ["200"]
    replay(world.registry(), Replay(name="hook"))
    deliver(world.registry(), QUICK)
    place.does = ["500"]
    world.raise_to("mower@1", "staging")
    patience = QUICK._replace(gives_up_after_s=0, first_pause_s=600, longest_pause_s=600)
    deliver(world.registry(), patience)
    world.raise_to("mower@1", "production")
    deliver(world.registry(), patience._replace(gives_up_after_s=600))
    found = {f.kind: f for f in examine(world.registry(), BRIEFLY) if "subscr" in f.where}
    assert found.keys() == {FindingKind.DELIVERY_DEAD}
    assert found[FindingKind.DELIVERY_DEAD].repair == "registry subscription replay hook"
    with world.registry().metadata.writing("ada") as tx:
        tx.connection.exec_driver_sql("UPDATE delivery SET queued_at = '2020-01-01 00:00:00+00:00'")
        tx.connection.execute(t.subscription.update().values(name="other"))
        tx.commit()
    kinds = {f.kind for f in examine(world.registry(), BRIEFLY) if "subscr" in f.where}
    assert kinds == {
        FindingKind.DELIVERY_DEAD,
        FindingKind.DELIVERY_WAITING,
        FindingKind.ROW_UNKNOWN,
    }


def test_nobody_is_subscribed_without_the_right(sqlite_world: World) -> None:
    turn_on_accounts(sqlite_world.registry(), TurnOnAccounts(account="root"))
    asked = Subscribe(name="x", receiver=Receiver.WEBHOOK, to="https://x.example/in")
    with pytest.raises(errors.TokenRefused):
        subscribe(sqlite_world.registry(), asked)
    assert not sqlite_world.settings.secret_folder.exists()
