"""What another policy would have said of past promotions, from what was known at their time."""

import pytest
from support.approving import ask_people, say_yes, wait
from support.world import World

from registry_tasks.entities.annotation import Describe
from registry_tasks.entities.errors import (
    CommitNotFound,
    GateFailed,
    InvalidCursor,
    InvalidPolicy,
    InvalidSetting,
    ModelNotFound,
)
from registry_tasks.entities.policy_replay import Answer, PolicyReplay, ReplayedAttempt
from registry_tasks.entities.promotion import RollBack
from registry_tasks.entities.rebuilding import Rebuild
from registry_tasks.entities.reproduction import Verdict
from registry_tasks.registry.catalogue.describe import describe
from registry_tasks.registry.ledger.rebuild import rebuild
from registry_tasks.registry.lifecycle.replay_policy import replay_policy, show_policy
from registry_tasks.registry.lifecycle.roll_back import roll_back

pytestmark = pytest.mark.slow
BETTER = "evaluation: {metric: auc, higher_is_better: true}"


def under(world: World, gates: str, more: str = "") -> PolicyReplay:
    """Replay with other gates before production."""
    text = f"registry: {{models: {{mower: {{stages: {{production: [{gates}]}}{more}}}}}}}"
    return replay_policy(world.registry(), "mower", text)


def production(found: PolicyReplay) -> dict[str, ReplayedAttempt]:
    """Version -> its newest attempt to enter production."""
    entering = [one for one in found.attempts if one.target == "production"]
    return {one.version: one for one in reversed(entering)}


def answers(found: PolicyReplay) -> dict[str, tuple[Answer, Answer]]:
    return {ref: (one.then, one.now) for ref, one in production(found).items()}


def two_in_turn(world: World) -> None:
    """Version 1 and then 2 enter production, 3 is refused."""
    for number, auc in ((1, 0.7), (2, 0.8), (3, 0.4)):
        world.version(number, metrics={"auc": auc})
        world.raise_to(f"mower@{number}", "staging")
        if number < 3:
            world.raise_to(f"mower@{number}", "production")
    with pytest.raises(GateFailed):
        world.raise_to("mower@3", "production")


def test_a_higher_bound_stops_and_a_lower_one_lets_through(world: World) -> None:
    two_in_turn(world)
    higher = under(world, "{gate: metric, metric: auc, at_least: 0.75}")
    assert answers(higher) == {
        "mower@1": (Answer.PROMOTED, Answer.STOPPED),
        "mower@2": (Answer.PROMOTED, Answer.PROMOTED),
        "mower@3": (Answer.STOPPED, Answer.STOPPED),
    }
    assert "auc is 0.7" in production(higher)["mower@1"].gates[0].reason
    lower = under(world, "{gate: metric, metric: auc, at_least: 0.3}")
    assert answers(lower)["mower@3"] == (Answer.STOPPED, Answer.PROMOTED)
    assert [one.version for one in lower.attempts if one.differs] == ["mower@3"]


def test_the_policy_that_decides_changes_nothing(world: World) -> None:
    two_in_turn(world)
    found = replay_policy(world.registry(), "mower")
    assert not any(one.differs for one in found.attempts)
    assert {one.now for one in found.attempts} == {Answer.PROMOTED, Answer.STOPPED}
    assert found.commit == world.git("rev-parse", "HEAD")
    assert len(found.attempts) == 6
    assert not found.more
    page = replay_policy(world.registry(), "mower", limit=4)
    assert page.more
    rest = replay_policy(world.registry(), "mower", cursor=page.next, limit=4)
    assert page.attempts + rest.attempts == found.attempts
    assert (rest.more, rest.next) == (False, None)
    with pytest.raises(InvalidCursor):
        replay_policy(world.registry(), "mower", cursor="mower@1")


def test_a_commit_has_a_policy_as_well(world: World) -> None:
    two_in_turn(world)
    strict = world.commit(
        {
            "params.yaml": "registry: {models: {mower: {stages: {production: [{gate: metric, "
            "metric: auc, at_least: 0.75}]}}}}"
        }
    )
    world.git("revert", "--no-edit", "HEAD")
    found = replay_policy(world.registry(), "mower", commit=strict[:10])
    assert found.commit == strict
    assert answers(found)["mower@1"] == (Answer.PROMOTED, Answer.STOPPED)
    with pytest.raises(CommitNotFound):
        replay_policy(world.registry(), "mower", commit="0" * 40)
    with pytest.raises(InvalidSetting):
        replay_policy(world.registry(), "mower", "x: 1", strict)


def test_a_description_a_grade_and_a_verdict_count_as_they_were_then(world: World) -> None:
    world.version(1)
    describe(world.registry(), Describe(ref="mower@1", text="mows"))
    world.raise_to("mower@1", "staging", "production")
    describe(world.registry(), Describe(ref="mower@1", text=""))
    second = world.version(2)
    world.raise_to("mower@2", "staging", "production")
    describe(world.registry(), Describe(ref="mower@2", text="said too late"))
    world.reproduced(second, Verdict.IDENTICAL)

    described = answers(under(world, "{gate: described}"))
    assert described["mower@1"][1] is Answer.PROMOTED
    assert described["mower@2"][1] is Answer.STOPPED
    assert answers(under(world, "{gate: reproduced}"))["mower@2"][1] is Answer.STOPPED


