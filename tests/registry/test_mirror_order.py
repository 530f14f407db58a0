"""GTO sees what the registry says, however fast things move, and the doctor sees when not."""

from datetime import UTC, datetime

import pytest
from support.gto import gto
from support.world import POLICY, World

from registry_tasks.entities.finding import Finding
from registry_tasks.entities.promotion import ArchiveByPolicy, RollBack
from registry_tasks.registry.care.examine import examine
from registry_tasks.registry.care.repair import repair
from registry_tasks.registry.ledger.mirror import sync
from registry_tasks.registry.lifecycle.archive import archive_by_policy
from registry_tasks.registry.lifecycle.roll_back import roll_back

pytestmark = pytest.mark.slow

NOW = datetime(2026, 1, 2, 3, 4, 5, 600_000, tzinfo=UTC)
EVERY = ("--assignments-per-version", "-1", "--versions-per-stage", "-1")  # else one archived


class _Stopped(datetime):
    """A clock on which everything happens within one second."""

    @classmethod
    def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
        return NOW


@pytest.fixture
def stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("registry_tasks.stores.metadata.store.datetime", _Stopped)


def in_production(world: World, number: int) -> None:
    """Every run has a commit of its own; GTO insists on it."""
    world.commit({})
    world.version(number)
    world.raise_to(f"mower@{number}", "staging", "production")


def recorded(world: World, count: int) -> dict[str, list[str]]:
    """The same, as the registry tells."""
    versions = [world.resolve(f"mower@{number}") for number in range(1, count + 1)]
    return {
        v.semantic_version: [s for s in v.stages.values() if s != "experiment"] for v in versions
    }


def tag_times(world: World) -> list[int]:
    told = world.git("for-each-ref", "--format=%(taggerdate:unix)", "refs/tags/")
    return sorted(int(line) for line in told.splitlines())


def mend(world: World, finding: Finding) -> None:
    if finding.repair == "registry sync":
        sync(world.registry())
    else:
        assert finding.repair == "registry doctor --repair"
        repair(world.registry())


def test_moves_within_one_second_are_in_order_for_gto(world: World, stopped: None) -> None:
    for number in (1, 2):
        in_production(world, number)
        assert gto(world) == recorded(world, number)
    for holder in (1, 2, 1):
        roll_back(world.registry(), RollBack(model="mower"))
        assert world.resolve("mower@production").number == holder
        assert gto(world) == recorded(world, 2)
    times = tag_times(world)
    assert len(set(times)) == len(times)
    assert times[0] == int(NOW.timestamp())
    assert examine(world.registry()) == ()


def test_archives_of_one_transaction_are_in_order_for_gto(world: World, stopped: None) -> None:
    for number in range(1, 7):
        in_production(world, number)
    world.set_policy("retention: {keep_superseded: 0}\naliases: {}")

    moved = archive_by_policy(world.registry(), ArchiveByPolicy(model="mower")).moves

    assert len(moved) == 5
    assert gto(world, *EVERY) == recorded(world, 6)
    roll_back(world.registry(), RollBack(model="mower"))  # to one that is archived
    assert gto(world, *EVERY) == recorded(world, 6)
    assert world.stages()[5] == "production"
    times = tag_times(world)
    assert len(set(times)) == len(times)


def test_times_do_not_run_away_from_the_clock(world: World) -> None:
    world.version(1)
    (at,) = tag_times(world)
    assert at == int(world.resolve("mower@1").created_at.timestamp())


def test_the_doctor_misses_every_tag_and_its_repair_brings_it_back(
    world: World, stopped: None
) -> None:
    for number in (1, 2):
        in_production(world, number)
    before = world.git("for-each-ref", "--format=%(refname) %(*objectname) %(taggerdate:unix)")
    names = world.git("tag", "--list").splitlines()
    assert {name.partition("#")[2].split("#")[0] for name in names} >= {
        *("staging", "staging!", "production", "production!")
    }
    for name in names:
        world.git("tag", "--delete", name)

        (finding,) = examine(world.registry())

        assert finding.where == name
        mend(world, finding)
        assert examine(world.registry()) == ()
    after = world.git("for-each-ref", "--format=%(refname) %(*objectname) %(taggerdate:unix)")
    assert after == before
    assert gto(world) == recorded(world, 2)


def test_the_doctor_sees_a_stage_tag_that_was_moved(world: World) -> None:
    world.version(1)
    world.raise_to("mower@1", "staging")
    (name,) = world.git("tag", "--list", "*#staging#*").splitlines()
    other = world.commit({"else.txt": "else"})
    world.git("tag", "-f", "-a", "-m", "moved", name, other)

    (finding,) = examine(world.registry())

    assert (finding.what.startswith("its tag was moved"), finding.where) == (True, name)
    mend(world, finding)
    assert examine(world.registry()) == ()


def test_versions_of_another_repository_have_their_tags_there(world: World) -> None:
    world.version(1)
    world.raise_to("mower@1", "staging")
    root = world.root
    world.root = world.folder / "elsewhere"
    world.make_project(POLICY + "# of another repository\n")
    assert [f for f in examine(world.registry()) if f.where != "Git"] == []
    world.version(2)
    assert examine(world.registry()) == ()
    world.root = root
    assert examine(world.registry()) == ()
