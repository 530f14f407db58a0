"""A log that an older release kept in Git is read by today's code, and goes on."""

from pathlib import Path
from typing import Final

import pytest
from support.dump import Dump, dump
from support.releases import SCHEMAS, revive
from support.world import World

from registry_tasks.entities.log_entry import LOG_REF
from registry_tasks.entities.rebuilding import Rebuild, Rebuilt
from registry_tasks.registry.care.examine import examine
from registry_tasks.registry.care.migrate import migrate
from registry_tasks.registry.catalogue.show import list_models, show
from registry_tasks.registry.ledger.mirror import sync
from registry_tasks.registry.ledger.rebuild import rebuild

pytestmark = pytest.mark.slow

LOGGED: Final = [schema for schema in SCHEMAS if schema > "0001"]
"""The first release kept no log."""


@pytest.fixture(params=LOGGED)
def left(request: pytest.FixtureRequest, tmp_path: Path) -> World:
    return revive(request.param, tmp_path / "old")


def untold(world: World) -> list[str]:
    """The runs that no event tells of: no verb of that release leaves one."""
    asked = "SELECT uuid FROM run WHERE id NOT IN (SELECT run_id FROM event WHERE run_id > 0)"
    with world.registry().metadata.reading() as connection:
        return sorted(connection.exec_driver_sql(asked).scalars())


def told(world: World, runs: list[str]) -> Dump:
    """The store without what is said of some runs."""
    return {
        table: [row for row in rows if not any(run in row for run in runs)]
        for table, rows in dump(world.registry().metadata).items()
    }


def check_doctor(world: World, made: Rebuilt) -> None:
    """It names the runs whose commits are there and that the log cannot tell of, and no more."""
    assert len(made.unlogged_runs) == 1
    named = {finding.where for finding in examine(world.registry())}
    assert named == {f"refs/registry/runs/{run.run}" for run in made.unlogged_runs}


def lose_the_store(world: World) -> None:
    world.close()
    for file in world.state.glob("registry.db*"):
        file.unlink()


def test_a_migrated_store_is_what_its_log_tells(left: World) -> None:
    entries = int(left.git("rev-list", "--count", LOG_REF))
    migrate(left.registry())
    sync(left.registry())
    assert examine(left.registry()) == ()
    others = untold(left)
    assert len(others) == 2
    before = told(left, others)
    assert int(left.git("rev-list", "--count", LOG_REF)) == entries + 1  # what had waited
    lose_the_store(left)

    made = rebuild(left.registry(), Rebuild())

    assert made.events == entries + 1
    assert dump(left.registry().metadata) == before
    check_doctor(left, made)


def test_a_lost_store_is_made_anew_from_the_log_as_it_was_left(left: World) -> None:
    entries = int(left.git("rev-list", "--count", LOG_REF))
    lose_the_store(left)

    made = rebuild(left.registry(), Rebuild())

    assert made.events == entries
    found = {model.name: model.versions for model in list_models(left.registry())}
    assert found == {"edger": 2, "mower": 3, "trimmer": 4}
    assert left.stages("trimmer")[4] == "experiment"  # archived later, without a checkout
    assert show(left.registry(), "edger@3").tombstone is not None
    assert show(left.registry(), "mower@2").hold is not None
    assert left.version(5, model="trimmer", metrics={"rmse": 0.1}).number == 5
    check_doctor(left, made)
