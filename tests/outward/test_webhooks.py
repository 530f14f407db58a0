"""Events as signed messages: for each event that was committed, in order, at least once."""

import base64
import json
import time
from collections.abc import Callable

import pytest
from standardwebhooks.webhooks import Webhook, WebhookVerificationError
from support.receivers import QUICK, pause, receiving, webhook
from support.world import World

from registry_tasks.entities.annotation import AddNote
from registry_tasks.entities.errors import (
    InvalidSetting,
    NothingToSign,
    SecretTold,
    SubscriptionExists,
    SubscriptionNotFound,
)
from registry_tasks.entities.event import EventKind as K
from registry_tasks.entities.subscription import (
    Receiver,
    Replay,
    RotateSecret,
    SendSample,
    Subscribe,
    Unsubscribe,
)
from registry_tasks.registry.care.sync import sync
from registry_tasks.registry.catalogue.note import add_note
from registry_tasks.registry.catalogue.show import list_history
from registry_tasks.registry.outward.deliver import deliver
from registry_tasks.registry.outward.subscriptions import (
    list_deliveries,
    list_subscriptions,
    replay,
    rotate_secret,
    send_sample,
    subscribe,
    unsubscribe,
)
from registry_tasks.stores.metadata import events, subscriptions


def test_every_event_since_arrives_once_in_order_and_signed(world: World) -> None:
    world.version(1)
    with receiving() as place:
        made = webhook(world, f"{place.url}/in?team=a")
        world.raise_to("mower@1", "staging", "production")
        world.version(2)
        before = {e.sequence: e for e in list_history(world.registry(), limit=1000)}
        since = [s for s in sorted(before) if s > _sequence_of(world, K.SUBSCRIPTION_ADDED)]

        done = deliver(world.registry(), QUICK)

        assert (done.sent, done.failed) == (len(since), 0)
        assert place.sequences == since
        assert deliver(world.registry(), QUICK).sent == 0
        assert {got.path for got in place.got} == {"/in?team=a"}
        for got in place.got:
            told = Webhook(made.secret or "").verify(got.body, dict(got.headers))
            event = before[told["data"]["sequence"]]
            assert told["type"] == f"registry.{event.kind}"
            assert told["data"] == json.loads(event.model_dump_json())
        assert len({got.headers["webhook-id"] for got in place.got}) == len(since)
    (stands,) = list_subscriptions(world.registry())
    assert (stands.delivered, stands.waiting, stands.dead) == (len(since), 0, 0)
    assert stands.to == place.url


def test_a_message_that_was_changed_on_its_way_does_not_verify(sqlite_world: World) -> None:
    with receiving() as place:
        made = webhook(sqlite_world, place.url)
        sqlite_world.version(1)
        deliver(sqlite_world.registry(), QUICK)
    got = place.got[0]
    with pytest.raises(WebhookVerificationError):
        Webhook(made.secret or "").verify(got.body + b" ", dict(got.headers))


def test_only_kinds_and_model_that_were_asked_for_arrive(world: World) -> None:
    with receiving() as place:
        webhook(world, f"{place.url}/moves", "moves", kinds=("version.promoted", "alias.*"))
        webhook(world, f"{place.url}/blower", "blower", model="blower")
        world.version(1)
        world.raise_to("mower@1", "staging", "production")
        world.version(1, model="blower", content=b"another")
        deliver(world.registry(), QUICK)
    moves = [got.told["type"] for got in place.got if got.path == "/moves"]
    promoted = ["registry.version.promoted"] * 2
    assert sorted(moves) == ["registry.alias.moved", *promoted]
    models = {g.told["data"]["model"] for g in place.got if g.path == "/blower"}
    assert models == {"blower"}


def test_what_is_rolled_back_never_leaves(world: World) -> None:
    with receiving() as place:
        webhook(world, place.url)
        with world.registry().metadata.writing("ada") as tx:
            events.append(tx, K.MODEL_CREATED, after={"name": "ghost"})
        world.version(1)
        deliver(world.registry(), QUICK)
        history = {e.sequence for e in list_history(world.registry(), limit=1000)}
    assert place.got
    assert set(place.sequences) <= history
    assert "ghost" not in {g.told["data"]["after"].get("name") for g in place.got}


@pytest.mark.parametrize("deed", ["500", "404", "close", "hang", "trickle", "redirect"])
def test_what_fails_is_tried_again_and_nothing_of_the_model_overtakes_it(
    world: World, deed: str
) -> None:
    with receiving() as place, receiving() as elsewhere:
        webhook(world, place.url)
        world.version(1)
        world.version(1, model="blower", content=b"another")
        does = f"redirect {elsewhere.url}" if deed == "redirect" else deed
        place.does = [does, does, "200"]
        failed = 0
        while not place.got or list_deliveries(world.registry()):
            failed += deliver(world.registry(), QUICK).failed
            pause()
        assert failed == 2
        assert not elsewhere.got
    by_model: dict[str, list[int]] = {}
    for got in place.got:
        by_model.setdefault(got.told["data"]["model"], []).append(got.told["data"]["sequence"])
    assert set(by_model) == {"mower", "blower"}
    assert all(came == sorted(set(came)) for came in by_model.values())


