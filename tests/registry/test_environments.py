"""A production version for each environment that policy names, and a way back for each."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.approving import say_yes, wait
from support.gto import gto
from support.killable import KillableS3
from support.s3 import use
from support.world import World

from registry_tasks.entities.approval import Closing
from registry_tasks.entities.errors import (
    ApprovalClosed,
    CurrentMoved,
    EnvironmentNotNamed,
    GateFailed,
    InvalidPolicy,
    NothingToRollBack,
)
from registry_tasks.entities.policy_replay import Answer
from registry_tasks.entities.promotion import Promote, RollBack
from registry_tasks.registry.care.examine import examine
from registry_tasks.registry.lifecycle.check_policy import check_policy
from registry_tasks.registry.lifecycle.promote import promote
from registry_tasks.registry.lifecycle.replay_policy import replay_policy
from registry_tasks.registry.lifecycle.roll_back import roll_back

pytestmark = pytest.mark.slow
GATES = "stages: {production: [{gate: metric, metric: auc, at_least: 0.5}]}"
PEOPLE = "stages: {production: [{gate: approved}]}"
PLACES = ("default", "eu", "us")


def three_places(world: World) -> None:
    """Version 1, then 2, in production everywhere."""
    world.set_policy(f"environments: [eu, us]\n{GATES}\naliases: {{champion: production}}")
    for number in (1, 2):
        world.version(number)
        for place in PLACES:
            world.raise_to_in(place, f"mower@{number}", "staging", "production")


def holders(world: World) -> list[int]:
    names = ("production", "production-eu", "production-us")
    return [world.resolve(f"mower@{name}").number for name in names]


def back(world: World, place: str, **options: int) -> None:
    roll_back(world.registry(), RollBack(model="mower", environment=place, **options))


def test_each_environment_moves_by_itself(world: World) -> None:
    three_places(world)
    assert holders(world) == [2, 2, 2]
    back(world, "eu")
    assert holders(world) == [2, 1, 2]
    world.version(3)
    world.raise_to_in("us", "mower@3", "staging", "production")
    assert holders(world) == [2, 1, 3]
    assert world.resolve("mower@champion").number == 2  # follows the default one alone
    for place in PLACES:
        back(world, place)
    assert holders(world) == [1, 2, 2]
    assert world.resolve("mower@champion").number == 1


def test_each_is_compared_before_it_is_swapped(world: World) -> None:
    three_places(world)
    world.version(3)
    world.raise_to_in("eu", "mower@3", "staging")
    with pytest.raises(CurrentMoved, match="production-eu"):
        asked = Promote(ref="mower@3", to="production", environment="eu", expect_current=1)
        promote(world.registry(), asked)
    promote(world.registry(), asked.model_copy(update={"expect_current": 2}))
    with pytest.raises(CurrentMoved, match="production-eu"):
        back(world, "eu", expect_current=2)
    back(world, "eu", expect_current=3)
    assert holders(world) == [2, 2, 2]


def test_an_environment_that_policy_does_not_name_is_refused(world: World) -> None:
    world.set_policy(f"environments: [eu]\n{GATES}")
    world.version(1)
    before = world.kinds()
    with pytest.raises(EnvironmentNotNamed, match=r"no environment 'moon' \(it names eu\)"):
        world.raise_to_in("moon", "mower@1", "staging")
    assert world.kinds() == before
    world.raise_to("mower@1", "staging")
    world.set_policy(GATES)
    with pytest.raises(EnvironmentNotNamed, match="it names none"):
        world.raise_to_in("eu", "mower@1", "staging")


def test_an_environment_may_ask_for_more_than_the_others(world: World) -> None:
    more = "stages_in: {eu: {production: [{gate: metric, metric: auc, at_least: 0.99}]}}"
    world.set_policy(f"environments: [eu, us]\n{GATES}\n{more}")
    world.version(1)
    for place in PLACES:
        world.raise_to_in(place, "mower@1", "staging")
    world.raise_to_in("us", "mower@1", "production")
    world.raise_to("mower@1", "production")
    with pytest.raises(GateFailed, match="auc is 0.7"):
        world.raise_to_in("eu", "mower@1", "production")
    assert world.resolve("mower@1").stages["eu"] == "staging"
    alike = f"registry: {{models: {{mower: {{environments: [eu, us], {GATES}}}}}}}"
    last = replay_policy(world.registry(), "mower", alike).attempts[0]
    assert (last.then, last.now) == (Answer.STOPPED, Answer.PROMOTED)


def test_what_an_environment_asks_has_to_make_sense(world: World) -> None:
    for wrong, why in (
        ("us: {production: [{gate: described}]}", "stages_in.us: environments does not name it"),
        ("eu: {canary: [{gate: described}]}", "stages_in.eu.canary: stages does not name it"),
        ("eu: {production: [{gate: metric, metric: auc}]}", "stages_in.eu.production: gate metric"),
    ):
        world.set_policy(f"environments: [eu]\n{GATES}\nstages_in: {{{wrong}}}")
        (mistake,) = check_policy(world.registry()).mistakes
        assert mistake.reason.startswith(why)
    world.version(1)
    world.set_policy(f"environments: [eu]\n{GATES}\nstages_in: {{eu: {{production: []}}}}")
    (mistake,) = check_policy(world.registry()).mistakes
    assert mistake.reason.startswith("stages_in.eu.production has no gate")
    world.raise_to_in("eu", "mower@1", "staging")
    with pytest.raises(InvalidPolicy, match="production has no gate"):
        world.raise_to_in("eu", "mower@1", "production")


def test_the_way_back_stays_open_where_policy_names_an_environment_no_more(world: World) -> None:
    three_places(world)
    world.set_policy(GATES)
    back(world, "eu")
    assert holders(world) == [2, 1, 2]


def test_what_waits_for_an_environment_that_goes_is_void(world: World) -> None:
    world.set_policy(f"environments: [eu]\n{PEOPLE}")
    world.version(1)
    world.raise_to_in("eu", "mower@1", "staging")
    asked = wait(world, environment="eu")
    assert asked.place == "production-eu"
    world.set_policy(PEOPLE)
    with pytest.raises(ApprovalClosed, match="names no environment 'eu'"):
        say_yes(world, asked)


def test_people_approve_of_one_environment(world: World) -> None:
    world.set_policy(f"environments: [eu]\n{PEOPLE}")
    world.version(1)
    world.raise_to("mower@1", "staging")
    world.raise_to_in("eu", "mower@1", "staging")
    here, there = wait(world), wait(world, environment="eu")
    assert say_yes(world, there).outcome is Closing.PROMOTED
    assert world.resolve("mower@production-eu").number == 1
    assert world.stages() == {1: "staging"}
    assert say_yes(world, here).outcome is Closing.PROMOTED


def test_gto_knows_them_too(sqlite_world: World) -> None:
    three_places(sqlite_world)
    tags = sqlite_world.git("tag", "--list", "mower#production-eu#*").splitlines()
    assert len(tags) == 2
    assert "production-eu" in {stage for found in gto(sqlite_world).values() for stage in found}


def remote_folder_gone(world: World) -> Callable[[], None]:
    folder = world.settings.remote
    assert isinstance(folder, Path)
    away = folder.rename(folder.with_name("unmounted"))

    def bring_back() -> None:
        shutil.rmtree(folder, ignore_errors=True)
        away.rename(folder)

    return bring_back


def test_one_rolls_back_while_the_remote_is_not_mounted(world: World) -> None:
    three_places(world)
    bring_back = remote_folder_gone(world)
    for place in PLACES:
        back(world, place)
    assert holders(world) == [1, 1, 1]
    bring_back()
    assert examine(world.registry()) == ()


@pytest.fixture
def s3(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[KillableS3]:
    made = KillableS3(tmp_path / "s3")
    use(monkeypatch, made.server.environment())
    made.start()
    yield made
    made.kill()


def test_one_rolls_back_while_the_object_store_is_down(sqlite_world: World, s3: KillableS3) -> None:
    world = sqlite_world
    world.remote = s3.server.make_bucket()
    three_places(world)
    s3.kill()
    for place in PLACES:
        back(world, place)
    assert holders(world) == [1, 1, 1]
    s3.start()
    assert examine(world.registry()) == ()


def test_there_is_no_way_back_from_nowhere(world: World) -> None:
    world.set_policy(f"environments: [eu]\n{GATES}")
    world.version(1)
    world.raise_to("mower@1", "staging", "production")
    with pytest.raises(NothingToRollBack, match="production-eu"):
        back(world, "eu")