def test_who_was_in_production_then_decides_what_it_is_compared_with(world: World) -> None:
    first = world.version(1)
    world.raise_to("mower@1", "staging", "production")
    second = world.version(2)
    world.compare(second, first, low=0.1)
    world.raise_to("mower@2", "staging", "production")
    roll_back(world.registry(), RollBack(model="mower"))
    third = world.version(3)
    world.compare(third, first, low=-0.1)
    world.raise_to("mower@3", "staging", "production")
    world.compare(third, second, low=0.5)

    found = under(world, "{gate: better-than-production}", f", {BETTER}")
    assert {ref: now for ref, (_, now) in answers(found).items()} == {
        "mower@1": Answer.PROMOTED,
        "mower@2": Answer.PROMOTED,
        "mower@3": Answer.STOPPED,
    }


def test_what_nobody_measured_is_unknown_and_not_guessed(world: World) -> None:
    world.version(1)
    world.raise_to("mower@1", "staging", "production")
    world.version(2)
    world.raise_to("mower@2", "staging", "production")

    compared = under(
        world,
        "{gate: better-than-production}, {gate: approved}",
        ", evaluation: {metric: rmse, higher_is_better: false}",
    )
    second = production(compared)["mower@2"]
    assert (second.now, [gate.outcome for gate in second.gates]) == ("unknown", ["unknown"] * 2)
    assert "nobody had compared it with mower@1 in this way" in second.gates[0].reason
    assert "whether 1 would have is not known" in second.gates[1].reason
    assert not second.differs
    also = under(world, "{gate: approved}, {gate: metric, metric: auc, at_least: 0.9}")
    assert answers(also)["mower@2"][1] is Answer.STOPPED  # whoever approves


def test_who_approved_is_known(world: World) -> None:
    ask_people(world)
    world.version(1)
    world.raise_to("mower@1", "staging")
    say_yes(world, wait(world))

    attempts = under(world, "{gate: approved}").attempts
    assert [(one.then, one.now) for one in attempts[:2]] == [
        (Answer.PROMOTED, Answer.PROMOTED),
        (Answer.WAITED, Answer.UNKNOWN),
    ]
    assert under(world, "{gate: approved, people: 2}").attempts[0].now is Answer.UNKNOWN
    nobody = under(world, "{gate: metric, metric: auc, at_least: 0.5}").attempts[1]
    assert (nobody.then, nobody.now) == (Answer.WAITED, Answer.PROMOTED)


def test_how_long_it_soaked_is_known(world: World) -> None:
    world.version(1)
    world.raise_to("mower@1", "staging", "production")
    assert answers(under(world, "{gate: soaked, hours: 1}"))["mower@1"][1] is Answer.STOPPED
    short = under(world, "{gate: soaked, hours: 0.000001}")
    assert answers(short)["mower@1"][1] is Answer.PROMOTED


def test_stages_and_environments_that_a_policy_lacks_stop_too(world: World) -> None:
    world.set_policy(
        "environments: [eu]\n"
        "stages: {production: [{gate: metric, metric: auc, at_least: 0.5}], guarded: []}"
    )
    world.version(1)
    world.raise_to("mower@1", "staging", "guarded")
    world.raise_to_in("eu", "mower@1", "staging")
    found = under(world, "{gate: metric, metric: auc, at_least: 0.5}")
    told = {(one.target, one.environment): one for one in found.attempts}
    assert told["guarded", "default"].now is Answer.STOPPED
    assert told["staging", "eu"].now is Answer.STOPPED
    assert "names no environment 'eu'" in told["staging", "eu"].gates[0].reason
    assert told["staging", "default"].now is Answer.PROMOTED


def test_texts_that_a_rebuilt_store_has_lost_are_not_guessed(sqlite_world: World) -> None:
    world = sqlite_world
    world.version(1)
    describe(world.registry(), Describe(ref="mower@1", text="mows"))
    world.raise_to("mower@1", "staging", "production")
    world.close()
    (world.state / "registry.db").unlink()
    rebuild(world.registry(), Rebuild())

    found = production(under(world, "{gate: described}"))["mower@1"]
    assert (found.then, found.now) == (Answer.PROMOTED, Answer.UNKNOWN)
    assert "keeps no texts" in found.gates[0].reason
    known = under(world, "{gate: metric, metric: auc, at_least: 0.9}")
    assert answers(known)["mower@1"][1] is Answer.STOPPED


def test_a_policy_that_cannot_be_is_refused(world: World) -> None:
    world.version(1)
    with pytest.raises(InvalidPolicy):
        under(world, "{gate: metric, metric: auc}")
    with pytest.raises(ModelNotFound):
        replay_policy(world.registry(), "moon")


def test_the_policy_that_judged_a_version_is_shown(world: World) -> None:
    two_in_turn(world)
    then = world.git("rev-parse", "HEAD")
    world.set_policy("stages: {production: [{gate: described}]}")

    of_version = show_policy(world.registry(), "mower@2")
    assert of_version.judging is not None
    assert (of_version.subject, of_version.target) == ("mower@2", "production")
    assert of_version.judging.commit == then
    of_model = show_policy(world.registry(), "mower")
    assert of_model.judging is not None
    assert of_model.judging.commit == world.git("rev-parse", "HEAD")
    world.version(4)
    assert show_policy(world.registry(), "mower@4").judging is None