def test_one_model_that_is_not_taken_does_not_hold_up_the_others(world: World) -> None:
    with receiving() as place:
        webhook(world, place.url, kinds=("version.registered",))
        world.version(1)
        world.version(1, model="blower", content=b"another")
        place.does = ["500", "200"]
        assert deliver(world.registry(), QUICK._replace(first_pause_s=600, longest_pause_s=600))
        (waits,) = list_deliveries(world.registry())
    assert [got.told["data"]["model"] for got in place.got] == ["blower"]
    assert (waits.model, waits.attempts, waits.why) == ("mower", 1, "it answers 500")


def test_what_is_given_up_lets_the_next_go_on_and_can_be_replayed(world: World) -> None:
    with receiving() as place:
        webhook(world, place.url, kinds=("version.*",))
        world.version(1)
        place.does = ["500", "200"]
        world.raise_to("mower@1", "staging")
        done = deliver(world.registry(), QUICK._replace(gives_up_after_s=0))
        assert (done.sent, done.failed, done.dead) == (1, 1, 1)
        (dead,) = list_deliveries(world.registry(), "hook", dead=True)
        assert (dead.kind, dead.why) == (K.VERSION_REGISTERED, "it answers 500")
        assert dead.dead_at is not None
        assert list_subscriptions(world.registry())[0].dead == 1

        assert replay(world.registry(), Replay(name="hook", sequence=dead.sequence)).events == 1
        assert deliver(world.registry(), QUICK).sent == 1
    assert place.sequences[-1] == dead.sequence
    assert list_subscriptions(world.registry())[0].dead == 0


def test_sync_does_not_wait_for_a_slow_receiver_and_leaves_the_rest_in_order(
    world: World, monkeypatch: pytest.MonkeyPatch, record_property: Callable[[str, object], None]
) -> None:
    monkeypatch.setattr("registry_tasks.registry.care.sync._DELIVERING_S", 2.0)
    with receiving() as place:
        webhook(world, place.url, kinds=("model.noted",))
        world.version(1)
        for number in range(20):
            add_note(world.registry(), AddNote(subject="mower", text=str(number)))
        place.before = lambda number: time.sleep(0.2)
        begun = time.monotonic()
        first = sync(world.registry()).delivered.sent
        took_s = time.monotonic() - begun
        place.before = lambda number: None
        rest = deliver(world.registry()).sent
    record_property("N", f"20 events, 0.2 s each: sync took {took_s:.1f} s and sent {first}")
    assert 0 < first <= 2.0 / 0.2 + 1, "what was begun in time, and no more"
    assert first + rest == 20
    assert place.sequences == sorted(set(place.sequences))


def test_a_receiver_that_is_gone_ends_its_subscription_until_somebody_replays(world: World) -> None:
    with receiving() as place:
        webhook(world, place.url, kinds=("version.registered",))
        for name in ("mower", "blower"):
            world.version(1, model=name, content=name.encode())
        place.does = ["410", "200"]
        assert deliver(world.registry(), QUICK).dead == 1
        world.version(1, model="sower", content=b"sower")
        assert deliver(world.registry(), QUICK).sent == 0
        assert (len(place.refused), len(place.got)) == (1, 0)
        (ended,) = list_subscriptions(world.registry())
        assert ended.ended_at is not None and (ended.dead, ended.waiting) == (1, 1)
        history = list_history(world.registry())
        (told,) = [event for event in history if event.kind is K.SUBSCRIPTION_ENDED]
        assert told.after == {"name": "hook", "why": "it answers 410"}

        assert replay(world.registry(), Replay(name="hook")).events == 1
        patience = QUICK._replace(gives_up_after_s=0)  # what waited meanwhile has all of its time
        assert deliver(world.registry(), patience).sent == 3
    assert list_subscriptions(world.registry())[0].ended_at is None
    assert place.sequences == sorted(place.sequences)


def test_two_deliverers_that_hear_of_an_end_tell_it_once(world: World) -> None:
    with receiving() as place:
        webhook(world, place.url, kinds=("version.registered",))
        world.version(1)
        with world.registry().metadata.writing("ada") as tx:
            kept = subscriptions.get(tx.connection, "hook")
            assert subscriptions.end(tx, kept.id)
            assert not subscriptions.end(tx, kept.id)
            tx.commit()
        assert deliver(world.registry(), QUICK).sent == 0
        assert not place.got


def test_nobody_who_does_not_answer_is_asked_for_every_model(world: World) -> None:
    with receiving() as place:
        webhook(world, place.url, kinds=("version.registered",))
        for name in ("mower", "blower", "sower"):
            world.version(1, model=name, content=name.encode())
        place.does = ["hang"]
        done = deliver(world.registry(), QUICK._replace(first_pause_s=600, longest_pause_s=600))
        assert (done.sent, done.failed) == (0, 1)
        assert len(list_deliveries(world.registry())) == 3


