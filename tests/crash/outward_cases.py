"""Cases of the verbs that say which events go where."""

from contextlib import suppress
from functools import partial

from support.world import World

from registry_tasks.entities.errors import SubscriptionExists
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.subscription import (
    Receiver,
    Replay,
    RotateSecret,
    SendSample,
    Subscribe,
    Unsubscribe,
)
from registry_tasks.registry.care.examine import examine
from registry_tasks.registry.catalogue.show import list_history
from registry_tasks.registry.outward.own_prefect import follow_prefect
from registry_tasks.registry.outward.subscriptions import (
    list_subscriptions,
    replay,
    rotate_secret,
    send_sample,
    subscribe,
    unsubscribe,
)

from .case import KEY, Act, Case, ask

_HOOK = Subscribe(name="hook", receiver=Receiver.WEBHOOK, to="https://hooks.example.org/in")


def _to_subscribe(world: World) -> Act:
    world.version(1)
    return _subscribe


def _subscribe(world: World) -> object:
    """It has no key: whoever lost the secret with the answer makes a new one, or begins again."""
    with suppress(SubscriptionExists):
        subscribe(world.registry(), _HOOK)
    return None


def _subscribed(world: World) -> None:
    (found,) = list_subscriptions(world.registry())
    assert (found.name, found.to) == ("hook", "https://hooks.example.org")
    _once(world, EventKind.SUBSCRIPTION_ADDED)


def _ready(world: World) -> None:
    _subscribe(_with_version(world))


def _with_version(world: World) -> World:
    world.version(1)
    return world


def _to_unsubscribe(world: World) -> Act:
    _ready(world)
    return ask(unsubscribe, Unsubscribe(name="hook", key=KEY))


def _unsubscribed(world: World) -> None:
    assert list_subscriptions(world.registry()) == ()
    _once(world, EventKind.SUBSCRIPTION_REMOVED)


def _to_rotate(world: World) -> Act:
    _ready(world)
    return partial(_rotate, RotateSecret(name="hook"))


def _rotate(request: RotateSecret, world: World) -> object:
    rotate_secret(world.registry(), request)
    return None  # what is new each time


def _rotated(world: World) -> None:
    found = [e.kind for e in list_history(world.registry(), limit=1000)]
    assert found.count(EventKind.SUBSCRIPTION_ROTATED) in (1, 2)
    _sound(world)


def _to_sample(world: World) -> Act:
    _ready(world)
    return ask(send_sample, SendSample(name="hook", key=KEY))


def _to_replay(world: World) -> Act:
    _ready(world)
    return ask(replay, Replay(name="hook", key=KEY))


def _to_follow(world: World) -> Act:
    world.version(1)
    return lambda world: follow_prefect(world.registry())


def _followed(world: World) -> None:
    (found,) = list_subscriptions(world.registry())
    assert found.receiver is Receiver.PREFECT
    _once(world, EventKind.SUBSCRIPTION_ADDED)


def _once(world: World, kind: EventKind) -> None:
    assert [e.kind for e in list_history(world.registry(), limit=1000)].count(kind) == 1
    _sound(world)


def _sound(world: World) -> None:
    assert [f for f in examine(world.registry()) if f.where.startswith("subscription")] == []


OUTWARD = {
    "subscribe": Case(_to_subscribe, _subscribed, (subscribe,), (Subscribe,)),
    "unsubscribe": Case(_to_unsubscribe, _unsubscribed, (unsubscribe,), (Unsubscribe,)),
    "rotate_secret": Case(_to_rotate, _rotated, (rotate_secret,), (RotateSecret,)),
    "send_sample": Case(
        _to_sample,
        partial(_once, kind=EventKind.SUBSCRIPTION_TESTED),
        (send_sample,),
        (SendSample,),
    ),
    "replay": Case(
        _to_replay, partial(_once, kind=EventKind.SUBSCRIPTION_REPLAYED), (replay,), (Replay,)
    ),
    "follow_prefect": Case(_to_follow, _followed, (follow_prefect,)),
}
"""Which events go where."""
