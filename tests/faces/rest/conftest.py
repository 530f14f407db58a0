"""Real servers over real stores, asked by httpx."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from support.http_server import asking, serving
from support.world import World, copy_tree


@pytest.fixture(scope="session")
def reading(
    filled: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[World, httpx.Client]]:
    """A registry that nobody changes, and whoever asks its server."""
    folder = tmp_path_factory.mktemp("reading") / "world"
    copy_tree(filled, folder)
    world = World(folder)
    with serving(world.settings) as url, asking(url) as client:
        yield world, client
    world.close()


@pytest.fixture(scope="session")
def still(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[World, str]]:
    """A registry with one version that nobody changes, and where it is served."""
    folder = tmp_path_factory.mktemp("still") / "world"
    copy_tree(template, folder)
    world = World(folder)
    world.version(1)
    with serving(world.settings) as url:
        yield world, url
    world.close()


@pytest.fixture
def changing(world: World) -> Iterator[tuple[World, httpx.Client]]:
    """A registry of one's own with two versions of a model, over each database."""
    world.version(1)
    world.version(2)
    with serving(world.settings) as url, asking(url) as client:
        yield world, client
