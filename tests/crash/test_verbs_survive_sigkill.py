"""A SIGKILL at every write of a verb, then a retry: one effect, nothing half done."""

import os

import pytest
from support.world import World

from registry_tasks.entities.event import EventKind
from registry_tasks.entities.promotion import Archive, Promote, Restore, RollBack
from registry_tasks.entities.registration import RegisterFile, RegisterRun
from registry_tasks.registry.archive import archive, archive_by_policy, restore
from registry_tasks.registry.examine import examine
from registry_tasks.registry.promote import promote
from registry_tasks.registry.register import register
from registry_tasks.registry.register_file import register_file
from registry_tasks.registry.roll_back import roll_back

from .conftest import Survive, check_all_is_well, check_git_works, tidy

pytestmark = pytest.mark.slow


def test_register_makes_one_version(sqlite_world: World, survive: Survive) -> None:
    world = sqlite_world
    world.version(1)
    request = RegisterRun(run=world.finished_run(content=b"2", parameters={"trees": 2}))

    def retry() -> None:
        made = register(world.registry(), request)
        assert (made.version.number, made.created) == (2, True)
        assert made.version.semantic_version == "v1.1.0"
        assert list(world.stages()) == [1, 2]
        assert world.kinds().count(EventKind.VERSION_REGISTERED) == 2
        assert world.git("tag", "--list", "mower@*").split() == ["mower@v1.0.0", "mower@v1.1.0"]
        check_all_is_well(world)

    assert survive(world, lambda: register(world.registry(), request), retry) > 10


def test_the_first_register_of_all_makes_the_store(sqlite_world: World, survive: Survive) -> None:
    world = sqlite_world
    for file in world.state.iterdir():
        file.unlink()
    (world.folder / "model.bin").write_bytes(b"a model")
    request = RegisterFile(model="mower", path=str(world.folder / "model.bin"))

    def retry() -> None:
        made = register_file(world.registry(), request)
        assert made.version.number == 1
        assert list(world.stages()) == [1]
        tidy(world)
        check_all_is_well(world)

    assert survive(world, lambda: register_file(world.registry(), request), retry) > 10


def test_promote_has_one_effect(sqlite_world: World, survive: Survive) -> None:
    world = sqlite_world
    one, two = world.version(1), world.version(2)
    world.raise_to(one.ref, "staging", "production")
    world.raise_to(two.ref, "staging")
    request = Promote(ref=two.ref, to="production", reason="better")

    def retry() -> None:
        holder = world.resolve("mower@production")  # at every instant somebody is in production
        assert holder == world.resolve("mower@champion")
        promote(world.registry(), request)
        assert world.stages() == {1: "experiment", 2: "production"}
        assert world.resolve("mower@champion").number == 2
        assert world.kinds().count(EventKind.VERSION_PROMOTED) == 4
        assert len(world.git("tag", "--list", "mower#production#*").split()) == 2
        check_all_is_well(world)

    assert survive(world, lambda: promote(world.registry(), request), retry) > 10


def test_a_roll_back_has_one_effect(sqlite_world: World, survive: Survive) -> None:
    world = sqlite_world
    world.version(1)
    world.version(2)
    world.raise_to("mower@1", "staging", "production")
    world.raise_to("mower@2", "staging", "production")
    request = RollBack(model="mower", expect_current=2)

    def retry() -> None:
        if world.resolve("mower@production").number == 2:  # what --expect-current is for
            roll_back(world.registry(), request)
        tidy(world)
        assert world.stages() == {1: "production", 2: "experiment"}
        assert world.kinds().count(EventKind.VERSION_ROLLED_BACK) == 1
        check_all_is_well(world)

    assert survive(world, lambda: roll_back(world.registry(), request), retry) > 10


def test_archive_has_one_effect(sqlite_world: World, survive: Survive) -> None:
    world = sqlite_world
    world.version(1)
    request = Archive(ref="mower@1", reason="old")

    def retry() -> None:
        archive(world.registry(), request)
        assert world.stages() == {1: "archived"}
        assert world.kinds().count(EventKind.VERSION_ARCHIVED) == 1
        check_all_is_well(world)

    assert survive(world, lambda: archive(world.registry(), request), retry) > 10


def test_archiving_by_policy_takes_all_or_none(sqlite_world: World, survive: Survive) -> None:
    world = sqlite_world
    world.set_policy(
        "stages: {production: [{gate: metric, metric: auc, at_least: 0.5}]}\n"
        "retention: {keep_superseded: 0, keep_stale: 0}"
    )
    for number in (1, 2, 3):
        world.version(number)
    world.raise_to("mower@3", "staging")

    def retry() -> None:
        assert list(world.stages().values()).count("archived") in (0, 2)
        archive_by_policy(world.registry(), "mower")
        assert world.stages() == {1: "archived", 2: "archived", 3: "staging"}
        assert world.kinds().count(EventKind.VERSION_ARCHIVED) == 2
        check_all_is_well(world)

    assert survive(world, lambda: archive_by_policy(world.registry(), "mower"), retry) > 10


def test_restore_has_one_effect(sqlite_world: World, survive: Survive) -> None:
    world = sqlite_world
    world.version(1)
    archive(world.registry(), Archive(ref="mower@1"))
    request = Restore(ref="mower@1")

    def retry() -> None:
        if world.stages() == {1: "archived"}:
            restore(world.registry(), request)
        tidy(world)
        assert world.stages() == {1: "experiment"}
        assert world.kinds().count(EventKind.VERSION_RESTORED) == 1
        check_all_is_well(world)

    assert survive(world, lambda: restore(world.registry(), request), retry) > 10


def test_a_file_is_registered_once(sqlite_world: World, survive: Survive) -> None:
    world = sqlite_world
    (world.folder / "model.bin").write_bytes(os.urandom(3_000_000))
    request = RegisterFile(model="mower", path=str(world.folder / "model.bin"))

    def retry() -> None:
        assert register_file(world.registry(), request).version.number == 1
        assert list(world.stages()) == [1]
        tidy(world)
        assert examine(world.registry()) == ()
        check_git_works(world)

    assert survive(world, lambda: register_file(world.registry(), request), retry) > 10
