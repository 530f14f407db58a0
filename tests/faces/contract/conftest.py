"""A registry with everything in it, and the two roads to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest
from support.databases import Postgres
from support.http_server import elsewhere, serving
from support.site import fill
from support.world import World, copy_tree

from registry_tasks import Client
from registry_tasks.entities.errors import AwaitingApproval
from registry_tasks.entities.promotion import Promote
from registry_tasks.registry.lifecycle.promote import promote


class Roads(NamedTuple):
    """Two clients of one registry: beside its store, and over HTTP from where nothing is."""

    local: Client
    http: Client


@contextmanager
def both_roads(world: World, place: Path) -> Iterator[Roads]:
    """Serve a world to both clients, who act as somebody who may approve of what others made."""
    settings = replace(world.settings, actor="grace")
    with (
        serving(settings) as url,
        Client(settings) as local,
        Client(elsewhere(url, place)) as http,
    ):
        yield Roads(local, http)
    assert not (place / "no-remote").exists()


@pytest.fixture(scope="session")
def awaiting(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A world with everything in it and a promotion that waits for people, to copy."""
    folder = tmp_path_factory.mktemp("awaiting") / "world"
    copy_tree(filled, folder)
    _ask_people(World(folder))
    return folder


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def reading(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Roads]:
    """Both roads to a registry that nobody changes, over each database."""
    place = tmp_path_factory.mktemp("reading")
    is_sqlite = request.param == "sqlite"
    copy_tree(request.getfixturevalue("awaiting" if is_sqlite else "template"), place / "world")
    if is_sqlite:
        world = World(place / "world")
    else:
        server: Postgres = request.getfixturevalue("postgres")
        world = World(place / "world", server.migrated())
        fill(world)
        _ask_people(world)
    with both_roads(world, place / "elsewhere") as roads:
        yield roads
    world.close()


@pytest.fixture
def world(awaiting: Path, tmp_path: Path) -> Iterator[World]:
    """A world of one's own, with everything in it."""
    copy_tree(awaiting, tmp_path / "world")
    made = World(tmp_path / "world")
    yield made
    made.close()


@pytest.fixture
def roads(world: World, tmp_path: Path) -> Iterator[Roads]:
    """Both roads to a registry of one's own."""
    with both_roads(world, tmp_path / "elsewhere") as made:
        yield made


@pytest.fixture(params=Roads._fields)
def client(request: pytest.FixtureRequest, roads: Roads) -> Client:
    """A client on one road and on the other, for what is promised on both."""
    chosen: Client = getattr(roads, request.param)
    return chosen


def _ask_people(world: World) -> None:
    """Let a promotion wait for people."""
    with pytest.raises(AwaitingApproval), world.registry() as registry:
        promote(registry, Promote(ref="kite@2", to="production", reason="better"))
