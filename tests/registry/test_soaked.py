"""Soaking: so long in a stage, undisturbed, before the next one; by the times of the events."""

from datetime import UTC, datetime, timedelta

import pytest
from support.approving import say_yes, wait
from support.stories import FOUND
from support.world import World

from registry_tasks.entities.approval import Closing
from registry_tasks.entities.errors import GateFailed
from registry_tasks.entities.gate import Stay
from registry_tasks.entities.policy import Overlapping, Policy, Retention, RetrainingPolicy, Soaked
from registry_tasks.entities.reproduction import Verdict
from registry_tasks.registry.care.drill import keep_drill
from registry_tasks.registry.lifecycle.weighing import policy_digest
from registry_tasks.rules.gates import Facts, judge

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def found(stay: Stay | None, at: datetime = NOON) -> tuple[str, str]:
    facts = Facts(
        ref="mower@1", metrics={}, signature=None, description="", grade="F", grade_reasons=(),
        verdicts=(), incumbent=None, comparison=None, stays={"staging": stay}, at=at,
    )  # fmt: skip
    (result,) = judge((Soaked(hours=24),), facts)
    return str(result.outcome), result.reason


def since(hours: float, until: datetime | None = None, spoiled: str | None = None) -> Stay:
    return Stay(since=NOON - timedelta(hours=hours), until=until, spoiled=spoiled)


@pytest.mark.parametrize(
    ("stay", "outcome", "reason"),
    [
        (None, "failed", "it never was in staging"),
        (since(23.99), "failed", "long enough at 2026-03-02 12:00 UTC"),
        (since(24), "passed", "in staging since 2026-03-01 12:00 UTC"),
        (since(30, until=NOON - timedelta(hours=5)), "passed", "until 2026-03-02 07:00 UTC"),
        (since(30, until=NOON - timedelta(hours=7)), "failed", "until 2026-03-02 05:00 UTC"),
        (since(30, spoiled="a rebuild came out different"), "failed", "let it enter anew"),
    ],
)
def test_a_stay_is_long_enough_or_not(stay: Stay | None, outcome: str, reason: str) -> None:
    told = found(stay)
    assert told[0] == outcome
    assert reason in told[1]


def test_what_it_says_stays_the_same_while_it_goes_on() -> None:
    assert found(since(30)) == found(since(30), NOON + timedelta(days=3))


def gate(world: World, hours: str, more: str = "") -> None:
    world.set_policy(f"stages: {{production: [{{gate: soaked, hours: {hours}}}{more}]}}")


def test_who_comes_too_early_is_refused_and_told_when(world: World) -> None:
    gate(world, "1")
    world.version(1)
    world.raise_to("mower@1", "staging")
    with pytest.raises(GateFailed, match="soaked in staging.*long enough at"):
        world.raise_to("mower@1", "production")
    gate(world, "1.0e-6")
    world.raise_to("mower@1", "production")
    assert world.stages() == {1: "production"}


def test_a_rebuild_that_came_out_different_spoils_it_until_it_enters_anew(world: World) -> None:
    gate(world, "1.0e-6")
    version = world.version(1)
    world.raise_to("mower@1", "staging")
    world.reproduced(version, Verdict.DIFFERENT)
    with pytest.raises(GateFailed, match="a rebuild at .* came out different"):
        world.raise_to("mower@1", "production")
    world.raise_to("mower@1", "experiment", "staging", "production")
    assert world.stages() == {1: "production"}


def test_a_drill_that_failed_spoils_it(world: World) -> None:
    gate(world, "1.0e-6")
    world.version(1)
    world.raise_to("mower@1", "staging")
    keep_drill(world.registry(), "mower@1", FOUND)
    with pytest.raises(GateFailed, match=r"a drill at .* failed: .+"):
        world.raise_to("mower@1", "production")


def test_people_are_asked_when_it_is_long_enough_and_time_going_by_voids_nothing(
    world: World,
) -> None:
    gate(world, "1.0e-6", ", {gate: approved}")
    world.version(1)
    world.raise_to("mower@1", "staging")
    assert say_yes(world, wait(world)).outcome is Closing.PROMOTED


def test_each_environment_has_a_stay_of_its_own(world: World) -> None:
    world.set_policy("environments: [eu]\nstages: {production: [{gate: soaked, hours: 1.0e-6}]}")
    world.version(1)
    world.raise_to("mower@1", "staging", "production")
    world.raise_to_in("eu", "mower@1", "staging", "production")
    assert world.resolve("mower@production-eu").number == 1


def test_the_digest_of_a_policy_that_uses_nothing_new_is_what_older_releases_had() -> None:
    assert policy_digest(Policy()) == (
        "f61eb374080d8686973fa9600c09b7cd118d5fd0e4e31327ac582dd7418dd188"
    )
    for new in (
        Policy(environments=("eu",)),
        Policy(retention=Retention(keep_days=7)),
        Policy(retraining=RetrainingPolicy(overlapping=Overlapping.END)),
    ):
        assert policy_digest(new) != policy_digest(Policy())
