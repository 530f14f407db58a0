"""Each release's store and repository, over each database."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.databases import Postgres
from support.fullest import fill
from support.releases import SCHEMAS, revive
from support.world import World

from registry_tasks.entities.access import Identity
from registry_tasks.registry.care.migrate import migrate


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def place(request: pytest.FixtureRequest) -> str | None:
    """The URL of an empty PostgreSQL database; None is SQLite in the world's own folder."""
    if request.param == "sqlite":
        return None
    server: Postgres = request.getfixturevalue("postgres")
    return server.empty()


@pytest.fixture(params=SCHEMAS)
def old(request: pytest.FixtureRequest, place: str | None, tmp_path: Path) -> Iterator[World]:
    """What each release left, before any migration."""
    world = revive(request.param, tmp_path / "old", place)
    yield world
    world.close()


@pytest.fixture
def upgraded(old: World) -> World:
    """What each release left, after today's migrations."""
    migrate(old.registry())
    return old


@pytest.fixture
def full(upgraded: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """One of everything that today's schema can hold, and what text and JSON can do.

    It has accounts, so every world acts for ada, who may do everything.
    """
    monkeypatch.setattr(World, "caller", Identity(actor="ada"))
    with upgraded.registry().metadata.writing("ada") as tx:
        fill(tx)
        tx.commit()
    return upgraded
