"""P20: whatever address a receiver is given, nobody within is called who was not allowed by name."""

import socket
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Final

import pytest
from support.canaries import Listener
from support.receivers import HERE, QUICK, Place, receiving
from support.trials import Trial
from support.world import World

from registry_tasks.entities.errors import InvalidSetting
from registry_tasks.entities.subscription import Receiver, Subscribe, Unsubscribe
from registry_tasks.registry.outward.deliver import deliver
from registry_tasks.registry.outward.subscriptions import list_subscriptions, subscribe, unsubscribe

pytestmark = pytest.mark.slow
_HOSTS: Final = (
    *("127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0", "0.0.0.0"),
    *(
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[0:0:0:0:0:0:0:1]",
        "[::127.0.0.1]",
    ),
    *("[64:ff9b::7f00:1]", "[2002:7f00:1::]", "127.0.0.1.", "LOCALHOST", "ip6-localhost"),
    *("named.example.org", "half.example.org", "turning.example.org", "user@127.0.0.1"),
    *("127.0.0.1%2f@example.org", "example.org@127.0.0.1", "127.0.0.1\\@example.org"),
    *("%31%32%37.0.0.1", "①②⑦.0.0.1", "127.0.0.1#@example.org", "[::1%25lo]", "loopback.here"),
)
_LEADS: Final = {
    "named.example.org": ["127.0.0.1"],
    "half.example.org": ["1.1.1.1 127.0.0.1"],
    "turning.example.org": ["192.0.2.1", "127.0.0.1"],
    "loopback.here": ["::1"],
}
_WAYS: Final = ("json://{}:{}/", "form://{}:{}/", "xml://u:p@{}:{}/", "ntfy://{}:{}/topic")


@pytest.fixture
def listener(monkeypatch: pytest.MonkeyPatch) -> Iterator[Listener]:
    """Whoever would be called; names of our own lead there."""
    real = socket.getaddrinfo

    def look_up(host: str, port: Any, *args: Any, **kwargs: Any) -> Any:
        if host not in _LEADS:
            return real(host, port, *args, **kwargs)
        addresses = _LEADS[host]
        found = addresses.pop(0) if len(addresses) > 1 else addresses[0]
        kinds = {True: socket.AF_INET6, False: socket.AF_INET}
        return [(kinds[":" in a], socket.SOCK_STREAM, 6, "", (a, port)) for a in found.split()]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    found = Listener()
    yield found
    found.close()


@pytest.fixture
def place() -> Iterator[Place]:
    with receiving() as found:
        yield found


def test_nobody_within_is_called(
    sqlite_world: World, listener: Listener, place: Place, trial: Trial
) -> None:
    world, tried = sqlite_world, 0
    for scheme in ("https", "http"):
        for host in _HOSTS:
            tried += _subscribe(world, Receiver.WEBHOOK, f"{scheme}://{host}:{listener.port}/in")
    ways = _WAYS if trial.full else _WAYS[:2]
    for way in ways:
        _subscribe(world, Receiver.PEOPLE, way.format("127.0.0.1", listener.port))
        tried += 1
    taken = len(list_subscriptions(world.registry()))
    world.version(1)
    done = deliver(world.registry(), QUICK._replace(answer_s=5, first_pause_s=600, lease_s=60))
    assert done.sent == 0
    assert not listener.heard

    for one in list_subscriptions(world.registry()):
        unsubscribe(world.registry(), Unsubscribe(name=one.name))
    world.also["allowed_receivers"] = HERE  # what is allowed may not lead on to what is not
    _subscribe(world, Receiver.WEBHOOK, f"{place.url}/in")
    place.does = [f"redirect http://localhost:{listener.port}/"]
    world.version(2)
    deliver(world.registry(), QUICK._replace(first_pause_s=600, longest_pause_s=600))
    assert place.refused
    assert not listener.heard
    trial.report(
        "P20",
        f"{tried} addresses of receivers ({taken} of them subscribed), redirects, names that turn",
        "0 connections to a listener on this machine",
    )


def _subscribe(world: World, receiver: Receiver, to: str) -> int:
    """Subscribe it, if that is not refused already."""
    name = f"r{len(list_subscriptions(world.registry()))}"
    with suppress(InvalidSetting):
        subscribe(world.registry(), Subscribe(name=name, receiver=receiver, to=to))
    return 1
