"""Promotions that wait for people: who decides, about what, and what comes of it."""

from datetime import timedelta

import pytest
from support.approving import (
    acting,
    all_of,
    ask_people,
    now,
    say_no,
    say_yes,
    wait,
    waiting,
)
from support.replay import replay
from support.world import Recorded, World

from registry_tasks.entities.approval import Approve, Choice, Closing, Reject
from registry_tasks.entities.errors import (
    AlreadyDecided,
    ApprovalBarred,
    ApprovalClosed,
    ApprovalNotFound,
    AwaitingApproval,
    EvidenceDiffers,
    GateFailed,
    InvalidPolicy,
    InvalidSetting,
    KeyReused,
)
from registry_tasks.entities.event import EventKind as K
from registry_tasks.entities.logged_run import LogRun
from registry_tasks.entities.promotion import Promote
from registry_tasks.entities.registration import RegisterRun
from registry_tasks.registry.catalogue.register import register
from registry_tasks.registry.catalogue.show import show
from registry_tasks.registry.experiments.log_run import begin_run
from registry_tasks.registry.lifecycle.approvals import list_approvals, show_approval
from registry_tasks.registry.lifecycle.promote import promote

ZEROS = "0" * 64


def test_a_promotion_waits_until_somebody_else_approves(world: World) -> None:
    ask_people(world)
    asked = waiting(world, reason="better on rain")
    assert world.stages() == {1: "staging"}
    assert (asked.version, asked.place, asked.people) == ("mower@1", "production", 1)
    assert (asked.requested_by, asked.reason) == ("ada", "better on rain")
    assert asked.expires_at - asked.requested_at == timedelta(days=14)

    done = say_yes(world, asked, reason="looks right")

    assert done.outcome is Closing.PROMOTED
    (decision,) = done.decisions
    assert (decision.by, decision.choice, decision.reason) == (
        "grace",
        Choice.APPROVED,
        "looks right",
    )
    assert (decision.own_work, decision.role) == (False, None)
    assert world.stages() == replay(world.history()) == {1: "production"}
    assert world.resolve("mower@champion").number == 1
    told = {event.kind: event for event in world.history()}
    assert (told[K.APPROVAL_REQUESTED].actor, told[K.APPROVAL_DECIDED].actor) == ("ada", "grace")
    moved = told[K.VERSION_PROMOTED]
    assert moved.actor == "grace"  # whose decision completed it
    assert (moved.after["stage"], moved.reason) == ("production", "better on rain")
    assert told[K.APPROVAL_CLOSED].after == {
        "uuid": asked.uuid,
        "outcome": "promoted",
        "because": None,
    }
    attempt = show(world.registry(), "mower@1").attempts[0]
    assert (attempt.promoted, attempt.gates[0].reason) == (True, "grace approved")


def test_while_it_waits_the_version_stays_where_it_was(world: World) -> None:
    ask_people(world)
    world.version(1)
    world.raise_to("mower@1", "staging")
    before, tags = world.stages(), world.git("tag")

    with pytest.raises(AwaitingApproval) as caught:
        promote(world.registry(), Promote(ref="mower@1", to="production", reason="please"))

    assert f"registry approve {caught.value.approval}" in str(caught.value)
    assert (world.stages(), world.git("tag")) == (before, tags)
    attempt = show(world.registry(), "mower@1").attempts[0]
    assert (attempt.promoted, attempt.reason, attempt.by) == (False, "please", "ada")
    assert attempt.judged_by.commit == world.git("rev-parse", "HEAD")
    result = attempt.gates[0]
    assert (result.gate, result.outcome) == ("approved", "waiting")
    assert (result.measured, result.bound) == ("0", ">= 1 approvals")
    assert world.history()[-1].kind == K.APPROVAL_REQUESTED


def test_asking_again_while_it_waits_changes_nothing(world: World) -> None:
    ask_people(world)
    asked = waiting(world)
    before = world.history()

    assert wait(world, actor="bob") == asked
    assert wait(world, reason="please") == asked
    assert world.history() == before
    assert all_of(world) == (asked,)


