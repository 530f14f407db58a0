"""A process follows production: what is verified is served, and nothing else, whatever is away."""

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from support.world import SIGNATURE, World

from registry_tasks import Client, Following
from registry_tasks.entities.errors import NotFound, RegistryError
from registry_tasks.entities.model_version import ModelVersion
from registry_tasks.entities.promotion import RollBack
from registry_tasks.entities.signature import Column, Signature
from registry_tasks.faces.serving.following import wait_for
from registry_tasks.registry.lifecycle.roll_back import roll_back

pytestmark = pytest.mark.slow


@pytest.fixture
def world(sqlite_world: World) -> World:
    """One version in production, another in staging."""
    sqlite_world.version(1)
    sqlite_world.raise_to("mower@1", "staging", "production")
    return sqlite_world


@pytest.fixture
def client(world: World) -> Iterator[Client]:
    with Client(world.settings) as client:
        yield client


def text(version: ModelVersion, content: bytes) -> str:
    return content.decode()


def follow(client: Client, **options: Any) -> Following:
    options = {"loader": text, "every_s": 3600.0} | options
    return Following("mower@production", client, **options)


def promote(world: World, number: int, **made: Any) -> ModelVersion:
    version = world.version(number, **made)
    world.raise_to(version.ref, "staging", "production")
    return version


def lose_bytes(world: World, version: ModelVersion, content: bytes | None) -> None:
    """Damage what the remote has of a version, or take it away."""
    assert not hasattr(world.remote, "prefix")
    (path,) = (p for p in world.settings.remote.rglob("*") if p.name == version.md5[2:])  # type: ignore[union-attr]
    path.chmod(0o644)
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)


def test_what_is_promoted_is_served(world: World, client: Client) -> None:
    with follow(client) as following:
        first = following.current
        assert (first.version.number, first.model, first.stale) == (1, "model 1", False)
        promote(world, 2)
        assert following.current is first  # nobody looked yet
        following.look()
        assert wait_for(following, 2, 60)
        assert (following.current.model, first.model) == ("model 2", "model 1")
        roll_back(world.registry(), RollBack(model="mower"))
        assert following.refresh()
        assert following.current.model == "model 1"
        assert not following.refresh()
        assert following.health()["problem"] is None


def test_it_looks_by_itself(world: World, client: Client) -> None:
    with follow(client, every_s=0.05) as following:
        promote(world, 2)
        assert wait_for(following, 2, 60)


@pytest.mark.parametrize("content", [b"model 7", b"model 2 and more", b"", None])
def test_bytes_that_are_not_the_recorded_ones_are_never_served(
    world: World, client: Client, content: bytes | None
) -> None:
    with follow(client) as following:
        second = promote(world, 2)
        lose_bytes(world, second, content)
        assert not following.refresh()
        assert following.current.model == "model 1"
        refused = following.health()["refused"]
        assert refused["version"] == "mower@2"
        assert "damaged" in refused["why"] or "missing" in refused["why"] or refused["why"]
        world._store(b"model 2")  # somebody brings them back
        (path,) = (p for p in world.settings.remote.rglob("*") if p.name == second.md5[2:])  # type: ignore[union-attr]
        path.chmod(0o644)
        path.write_bytes(b"model 2")
        assert following.refresh()
        assert following.current.model == "model 2"
        assert following.health()["refused"] is None


def test_what_breaks_callers_is_refused(world: World, client: Client) -> None:
    wider = Signature(
        inputs=(*SIGNATURE.inputs, Column(name="z", type="float64")), outputs=SIGNATURE.outputs
    )
    with follow(client) as following:
        promote(world, 2, signature=wider)
        assert not following.refresh()
        assert "new or changed inputs: z" in following.health()["refused"]["why"]
        promote(world, 3, signature=None)
        assert not following.refresh()
        assert "has no signature" in following.health()["refused"]["why"]
        promote(world, 4)
        assert following.refresh()
    with follow(client, expects=wider) as expecting:
        assert expecting.current.version.number == 4


@pytest.mark.parametrize("hook", ["loader", "warm_up"])
def test_what_does_not_load_or_warm_up_is_refused(world: World, client: Client, hook: str) -> None:
    def fails(*given: Any) -> Any:
        if given[-1] in (b"model 2", "model 2"):
            raise ValueError("no such layer")
        return given[-1].decode() if isinstance(given[-1], bytes) else None

    with follow(client, **{hook: fails}) as following:
        promote(world, 2)
        assert not following.refresh()
        told = following.health()
        assert (told["version"], told["refused"]["why"]) == ("mower@1", "no such layer")
        promote(world, 3)
        assert following.refresh()


def test_while_the_registry_is_away_the_last_good_one_stays(world: World, client: Client) -> None:
    with follow(client) as following:
        away = world.state.rename(world.folder / "away")
        client.close()
        assert not following.refresh()
        assert following.current.model == "model 1"
        assert following.health()["problem"]
        away.rename(world.state)
        promote(world, 2)
        assert following.refresh()
        assert following.health()["problem"] is None


def test_a_start_without_the_registry_takes_the_last_good_one(world: World, client: Client) -> None:
    with follow(client):
        pass
    away = world.state.rename(world.folder / "away")
    remote = world.settings.remote.rename(world.folder / "remote-away")  # type: ignore[union-attr]
    with Client(world.settings) as another, follow(another) as following:
        assert (following.current.model, following.current.stale) == ("model 1", True)
        assert following.health()["problem"]
        away.rename(world.state)
        remote.rename(world.settings.remote)  # type: ignore[arg-type]
        assert not following.refresh()
        assert not following.current.stale


def test_a_start_beside_a_refused_version_takes_the_last_good_one(
    world: World, client: Client
) -> None:
    with follow(client):
        pass
    lose_bytes(world, promote(world, 2), b"model 7")
    with follow(client) as following:
        assert (following.current.model, following.current.stale) == ("model 1", True)


def test_a_cache_that_was_changed_is_not_served(world: World, client: Client) -> None:
    with follow(client) as following:
        digest = following.current.version.sha256
    world.state.rename(world.folder / "away")
    world.settings.remote.rename(world.folder / "remote-away")  # type: ignore[union-attr]
    (kept,) = (p for p in world.settings.cache.rglob("*") if p.parent.name == digest[2:])
    kept.chmod(0o644)
    kept.write_bytes(b"model 7")
    with Client(world.settings) as another, pytest.raises(RegistryError):
        follow(another).start()


def test_a_first_start_without_the_registry_says_why(world: World, client: Client) -> None:
    with pytest.raises(NotFound):
        Following("mower@staging", client, loader=text).start()
    with pytest.raises(RuntimeError, match="call start"):
        _ = follow(client).current


def test_models_change_places_while_they_are_asked(world: World, client: Client) -> None:
    wrong: list[object] = []
    ended = threading.Event()
    asked = [0] * 2

    with follow(client, every_s=0.01) as following:

        def ask(number: int) -> None:
            while not ended.is_set():
                served = following.current
                if served.model != f"model {served.version.number}":
                    wrong.append(served)
                asked[number] += 1
                time.sleep(0.0001)

        threads = [threading.Thread(target=ask, args=(n,)) for n in range(len(asked))]
        for thread in threads:
            thread.start()
        began = time.monotonic()
        for number in range(2, 5):
            promote(world, number)
            assert wait_for(following, number, 60)
        ended.set()
        for thread in threads:
            thread.join()
    assert not wrong
    print(f"{sum(asked)} requests in {time.monotonic() - began:.1f} s while 3 versions took over")
