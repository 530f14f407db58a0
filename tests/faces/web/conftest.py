"""The dashboard over a world, for visitors without scripts."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from support.http_server import serving
from support.site import let_people_in
from support.town import Town
from support.visiting import Visitor
from support.world import World, copy_tree


@pytest.fixture
def served(world: World) -> Iterator[tuple[World, Visitor]]:
    """A world of one's own over each database, and its visitor."""
    with serving(world.settings) as url, Visitor(url) as visitor:
        yield world, visitor


@pytest.fixture
def reader(served: tuple[World, Visitor]) -> Visitor:
    """The visitor of ``world``."""
    return served[1]


@pytest.fixture
def sqlite_reader(sqlite_world: World) -> Iterator[Visitor]:
    """The visitor of ``sqlite_world``, for what the database has no part in."""
    with serving(sqlite_world.settings) as url, Visitor(url) as visitor:
        yield visitor


@pytest.fixture(scope="session")
def still_site(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A world with mower 1 in it that nobody changes."""
    folder = tmp_path_factory.mktemp("still") / "world"
    copy_tree(template, folder)
    world = World(folder)
    world.version(1)
    with serving(world.settings) as url:
        yield url
    world.close()


@pytest.fixture
def still(still_site: str) -> Iterator[Visitor]:
    """A visitor of the world that nobody changes."""
    with Visitor(still_site) as visitor:
        yield visitor


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
    with _town(filled, tmp_path / "town") as made:
        yield made


@pytest.fixture(scope="session")
def quiet_town(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """The same, where people come and go, and change nothing."""
    with _town(filled, tmp_path_factory.mktemp("quiet") / "town") as made:
        yield made


@contextmanager
def _town(filled: Path, folder: Path) -> Iterator[Town]:
    copy_tree(filled, folder)
    world = World(folder)
    tokens = let_people_in(world)
    with serving(world.settings) as url, ExitStack() as stack:
        yield Town(world, url, tokens, stack)
    world.close()
