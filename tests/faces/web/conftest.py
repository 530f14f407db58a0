"""The dashboard over a world, for readers and visitors without scripts."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
from support.dashboard import Reader
from support.http_server import serving
from support.site import let_people_in
from support.town import Town
from support.visiting import Visitor
from support.world import World, copy_tree


@pytest.fixture
def reader(world: World) -> Iterator[Reader]:
    """Over each database."""
    with serving(world.settings) as url, Reader(_client(url)) as made:
        yield made


@pytest.fixture
def sqlite_reader(sqlite_world: World) -> Iterator[Reader]:
    """Over SQLite only, for what the database has no part in."""
    with serving(sqlite_world.settings) as url, Reader(_client(url)) as made:
        yield made


@pytest.fixture
def served(world: World) -> Iterator[tuple[World, Visitor]]:
    """A world of one's own over each database, and its visitor."""
    with serving(world.settings) as url, Visitor(url) as visitor:
        yield world, visitor


@pytest.fixture(scope="session")
def looking(
    filled: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[World, Visitor]]:
    """A world with everything in it that nobody changes, and its visitor."""
    folder = tmp_path_factory.mktemp("looking") / "world"
    copy_tree(filled, folder)
    world = World(folder)
    with serving(world.settings) as url, Visitor(url) as visitor:
        yield world, visitor
    world.close()


@pytest.fixture
def town(filled: Path, tmp_path: Path) -> Iterator[Town]:
    """A world of one's own with everything and with people in it."""
    copy_tree(filled, tmp_path / "town")
    world = World(tmp_path / "town")
    tokens = let_people_in(world)
    with serving(world.settings) as url, ExitStack() as stack:
        yield Town(world, url, tokens, stack)
    world.close()


def _client(url: str) -> httpx.Client:
    return httpx.Client(base_url=url, trust_env=False, timeout=60)
