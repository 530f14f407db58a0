"""P27: a SIGKILL at every step of every migration, with data of every released schema."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.databases import Postgres
from support.dying import deaths
from support.releases import SCHEMAS, as_before, everything, revive
from support.trials import Trial
from support.world import World

from registry_tasks.registry.catalogue.show import list_models

pytestmark = pytest.mark.slow


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest) -> str | None:
    if request.param == "sqlite":
        return None
    server: Postgres = request.getfixturevalue("postgres")
    return server.empty()


@pytest.fixture(params=SCHEMAS)
def old(request: pytest.FixtureRequest, tmp_path: Path, place: str | None) -> Iterator[World]:
    world = revive(request.param, tmp_path / "old", place)
    yield world
    world.close()


def test_killed_migrations_lose_nothing_and_the_next_one_completes(
    old: World, trial: Trial
) -> None:
    """One after another on one store: each finds what all those before it left."""
    step, tried = 1 if trial.every_point else trial.size(10, 5), 0
    before = everything(old)
    for _ in deaths(lambda: migrate(old), 1 + trial.seed % step, step):
        tried += 1
        found = everything(old)
        if found != before:  # it died after its commit: all of it is there
            break
    migrate(old)
    after = everything(old)
    assert found in (before, after), "all of a migration or nothing of it"
    rows = before[0] | {"alembic_version": []}
    assert as_before(rows, after[0] | {"alembic_version": []}) == rows
    assert len(list_models(old.registry())) == 3

    database = "PostgreSQL" if old.store_url.startswith("postgresql") else "SQLite"
    trial.report("P27", f"{tried} deaths of a migration, {database}", "0 rows lost, 0 stuck")
    assert tried > 5


def migrate(world: World) -> None:
    registry = world.registry()
    registry.metadata.migrate()
    world.close()