def test_a_new_secret_signs_beside_the_old_one_until_that_is_over(world: World) -> None:
    with receiving() as place:
        old = webhook(world, place.url, kinds=("model.noted",)).secret or ""
        world.version(1)
        new = rotate_secret(world.registry(), RotateSecret(name="hook")).secret or ""
        assert old != new
        assert len(base64.b64decode(new.removeprefix("whsec_"))) == 32
        _note(world, "both")
        deliver(world.registry(), QUICK)
        last = rotate_secret(world.registry(), RotateSecret(name="hook", overlap_hours=0)).secret
        _note(world, "one")
        deliver(world.registry(), QUICK)
    both, one = place.got
    for secret in (old, new):
        Webhook(secret).verify(both.body, dict(both.headers))
    Webhook(last or "").verify(one.body, dict(one.headers))
    assert one.headers["webhook-signature"].count("v1,") == 1
    with pytest.raises(WebhookVerificationError):
        Webhook(new).verify(one.body, dict(one.headers))


def test_with_one_key_a_secret_is_made_and_told_once(world: World) -> None:
    world.version(1)
    with receiving() as place:
        made = webhook(world, place.url, key="a")
        with pytest.raises(SecretTold):
            webhook(world, place.url, key="a")
        new = rotate_secret(world.registry(), RotateSecret(name="hook", key="b")).secret
        with pytest.raises(SecretTold):
            rotate_secret(world.registry(), RotateSecret(name="hook", key="b"))
        _note(world, "x")
        deliver(world.registry(), QUICK)
    assert len(list_subscriptions(world.registry())) == 1
    for secret in (made.secret, new):
        Webhook(secret or "").verify(place.got[-1].body, dict(place.got[-1].headers))


def test_a_sample_arrives_whatever_is_asked_for_and_nowhere_else(world: World) -> None:
    with receiving() as place:
        webhook(world, f"{place.url}/a", "a", kinds=("version.promoted",), model="mower")
        webhook(world, f"{place.url}/b", "b")
        send_sample(world.registry(), SendSample(name="a"))
        deliver(world.registry(), QUICK)
    told = [(g.path, g.told["type"]) for g in place.got if g.told["type"].endswith("tested")]
    assert told == [("/a", "registry.subscription.tested")]


def test_an_end_drops_what_waits_and_the_secret(world: World) -> None:
    with receiving() as place:
        webhook(world, place.url)
        world.version(1)
        place.does = ["500"]
        deliver(world.registry(), QUICK)
        folder = world.settings.secret_folder
        assert len(list(folder.iterdir())) == 1
        assert folder.stat().st_mode & 0o777 == 0o700
        assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
        gone = unsubscribe(world.registry(), Unsubscribe(name="hook"))
        assert gone.waiting > 0
        assert list(folder.iterdir()) == []
        before = len(place.refused)
        pause()
        assert deliver(world.registry(), QUICK).failed == 0
        assert len(place.refused) == before
        assert list_subscriptions(world.registry()) == ()
        webhook(world, place.url)  # the name is free again


def test_whoever_has_no_secret_leaves_it_to_those_who_have(world: World) -> None:
    with receiving() as place:
        webhook(world, place.url)
        world.version(1)
        kept = world.settings.secret_folder
        kept.rename(kept.with_name("elsewhere"))
        assert deliver(world.registry(), QUICK).failed == 0
        assert list_deliveries(world.registry())
        world.also["secrets"] = kept.with_name("elsewhere")
        assert deliver(world.registry(), QUICK).sent > 0


def test_what_cannot_be_subscribed_is_refused(world: World) -> None:
    with receiving() as place:
        webhook(world, place.url)
        with pytest.raises(SubscriptionExists):
            webhook(world, place.url)
        with pytest.raises(InvalidSetting, match=r"write a kind of docs/events.md"):
            webhook(world, place.url, "other", kinds=("version.gone",))
        with pytest.raises(InvalidSetting, match="name one URL"):
            subscribe(world.registry(), Subscribe(name="other", receiver=Receiver.WEBHOOK))
        with pytest.raises(InvalidSetting, match="name no other"):
            asked = Subscribe(name="other", receiver=Receiver.PREFECT, to=place.url)
            subscribe(world.registry(), asked)
    for act in (
        lambda: unsubscribe(world.registry(), Unsubscribe(name="none")),
        lambda: send_sample(world.registry(), SendSample(name="none")),
        lambda: replay(world.registry(), Replay(name="none")),
        lambda: list_deliveries(world.registry(), "none"),
        lambda: rotate_secret(world.registry(), RotateSecret(name="none")),
    ):
        with pytest.raises(SubscriptionNotFound, match="registry subscription list"):
            act()
    subscribe(world.registry(), Subscribe(name="flows", receiver=Receiver.PREFECT))
    with pytest.raises(NothingToSign):
        rotate_secret(world.registry(), RotateSecret(name="flows"))


def _note(world: World, text: str) -> None:
    add_note(world.registry(), AddNote(subject="mower", text=text))


def _sequence_of(world: World, kind: K) -> int:
    return next(e.sequence for e in list_history(world.registry(), limit=1000) if e.kind is kind)
