"""Where events may go: to the internet, and else nowhere that nobody allowed by name."""

import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from support.receivers import QUICK, outward, receiving, webhook
from support.world import World

from registry_tasks.entities.allowed import NONE, Allowed
from registry_tasks.entities.errors import InvalidSetting
from registry_tasks.registry.outward.deliver import deliver
from registry_tasks.registry.outward.subscriptions import list_deliveries
from registry_tasks.stores.outward.calling import Call, NotCallable, call

INNER = (
    *("127.0.0.1", "127.8.8.8", "0.0.0.0", "0.1.2.3", "10.0.0.1", "172.16.0.1", "172.31.255.255"),
    *("192.168.1.1", "169.254.169.254", "100.64.0.1", "100.100.100.200", "192.0.0.192"),
    *("224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "198.18.0.1", "192.0.2.1"),
    *("168.63.129.16", "::1", "::", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:169.254.169.254"),
    *("::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "fe80::1"),
    *("fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1", "not an address", ""),
)
OUTER = ("1.1.1.1", "93.184.216.34", "2606:4700:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101")
URLS = (
    *("http://example.org/", "ftp://example.org/", "file:///etc/passwd", "https://", "//x", "x"),
    *("https://user:hush@example.org/", "https://example.org/#part", "https://exämple.org/"),
    *("https://127.0.0.1/", "https://[::1]/", "https://[::ffff:127.0.0.1]:8443/a", "https://[x]/"),
    *("https://169.254.169.254/latest/meta-data/", "https://example.org:99999/", "https://a b/"),
    *("https://example.org/\r\nHost: x", "https://10.1.2.3/", "gopher://127.0.0.1:6379/_", ""),
)


@pytest.mark.parametrize("address", INNER)
def test_no_address_within_may_be_called(address: str) -> None:
    assert not NONE.may_call("example.org", address)


@pytest.mark.parametrize("address", OUTER)
def test_addresses_of_the_internet_may(address: str) -> None:
    assert NONE.may_call("example.org", address)


def test_what_is_allowed_by_name_may_be_called_and_nothing_beside_it() -> None:
    allowed = Allowed.parse("10.1.0.0/16, Hooks.Internal. ::1")
    assert allowed.may_call("x", "10.1.2.3")
    assert allowed.may_call("x", "::ffff:10.1.2.3")
    assert allowed.may_call("hooks.internal", "10.9.9.9")
    assert allowed.may_call("x", "::1")
    assert not allowed.may_call("x", "10.2.0.1")
    assert not allowed.may_call("not.hooks.internal", "10.9.9.9")
    assert allowed.check_url("http://hooks.internal:8080/in?x=1") == "http://hooks.internal:8080"
    with pytest.raises(InvalidSetting, match="REGISTRY_ALLOWED_RECEIVERS"):
        Allowed.parse("10.1.0.1/16")


@pytest.mark.parametrize("url", URLS)
def test_a_url_that_is_no_public_https_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(InvalidSetting) as caught:
        NONE.check_url(url)
    assert "hush" not in str(caught.value)
    assert "meta-data" not in str(caught.value)


def test_what_may_be_shown_of_a_url_is_no_more_than_its_host() -> None:
    shown = NONE.check_url("https://hooks.example.org:8443/services/T00/B00/XXXX?token=abc")
    assert shown == "https://hooks.example.org:8443"
    assert NONE.check_url("https://[2606:4700:4700::1111]/x") == "https://[2606:4700:4700::1111]"


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, list[str]]]:
    """What names lead to, one address more each time they are asked for."""
    leads: dict[str, list[str]] = {}
    real = socket.getaddrinfo

    def look_up(host: str, port: Any, *args: Any, **kwargs: Any) -> Any:
        if host not in leads:
            return real(host, port, *args, **kwargs)
        found = leads[host].pop(0) if len(leads[host]) > 1 else leads[host][0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in found.split()]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    yield leads


def test_a_name_that_leads_inside_is_not_called(names: dict[str, list[str]]) -> None:
    with receiving() as place:
        names["evil.example.org"] = ["127.0.0.1"]
        names["half.example.org"] = ["1.1.1.1 127.0.0.1"]
        for host in ("evil.example.org", "half.example.org", "localhost"):
            with pytest.raises(NotCallable, match="may not be called"):
                call(Call(f"http://{host}:{place.port}/", b"x", {}), NONE, 1.0)
        assert not place.got


def test_a_name_is_looked_up_once_and_called_where_it_led(names: dict[str, list[str]]) -> None:
    """The second answer, which is not allowed, is never asked for."""
    with receiving() as place:
        names["turns.example.org"] = ["127.0.0.1", "127.0.0.2"]
        only = Allowed.parse("127.0.0.1/32")
        call(Call(f"http://turns.example.org:{place.port}/", b"x", {}), only, 1.0)
        assert names["turns.example.org"] == ["127.0.0.2"]
        with pytest.raises(NotCallable):
            call(Call(f"http://turns.example.org:{place.port}/", b"x", {}), only, 1.0)
    assert len(place.got) == 1


def test_a_receiver_that_is_not_allowed_any_more_gets_nothing(sqlite_world: World) -> None:
    with receiving() as place:
        webhook(sqlite_world, place.url)
        sqlite_world.version(1)
        sqlite_world.also["allowed_receivers"] = NONE
        assert deliver(sqlite_world.registry(), QUICK).sent == 0
        assert not place.got
        why = list_deliveries(sqlite_world.registry())[0].why
        assert "REGISTRY_ALLOWED_RECEIVERS" in why
        outward(sqlite_world)
        threading.Event().wait(0.05)
        assert deliver(sqlite_world.registry(), QUICK).sent > 0
