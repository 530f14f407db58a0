"""One-time codes: whoever has one decides as its owner, once, soon, about what they were shown."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from support.approving import ask_people, waiting
from support.office import APPROVER, Office
from support.world import World

from registry_tasks.entities.access import CloseAccount, RevokeRight, RevokeToken
from registry_tasks.entities.approval import (
    Approval,
    ApprovalCode,
    Choice,
    Closing,
    DecideByCode,
    IssueCode,
)
from registry_tasks.entities.errors import (
    AccountsOff,
    AlreadyDecided,
    ApprovalBarred,
    ApprovalClosed,
    CodeRefused,
    EvidenceDiffers,
    NotPermitted,
    SecretTold,
    TokenRefused,
)
from registry_tasks.registry.access.accounts import close_account, revoke_right
from registry_tasks.registry.access.tokens import list_tokens, revoke_token
from registry_tasks.registry.care.examine import examine
from registry_tasks.registry.catalogue.resolve_past import resolve
from registry_tasks.registry.lifecycle import approval_codes
from registry_tasks.registry.lifecycle.approval_codes import decide_by_code, issue_code
from registry_tasks.registry.registry import Registry

pytestmark = pytest.mark.slow


@pytest.fixture
def office(world: World) -> Office:
    return Office(world)


def make_code(office: Office, asked: Approval, name: str = "grace") -> ApprovalCode:
    request = IssueCode(approval=asked.uuid, evidence_sha256=asked.evidence_sha256)
    return issue_code(office.as_(name), request)


def decide(
    office: Office, asked: Approval, code: str, choice: Choice = Choice.APPROVED, by: str = "robot"
) -> Approval:
    request = DecideByCode(approval=asked.uuid, code=code, choice=choice, reason="from Prefect")
    return decide_by_code(office.as_(by), request)


def test_a_worker_decides_as_whoever_made_the_code(office: Office) -> None:
    asked = office.wait()
    made = make_code(office, asked)

    done = decide(office, asked, f" {made.code}\n")

    assert done.outcome is Closing.PROMOTED
    (decision,) = done.decisions
    assert (decision.by, decision.role, decision.reason) == ("grace", "approver", "from Prefect")
    assert resolve(office.as_("root"), "mower@production").number == 1
    assert examine(office.as_("root")) == ()


def test_a_code_says_no_as_well(office: Office) -> None:
    asked = office.wait()
    code = make_code(office, asked).code
    assert decide(office, asked, code, Choice.REJECTED).outcome is Closing.REJECTED


def test_a_code_is_worth_nothing_a_second_time(world: World) -> None:
    office = Office(world, "gate: approved, people: 2")
    asked = office.wait()
    code = make_code(office, asked).code
    assert decide(office, asked, code).outcome is None

    with pytest.raises(CodeRefused, match="was used already"):
        decide(office, asked, code, Choice.REJECTED)
    with pytest.raises(AlreadyDecided):  # nor does another one
        decide(office, asked, make_code(office, asked).code, Choice.REJECTED)
    assert decide(office, asked, make_code(office, asked, "linus").code).outcome is Closing.PROMOTED


def test_a_code_is_for_one_request_and_the_evidence_it_showed(office: Office) -> None:
    asked = office.wait()
    code = make_code(office, asked).code
    assert decide(office, asked, code, Choice.REJECTED).outcome is Closing.REJECTED
    again = office.wait()
    other = make_code(office, again).code

    assert again.evidence_sha256 == asked.evidence_sha256
    with pytest.raises(CodeRefused, match="not of this request"):
        decide(office, again, code)
    with pytest.raises(CodeRefused, match="not of this request"):
        decide(office, asked, other)
    with pytest.raises(CodeRefused, match="not of this request"):
        decide(office, again, "")


def test_a_code_holds_ten_minutes(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = office.wait()
    made = make_code(office, asked)
    assert timedelta(minutes=9) < made.expires_at - datetime.now(UTC) <= timedelta(minutes=10)

    monkeypatch.setattr(approval_codes, "LASTS", timedelta(seconds=0))
    with pytest.raises(CodeRefused, match="expired at"):
        decide(office, asked, make_code(office, asked).code)
    assert decide(office, asked, made.code).outcome is Closing.PROMOTED


def test_a_code_ends_with_its_account_and_its_token(office: Office) -> None:
    asked = office.wait()
    code, other = make_code(office, asked).code, make_code(office, asked, "linus").code
    root = office.as_("root")
    (token,) = list_tokens(root, "grace")
    revoke_token(root, RevokeToken(token=token.uuid))
    close_account(root, CloseAccount(account="linus"))

    with pytest.raises(CodeRefused, match="grace may not act"):
        decide(office, asked, code)
    with pytest.raises(CodeRefused, match="linus may not act"):
        decide(office, asked, other)


def test_a_code_lets_nobody_in(office: Office) -> None:
    asked = office.wait()
    code = make_code(office, asked).code
    for secret in (code, f"{asked.uuid} {asked.evidence_sha256} {code}", f"code:{code}"):
        with (
            Registry(replace(office.world.settings, token=secret)) as registry,
            pytest.raises(TokenRefused),
        ):
            registry.check()
    assert len(list_tokens(office.as_("grace"), "grace")) == 1


def test_only_a_person_who_may_approve_gets_one(office: Office) -> None:
    asked = office.wait()
    for name in ("dev", "other", "bob"):
        with pytest.raises(NotPermitted):
            make_code(office, asked, name)
    with pytest.raises(ApprovalBarred, match="robot is a service account"):
        make_code(office, asked, "robot")
    with pytest.raises(EvidenceDiffers):
        issue_code(office.as_("grace"), IssueCode(approval=asked.uuid, evidence_sha256="0" * 64))
    shown = {"approval": asked.uuid, "evidence_sha256": asked.evidence_sha256}
    assert issue_code(office.as_("grace"), IssueCode(**shown, key="once")).code
    with pytest.raises(SecretTold):
        issue_code(office.as_("grace"), IssueCode(**shown, key="once"))
    assert office.say_yes("grace", asked).outcome is Closing.PROMOTED
    with pytest.raises(ApprovalClosed):
        make_code(office, asked, "linus")


def test_who_may_not_approve_any_more_does_not_by_code(office: Office) -> None:
    asked = office.wait()
    code = make_code(office, asked).code
    root = office.as_("root")
    revoke_right(root, RevokeRight(account="grace", right=APPROVER))
    with pytest.raises(NotPermitted, match="grace may not approve"):
        decide(office, asked, code)
    assert office.now(asked).decisions == ()


def test_without_accounts_there_are_none(world: World) -> None:
    ask_people(world)
    asked = waiting(world)
    shown = {"approval": asked.uuid, "evidence_sha256": asked.evidence_sha256}
    with pytest.raises(AccountsOff):
        issue_code(world.registry(), IssueCode(**shown))
    with pytest.raises(CodeRefused, match="has no accounts"):
        told = DecideByCode(approval=asked.uuid, code="x", choice=Choice.APPROVED, reason="x")
        decide_by_code(world.registry(), told)
