"""One-time codes: decide where nobody can log in, as on Prefect's own page, and still be known."""

from datetime import timedelta
from typing import Final

from registry_tasks.entities.approval import (
    Approval,
    ApprovalCode,
    Approve,
    Choice,
    DecideByCode,
    IssueCode,
    Reject,
)
from registry_tasks.entities.errors import ApprovalBarred, CodeRefused, EvidenceDiffers
from registry_tasks.registry.carry_out import check_first, transact
from registry_tasks.registry.lifecycle.approve import approve, closed, reject, why_no_person_decides
from registry_tasks.registry.permit import check_no_key, check_on, check_request
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.metadata import approval_codes, approvals
from registry_tasks.stores.metadata.access import has_accounts, identity_of
from registry_tasks.stores.metadata.query import through
from registry_tasks.stores.metadata.store import Transaction

LASTS: Final = timedelta(minutes=10)


def issue_code(registry: Registry, request: IssueCode) -> ApprovalCode:
    """Make a code, which is told here and kept nowhere; whoever uses it first decides as its owner.

    Raises: NotPermitted, AccountsOff, ApprovalNotFound, ApprovalClosed, EvidenceDiffers,
    ApprovalBarred for a program, SecretTold.
    """

    def act(tx: Transaction) -> ApprovalCode:
        check_request(registry, tx.connection, request)
        check_on(tx, tx.actor)
        check_first(registry, tx, request)
        approval = approvals.get(tx.connection, request.approval)
        if approval.outcome is not None:
            raise closed(approval)
        if request.evidence_sha256 != approval.evidence_sha256:
            raise EvidenceDiffers(approval.uuid, request.evidence_sha256, approval.evidence_sha256)
        if reason := why_no_person_decides(tx.connection, tx.actor):
            raise ApprovalBarred(approval.uuid, reason)
        made = approval_codes.issue(tx, tx.actor, approval, LASTS)
        if made is None:
            raise ApprovalBarred(approval.uuid, f"{tx.actor} has no token that holds")
        code, until = made
        return ApprovalCode(approval=approval.uuid, account=tx.actor, expires_at=until, code=code)

    return transact(registry, act)


def decide_by_code(registry: Registry, request: DecideByCode) -> Approval:
    """Approve or reject as the account that a code was made for, which is worthless from then on.

    It is spent before anything is decided: whoever dies in between needs a new one. Raises:
    NotPermitted, CodeRefused, ApprovalNotFound, KeyNotAllowed, and what ``approve`` and ``reject`` raise.
    """
    check_no_key(request, "deciding by code")

    def act(tx: Transaction) -> tuple[Approval, str]:
        check_request(registry, tx.connection, request)
        approval = approvals.get(tx.connection, request.approval)
        if not has_accounts(through(tx.connection)):
            raise CodeRefused(approval.uuid, "this registry has no accounts, so it has no codes")
        found = approval_codes.find(tx, request.code.strip(), approval)
        if found is None:
            raise CodeRefused(approval.uuid, "the code is not of this request")
        if found.worthless is not None:
            raise CodeRefused(approval.uuid, found.worthless)
        approval_codes.spend(tx, found)
        return approval, found.account

    approval, account = transact(registry, act)
    with registry.metadata.reading() as connection:
        owner = identity_of(through(connection), account)
    acting, about = registry.acting_as(owner), approval.evidence_sha256
    said = {"approval": approval.uuid, "evidence_sha256": about, "reason": request.reason}
    if request.choice is Choice.APPROVED:
        return approve(acting, Approve(**said))
    return reject(acting, Reject(**said))
