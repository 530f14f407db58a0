"""Rolling back, archiving, restoring: what is in use is never taken away."""

from dataclasses import replace

import pytest
from support.replay import replay
from support.world import World

from registry_tasks.entities.annotation import PointAlias
from registry_tasks.entities.errors import (
    CurrentMoved,
    InUse,
    ModelNotFound,
    NothingToRollBack,
    Refused,
)
from registry_tasks.entities.promotion import Archive, ArchiveByPolicy, Promote, Restore, RollBack
from registry_tasks.registry.lifecycle.archive import (
    archive,
    archive_by_policy,
    plan_archive,
    restore,
)
from registry_tasks.registry.lifecycle.point_alias import point_alias
from registry_tasks.registry.lifecycle.promote import promote
from registry_tasks.registry.lifecycle.roll_back import roll_back
from registry_tasks.registry.registry import Registry

pytestmark = pytest.mark.slow

BACK = RollBack(model="mower")


@pytest.fixture
def second(world: World) -> World:
    """Version 2 in production, version 1 before it."""
    for number in (1, 2):
        world.version(number)
        world.raise_to(f"mower@{number}", "staging", "production")
    return world


def test_rolling_back_swaps_with_the_one_before(second: World) -> None:
    for expected in (1, 2, 1):
        moved = roll_back(second.registry(), BACK)
        assert second.resolve("mower@production").number == expected
        assert moved.aliases == {"champion": f"mower@{expected}"}
    assert replay(second.history()) == second.stages()


def test_rolling_back_needs_no_gate(second: World) -> None:
    second.set_policy("stages: {production: [{gate: described, characters: 9999}]}")
    roll_back(second.registry(), BACK)
    assert second.resolve("mower@production").number == 1


@pytest.mark.parametrize("text", ["registry: [", "registry: {models: {mower: {gates: 1}}}"])
def test_neither_a_broken_policy_nor_a_lost_store_of_objects_bars_the_way_back(
    second: World, text: str
) -> None:
    second.commit({"params.yaml": text})
    (second.folder / "remote").rename(second.folder / "away")

    moved = roll_back(second.registry(), BACK)

    assert second.resolve("mower@production").number == 1
    assert moved.aliases == {"champion": "mower@1"}, "as the last policy that judged says"
    assert replay(second.history()) == second.stages()


def test_aliases_follow_the_way_back_where_no_checkout_is_at_hand(second: World) -> None:
    with Registry(replace(second.settings, project=None)) as away:
        assert roll_back(away, BACK).aliases == {"champion": "mower@1"}
    assert second.resolve("mower@champion").number == 1


def test_an_archived_version_can_be_rolled_back_to(second: World) -> None:
    archive(second.registry(), Archive(ref="mower@1"))
    roll_back(second.registry(), BACK)
    assert second.stages() == {1: "production", 2: "experiment"}


def test_what_is_rolled_back_to_elsewhere_is_archived_no_more(world: World) -> None:
    for number in (1, 2):
        world.version(number)
        for stage in ("staging", "production"):
            promote(world.registry(), Promote(ref=f"mower@{number}", to=stage, environment="eu"))
    archive(world.registry(), Archive(ref="mower@1"))
    roll_back(world.registry(), RollBack(model="mower", environment="eu"))
    back = world.resolve("mower@production-eu")
    assert (back.number, back.stages) == (1, {"default": "experiment", "eu": "production"})
    assert replay(world.history()) == world.stages()


def test_who_expects_another_production_rolls_nothing_back(second: World) -> None:
    with pytest.raises(CurrentMoved, match="production holds version 2, not version 1"):
        roll_back(second.registry(), RollBack(model="mower", expect_current=1))
    assert second.resolve("mower@production").number == 2


def test_there_is_nothing_before_the_first(world: World) -> None:
    world.version(1)
    with pytest.raises(NothingToRollBack, match="no earlier production version"):
        roll_back(world.registry(), BACK)
    world.raise_to("mower@1", "staging", "production")
    with pytest.raises(NothingToRollBack):
        roll_back(world.registry(), BACK)
    with pytest.raises(ModelNotFound):
        roll_back(world.registry(), RollBack(model="nobody"))
    assert world.stages() == {1: "production"}


def test_an_empty_production_gets_its_last_holder_back(world: World) -> None:
    world.version(1)
    world.raise_to("mower@1", "staging", "production", "experiment")
    roll_back(world.registry(), BACK)
    assert world.resolve("mower@production").number == 1


@pytest.mark.parametrize("stages", [("staging",), ("staging", "production")])
def test_what_is_in_a_held_stage_is_not_archived(world: World, stages: tuple[str, ...]) -> None:
    world.version(1)
    world.raise_to("mower@1", *stages)
    with pytest.raises(InUse, match=f"it is in {stages[-1]}"):
        archive(world.registry(), Archive(ref="mower@1"))


def test_what_an_alias_points_to_is_not_archived(world: World) -> None:
    world.version(1)
    point_alias(world.registry(), PointAlias(ref="mower@1", alias="hero"))
    with pytest.raises(InUse, match="alias 'hero' points to it"):
        archive(world.registry(), Archive(ref="mower@1"))


def test_production_elsewhere_is_in_use_too(world: World) -> None:
    world.version(1)
    for stage in ("staging", "production"):
        promote(world.registry(), Promote(ref="mower@1", to=stage, environment="eu"))
    with pytest.raises(InUse, match=r"it is in production \(eu\)"):
        archive(world.registry(), Archive(ref="mower@1"))


def test_an_archived_version_goes_nowhere_in_any_environment(world: World) -> None:
    world.version(1)
    archive(world.registry(), Archive(ref="mower@1"))
    for environment in ("default", "eu"):
        with pytest.raises(Refused):
            request = Promote(ref="mower@1", to="staging", environment=environment)
            promote(world.registry(), request)


def test_archiving_and_restoring_leave_bytes_and_record(world: World) -> None:
    before = world.version(1)
    archive(world.registry(), Archive(ref="mower@1", reason="old"))
    assert archive(world.registry(), Archive(ref="mower@1")).moves == ()
    archived = world.resolve("mower@1")
    assert archived.stage == "archived"
    assert archived.model_copy(update={"stages": before.stages}) == before
    restore(world.registry(), Restore(ref="mower@1"))
    assert world.resolve("mower@1") == before


def test_only_what_is_archived_can_be_restored(world: World) -> None:
    world.version(1)
    with pytest.raises(Refused):
        restore(world.registry(), Restore(ref="mower@1"))


def test_policy_archives_what_it_said_it_would(world: World) -> None:
    world.set_policy(
        "stages: {production: [{gate: metric, metric: auc, at_least: 0.5}]}\n"
        "retention: {keep_superseded: 1, keep_stale: 0}"
    )
    for number in range(1, 6):
        world.version(number)
    for number in (1, 2, 4):
        world.raise_to(f"mower@{number}", "staging", "production")

    plan = plan_archive(world.registry(), "mower")
    moved = archive_by_policy(world.registry(), ArchiveByPolicy(model="mower"))

    assert list(plan) == [move.ref for move in moved.moves] == ["mower@1", "mower@3"]
    assert world.stages() == {
        1: "archived", 2: "experiment", 3: "archived", 4: "production", 5: "experiment"
    }  # fmt: skip
    assert plan_archive(world.registry(), "mower") == {}
    with pytest.raises(ModelNotFound):
        archive_by_policy(world.registry(), ArchiveByPolicy(model="nobody"))
