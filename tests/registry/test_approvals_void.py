"""What was shown has to hold until it is decided: whatever changes voids the request, and says so."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from support.approving import acting, all_of, ask_people, now, say_no, say_yes, wait, waiting
from support.replay import replay
from support.world import World

from registry_tasks.entities.annotation import Describe
from registry_tasks.entities.approval import Approval, Closing
from registry_tasks.entities.errors import ApprovalClosed, NotAProject, PolicyBehind
from registry_tasks.entities.event import EventKind as K
from registry_tasks.entities.policy import Approved
from registry_tasks.entities.promotion import Archive, Promote
from registry_tasks.entities.reference import Reference
from registry_tasks.entities.reproduction import Verdict
from registry_tasks.registry.care.sync import sync
from registry_tasks.registry.catalogue.describe import describe
from registry_tasks.registry.lifecycle.approvals import show_approval
from registry_tasks.registry.lifecycle.archive import archive
from registry_tasks.registry.lifecycle.carry_on import carry_on, settle
from registry_tasks.registry.lifecycle.promote import promote
from registry_tasks.registry.lifecycle.requesting import open_request
from registry_tasks.registry.lifecycle.weighing import weigh
from registry_tasks.registry.policies import policy_of
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.metadata.lookup import get_version
from registry_tasks.stores.metadata.query import through

pytestmark = pytest.mark.slow

OTHERS = ", {gate: described, characters: 5}, {gate: reproduced, verdicts: [identical, equivalent]}"


def challenger(world: World) -> Approval:
    """Version 1 in production, version 2 waits to take its place, and all gates hold."""
    ask_people(world)
    say_yes(world, waiting(world, 1))
    ask_people(world, more=OTHERS)
    version = world.version(2)
    world.raise_to("mower@2", "staging")
    describe(world.registry(), Describe(ref="mower@2", text="five words of plain text"))
    world.reproduced(version, Verdict.IDENTICAL)
    world.compare(version, world.resolve("mower@1"), low=0.01)
    return wait(world, 2)


def nobody_in_production(world: World) -> None:
    promote(world.registry(), Promote(ref="mower@1", to="experiment"))


def another_policy(world: World) -> None:
    ask_people(world, "gate: approved, people: 2", more=OTHERS)


def nobody_is_asked(world: World) -> None:
    world.set_policy("stages: {production: [{gate: metric, metric: auc, at_least: 0.5}]}")


def out_of_staging(world: World) -> None:
    promote(world.registry(), Promote(ref="mower@2", to="experiment"))


def out_of_sight(world: World) -> None:
    out_of_staging(world)
    archive(world.registry(), Archive(ref="mower@2"))


def another_description(world: World) -> None:
    describe(world.registry(), Describe(ref="mower@2", text="fewer words"))


def another_verdict(world: World) -> None:
    world.reproduced(world.resolve("mower@2"), Verdict.EQUIVALENT)


def another_comparison(world: World) -> None:
    world.compare(world.resolve("mower@2"), world.resolve("mower@1"), low=0.02)


CHANGES: dict[str, Callable[[World], None]] = {
    "production is nobody now, it was mower@1": nobody_in_production,
    "another policy decides now": another_policy,
    "policy decides now, the one of commit": nobody_is_asked,
    "mower@2 cannot go from experiment to production": out_of_staging,
    "mower@2 cannot go from archived to production": out_of_sight,
    "gate described: passed, its description has 11 characters; it was": another_description,
    "gate reproduced: passed, last reproduction: equivalent": another_verdict,
    "it was compared with production anew": another_comparison,
}


@pytest.mark.parametrize("why", CHANGES)
def test_what_changes_afterwards_voids_it_and_says_so(sqlite_world: World, why: str) -> None:
    world = sqlite_world
    asked = challenger(world)
    CHANGES[why](world)
    before = world.stages()

    record = show_approval(acting(world, "grace"), asked.uuid)
    assert (record.holds, record.approval) == (False, asked)
    assert any(why in reason for reason in record.why)
    with pytest.raises(ApprovalClosed, match="was voided") as caught:
        say_yes(world, asked)

    assert why in caught.value.because
    closed = now(world, asked)
    assert (closed.outcome, closed.because) == (Closing.VOIDED, caught.value.because)
    assert (closed.closed_by, closed.decisions) == ("grace", ())
    assert world.stages() == before == replay(world.history())
    told = world.history()[-1]
    assert (told.kind, told.version) == (K.APPROVAL_CLOSED, 2)
    assert told.after == {"uuid": asked.uuid, "outcome": "voided", "because": closed.because}


@pytest.mark.parametrize("why", CHANGES)
def test_sync_voids_it_as_well(sqlite_world: World, why: str) -> None:
    asked = challenger(sqlite_world)
    CHANGES[why](sqlite_world)

    (closed,) = sync(sqlite_world.registry()).closed

    assert (closed.uuid, closed.outcome) == (asked.uuid, Closing.VOIDED)
    assert sync(sqlite_world.registry()).closed == ()


def test_what_was_approved_half_is_void_too(world: World) -> None:
    ask_people(world, "gate: approved, people: 2")
    say_yes(world, asked := waiting(world), "grace")
    ask_people(world, "gate: approved, people: 2", more=OTHERS)

    with pytest.raises(ApprovalClosed, match="another policy"):
        say_yes(world, asked, "linus")

    assert now(world, asked).approved_by == ("grace",)
    assert world.stages() == {1: "staging"}


def test_what_leaves_the_policy_as_it_is_voids_nothing(world: World) -> None:
    ask_people(world)
    asked = waiting(world)
    world.commit({"README.md": "about mowing\n"})
    world.version(2)
    describe(world.registry(), Describe(ref="mower@1", text="no gate reads it"))

    assert show_approval(world.registry(), asked.uuid).holds is True
    assert say_yes(world, asked).outcome is Closing.PROMOTED


def test_asking_again_after_a_change_is_another_request(world: World) -> None:
    ask_people(world)
    first = waiting(world)
    ask_people(world, "gate: approved, people: 2")

    second = wait(world)

    assert (second.people, second.uuid == first.uuid) == (2, False)
    assert now(world, first).outcome is Closing.VOIDED
    assert world.kinds()[-2:] == [K.APPROVAL_CLOSED, K.APPROVAL_REQUESTED]
    nobody_is_asked(world)
    promote(world.registry(), Promote(ref="mower@1", to="production"))
    assert now(world, second).outcome is Closing.VOIDED
    assert world.stages() == {1: "production"}


def ask_long_ago(world: World, days: int = 15) -> Approval:
    """Ask as ``promote`` did so many days ago."""
    ask_people(world)
    world.version(1)
    world.raise_to("mower@1", "staging")
    registry = world.registry()
    with registry.metadata.writing("ada") as tx:
        tx.at -= timedelta(days=days)
        candidate = get_version(through(tx.connection), Reference.parse("mower@1"))
        request = Promote(ref="mower@1", to="production")
        case = weigh(tx.connection, candidate, request, policy_of(registry, "mower"), tx.at)
        made = open_request(tx, case, case.people or Approved())
        tx.commit()
    return made


@pytest.mark.parametrize("decide", [say_yes, say_no])
def test_nobody_decides_after_it_expired(
    world: World, decide: Callable[[World, Approval], Approval]
) -> None:
    asked = ask_long_ago(world)
    assert show_approval(world.registry(), asked.uuid).why == ("nobody decided in time",)

    with pytest.raises(ApprovalClosed, match="was expired: nobody decided in time"):
        decide(world, asked)

    closed = now(world, asked)
    assert (closed.outcome, closed.decisions) == (Closing.EXPIRED, ())
    assert world.stages() == {1: "staging"}


def test_sync_closes_what_expired_and_asking_again_begins_anew(world: World) -> None:
    asked = ask_long_ago(world)
    (closed,) = carry_on(world.registry())
    assert (closed.uuid, closed.outcome) == (asked.uuid, Closing.EXPIRED)

    again = wait(world)
    assert [each.outcome for each in all_of(world)] == [None, Closing.EXPIRED]
    assert say_yes(world, again).outcome is Closing.PROMOTED


def test_a_checkout_that_is_behind_decides_nothing(sqlite_world: World) -> None:
    world = sqlite_world
    ask_people(world, "gate: approved, people: 2")
    older = world.git("rev-parse", "HEAD")
    ask_people(world)
    asked = waiting(world)
    newer = world.git("rev-parse", "HEAD")
    world.git("checkout", "--quiet", "--detach", older)

    with pytest.raises(PolicyBehind, match=newer[:12]):
        say_yes(world, asked)
    record = show_approval(world.registry(), asked.uuid)
    assert record.holds is None
    assert carry_on(world.registry()) == ()

    world.git("checkout", "--quiet", "main")
    assert say_yes(world, asked).outcome is Closing.PROMOTED


def test_without_a_checkout_nobody_knows_the_policy(sqlite_world: World) -> None:
    world = sqlite_world
    ask_people(world)
    asked = waiting(world)
    away = Registry(replace(world.settings, project=None, actor="grace"))

    with pytest.raises(NotAProject):
        settle(away, asked.uuid)
    assert carry_on(away) == ()
    record = show_approval(away, asked.uuid)
    assert (record.holds, record.barred) == (None, record.why[0])
    away.close()
    assert now(world, asked) == asked