def test_a_gate_that_says_no_is_no_request(world: World) -> None:
    ask_people(world, more=", {gate: described, characters: 5}")
    world.version(1)
    world.raise_to("mower@1", "staging")

    with pytest.raises(GateFailed) as caught:
        promote(world.registry(), Promote(ref="mower@1", to="production"))

    assert [gate for gate, _ in caught.value.failures] == ["described"]
    assert all_of(world) == ()


@pytest.mark.slow
def test_the_evidence_is_all_that_decides(world: World) -> None:
    ask_people(world)
    first = waiting(world, 1)
    say_yes(world, first)
    second = world.version(2, metrics={"auc": 0.8}, data={"data.csv": "4" * 32})
    world.raise_to("mower@2", "staging")
    world.compare(second, world.resolve("mower@1"), low=0.01)
    asked = wait(world, 2)

    record = show_approval(acting(world, "grace"), asked.uuid)

    shown = record.evidence
    assert (record.holds, record.why, record.barred) == (True, (), None)
    assert shown.digest() == asked.evidence_sha256
    assert (shown.candidate.ref, shown.candidate.sha256) == ("mower@2", second.sha256)
    assert (shown.candidate.metrics, shown.candidate.data) == ({"auc": 0.8}, {"data.csv": "4" * 32})
    assert shown.incumbent is not None
    assert (shown.incumbent.ref, shown.incumbent.metrics) == ("mower@1", {"auc": 0.7})
    assert shown.incumbent.data == {"data.csv": "2" * 32}
    assert shown.displaces == "mower@1"
    assert [gate.gate for gate in shown.gates] == ["metric auc"]
    assert shown.improvement is not None
    assert shown.improvement.bootstrap.low == 0.01
    assert shown.policy_commit == world.git("rev-parse", "HEAD")


@pytest.mark.parametrize("who", ["ada", "bob"])
def test_an_author_never_approves(world: World, who: str) -> None:
    ask_people(world)
    asked = waiting(world, actor="bob")  # registered by ada

    with pytest.raises(ApprovalBarred, match=f"{who} (started the run of|asked for) mower@1"):
        say_yes(world, asked, who)

    assert now(world, asked) == asked
    assert world.stages() == {1: "staging"}
    barred = show_approval(acting(world, who), asked.uuid).barred
    assert barred is not None
    assert who in barred


def test_who_trained_or_registered_it_does_not_approve_it(world: World) -> None:
    ask_people(world)
    begun = begin_run(acting(world, "tia"), LogRun(model="mower"))
    world.finish_run(begun.uuid, Recorded())
    register(acting(world, "rex"), RegisterRun(run=begun.uuid))
    world.raise_to("mower@1", "staging")
    asked = wait(world, actor="bob")

    for who, did in (("tia", "started the run of"), ("rex", "registered")):
        with pytest.raises(ApprovalBarred, match=f"{who} {did} mower@1"):
            say_yes(world, asked, who)
        assert f"{who} {did}" in str(show_approval(acting(world, who), asked.uuid).barred)

    assert now(world, asked) == asked
    assert say_yes(world, asked, "grace").outcome is Closing.PROMOTED


def test_an_author_may_take_it_back(world: World) -> None:
    ask_people(world)
    asked = waiting(world)

    done = say_no(world, asked, "ada")

    assert (done.outcome, done.decisions[0].own_work) == (Closing.REJECTED, True)


def test_without_accounts_policy_lets_authors_approve_and_it_shows(world: World) -> None:
    ask_people(world, "gate: approved, author_may_approve: true")
    asked = waiting(world)

    done = say_yes(world, asked, "ada")

    assert (done.outcome, done.decisions[0].own_work) == (Closing.PROMOTED, True)
    (decided,) = [event for event in world.history() if event.kind == K.APPROVAL_DECIDED]
    assert decided.after["own_work"] is True


def test_several_people_have_to_approve(world: World) -> None:
    ask_people(world, "gate: approved, people: 2")
    asked = waiting(world)

    one = say_yes(world, asked, "grace")
    assert (one.outcome, one.approved_by) == (None, ("grace",))
    assert say_yes(world, asked, "grace") == one  # the answer was lost
    assert world.stages() == {1: "staging"}
    two = say_yes(world, asked, "linus")

    assert (two.outcome, two.approved_by) == (Closing.PROMOTED, ("grace", "linus"))
    assert world.stages() == {1: "production"}
    assert world.kinds().count(K.APPROVAL_DECIDED) == 2
    (moved,) = [e for e in world.history() if e.kind == K.VERSION_PROMOTED and e.actor == "linus"]
    assert moved.after["stage"] == "production"


