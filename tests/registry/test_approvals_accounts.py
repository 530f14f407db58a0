"""With accounts it is known who decides: rights are asked for, and what was taken away counts no more."""

from dataclasses import replace

import pytest
from support.approving import all_of, ask_people
from support.office import MOVER, Office
from support.world import World

from registry_tasks.entities.access import (
    CloseAccount,
    RevokeRight,
    TurnOnAccounts,
)
from registry_tasks.entities.approval import Approve, Closing, Reject
from registry_tasks.entities.errors import (
    ApprovalBarred,
    ApprovalClosed,
    AwaitingApproval,
    InvalidPolicy,
    NotPermitted,
    TokenRefused,
)
from registry_tasks.entities.event import EventKind as K
from registry_tasks.entities.promotion import Promote
from registry_tasks.registry.access.accounts import (
    close_account,
    revoke_right,
    turn_on_accounts,
)
from registry_tasks.registry.catalogue.show import list_history
from registry_tasks.registry.lifecycle import approve as approving
from registry_tasks.registry.lifecycle.approvals import show_approval
from registry_tasks.registry.lifecycle.approve import approve, reject
from registry_tasks.registry.lifecycle.carry_on import carry_on
from registry_tasks.registry.lifecycle.promote import promote
from registry_tasks.registry.registry import Registry

pytestmark = pytest.mark.slow


@pytest.fixture
def office(world: World) -> Office:
    return Office(world)


def test_an_approver_decides_with_name_and_role(office: Office) -> None:
    asked = office.wait()
    assert (asked.requested_by, show_approval(office.as_("grace"), asked.uuid).barred) == (
        "bob",
        None,
    )

    done = office.say_yes("grace", asked)

    (decision,) = done.decisions
    assert (done.outcome, decision.by, decision.role) == (Closing.PROMOTED, "grace", "approver")
    history = list_history(office.as_("root"), "mower")
    told = [event for event in history if event.kind == K.APPROVAL_DECIDED]
    assert [(e.actor, e.after["role"]) for e in told] == [("grace", "approver")]


@pytest.mark.parametrize("name", ["dev", "other", "bob"])
def test_who_is_no_approver_of_the_model_decides_nothing(office: Office, name: str) -> None:
    asked = office.wait()

    with pytest.raises(NotPermitted, match="approve of mower"):
        office.say_yes(name, asked)
    refused = Reject(approval=asked.uuid, evidence_sha256=asked.evidence_sha256, reason="no")
    with pytest.raises(NotPermitted, match="approve of mower"):
        reject(office.as_(name), refused)

    assert office.now(asked) == asked
    assert "may not approve" in str(show_approval(office.as_(name), asked.uuid).barred)


def test_programs_and_strangers_decide_nothing(office: Office) -> None:
    asked = office.wait()

    with pytest.raises(ApprovalBarred, match="robot is a service account, and people decide"):
        office.say_yes("robot", asked)
    with pytest.raises(TokenRefused):
        request = Approve(approval=asked.uuid, evidence_sha256=asked.evidence_sha256, reason="yes")
        approve(office.world.registry(), request)

    assert office.now(asked) == asked


def test_an_admin_who_asked_is_an_author_all_the_same(office: Office) -> None:
    with pytest.raises(AwaitingApproval) as caught:
        promote(office.as_("root"), Promote(ref="mower@1", to="production"))
    asked = show_approval(office.as_("root"), caught.value.approval).approval

    with pytest.raises(ApprovalBarred, match="root asked for mower@1"):
        office.say_yes("root", asked)


def test_authors_are_let_pass_only_where_nobody_knows_them(world: World) -> None:
    office = Office(world, "gate: approved, author_may_approve: true")

    with pytest.raises(
        InvalidPolicy, match="author_may_approve is for registries without accounts"
    ):
        promote(office.as_("bob"), Promote(ref="mower@1", to="production"))


def test_who_asked_must_still_be_one_who_may_move_it(office: Office) -> None:
    asked = office.wait()
    revoke_right(office.as_("root"), RevokeRight(account="bob", right=MOVER))

    with pytest.raises(ApprovalClosed, match="bob, who asked for this, may not move production"):
        office.say_yes("grace", asked)

    assert office.now(asked).outcome is Closing.VOIDED


def test_who_approved_must_still_be_an_approver(world: World) -> None:
    office = Office(world, "gate: approved, people: 2")
    asked = office.wait()
    office.say_yes("grace", asked)
    close_account(office.as_("root"), CloseAccount(account="grace"))

    (closed,) = carry_on(office.as_("dev"))
    assert closed.outcome is Closing.VOIDED
    assert closed.because == "grace, who approved, may not approve any more"


def test_what_was_asked_without_accounts_has_no_author_with_them(world: World) -> None:
    ask_people(world, "gate: approved")
    world.version(1)
    world.raise_to("mower@1", "staging")
    with pytest.raises(AwaitingApproval):
        promote(world.registry(), Promote(ref="mower@1", to="production"))
    (asked,) = all_of(world)
    secret = turn_on_accounts(world.registry(), TurnOnAccounts(account="root")).secret
    root = Registry(replace(world.settings, token=secret))

    with pytest.raises(ApprovalClosed, match="ada, who asked for this, may not move production"):
        approve(
            root, Approve(approval=asked.uuid, evidence_sha256=asked.evidence_sha256, reason="yes")
        )
    root.close()


def test_to_carry_on_takes_no_right_to_move(office: Office) -> None:
    asked = office.wait()
    request = Approve(approval=asked.uuid, evidence_sha256=asked.evidence_sha256, reason="yes")
    approving._approve(office.as_("grace"), request)  # and died

    (done,) = carry_on(office.as_("dev"))

    assert (done.outcome, done.closed_by) == (Closing.PROMOTED, "grace")