def test_one_no_is_enough(world: World) -> None:
    ask_people(world, "gate: approved, people: 2")
    asked = waiting(world)
    say_yes(world, asked, "grace")

    done = say_no(world, asked, "linus", reason="too slow")

    assert (done.outcome, done.because) == (Closing.REJECTED, "linus rejected it")
    assert [decision.reason for decision in done.decisions] == ["yes", "too slow"]
    assert say_no(world, asked, "linus") == done
    with pytest.raises(ApprovalClosed, match="was rejected: linus rejected it; ask anew"):
        say_yes(world, asked, "sofia")
    assert world.stages() == {1: "staging"}
    again = wait(world)
    assert again.uuid != asked.uuid


def test_a_person_decides_once(world: World) -> None:
    ask_people(world, "gate: approved, people: 2")
    asked = waiting(world)
    say_yes(world, asked, "grace")

    with pytest.raises(AlreadyDecided, match="grace approved request"):
        say_no(world, asked, "grace")

    assert now(world, asked).outcome is None


def test_one_decides_about_what_one_saw(world: World) -> None:
    ask_people(world)
    asked = waiting(world)

    other = asked.model_copy(update={"evidence_sha256": ZEROS})
    for decide in (say_yes, say_no):
        with pytest.raises(EvidenceDiffers, match="nothing was decided"):
            decide(world, other)

    assert now(world, asked) == asked


@pytest.mark.parametrize("decision", [Approve, Reject])
def test_a_decision_has_a_reason(sqlite_world: World, decision: type[Approve | Reject]) -> None:
    with pytest.raises(InvalidSetting, match="reason"):
        decision(approval="1", evidence_sha256=ZEROS)
    with pytest.raises(InvalidSetting, match="reason"):
        decision(approval="1", evidence_sha256=ZEROS, reason="  ")
    with pytest.raises(InvalidSetting, match="evidence_sha256"):
        Approve(approval="1", evidence_sha256="seen", reason="yes")
    with pytest.raises(ApprovalNotFound, match="registry approvals"):
        show_approval(sqlite_world.registry(), "1")


def test_with_a_key_it_has_one_effect_and_one_answer(world: World) -> None:
    ask_people(world, "gate: approved, people: 2")
    asked = waiting(world, key="k0")
    assert wait(world, key="k0") == asked
    first = say_yes(world, asked, "grace", key="k1")
    last = say_yes(world, asked, "linus", key="k2")

    assert say_yes(world, asked, "grace", key="k1") == first
    assert say_yes(world, asked, "linus", key="k2") == last
    with pytest.raises(KeyReused):
        say_yes(world, asked, "sofia", key="k1", reason="another")
    with pytest.raises(AwaitingApproval):  # its answer, though production is reached since
        promote(world.registry(), Promote(ref="mower@1", to="production", key="k0"))
    assert world.kinds().count(K.VERSION_PROMOTED) == 2


@pytest.mark.slow
def test_they_are_listed_newest_first_page_by_page(world: World) -> None:
    ask_people(world)
    first = waiting(world, 1)
    done = say_yes(world, first)
    second, third = waiting(world, 2), None
    promote(world.registry(), Promote(ref="mower@2", to="experiment"))
    third = waiting(world, 3)
    look = world.registry()

    assert list_approvals(look) == (third, second)
    assert list_approvals(look, over=True) == (third, second, done)
    assert list_approvals(look, "mower", limit=1) == (third,)
    assert list_approvals(look, "mower", before=third.uuid, over=True) == (second, done)
    assert list_approvals(look, "mower@1") == ()
    assert list_approvals(look, "mower@1", over=True) == (done,)


def test_policies_ask_for_people_once(sqlite_world: World) -> None:
    sqlite_world.version(1)
    ask_people(sqlite_world, more=", {gate: approved}")
    with pytest.raises(InvalidPolicy, match="gate approved stands there twice"):
        promote(sqlite_world.registry(), Promote(ref="mower@1", to="staging"))
