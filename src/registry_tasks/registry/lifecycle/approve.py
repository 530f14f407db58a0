"""Approve and reject: a person decides about a promotion, having seen the evidence."""

import sqlalchemy as sa
from pydantic import JsonValue

from registry_tasks.entities.approval import (
    Approval,
    Approve,
    Choice,
    Closing,
    Decision,
    Reject,
)
from registry_tasks.entities.errors import (
    AlreadyDecided,
    ApprovalBarred,
    ApprovalClosed,
    EvidenceDiffers,
)
from registry_tasks.entities.event import EventKind
from registry_tasks.registry.carry_out import carry_out, recall
from registry_tasks.registry.lifecycle.carry_on import settle
from registry_tasks.registry.lifecycle.requesting import (
    close_if_over,
    close_request,
    judging_for,
    version_of,
)
from registry_tasks.registry.registry import Registry
from registry_tasks.rules.approvals import (
    EXPIRED,
    authorship,
    is_expired,
    role_for,
    why_no_person,
)
from registry_tasks.stores.metadata import accounts, approvals, events, runs
from registry_tasks.stores.metadata.access import has_accounts, identity_of
from registry_tasks.stores.metadata.query import through
from registry_tasks.stores.metadata.store import Transaction


def approve(registry: Registry, request: Approve) -> Approval:
    """Approve of a promotion; when enough people have, it is carried out at once.

    Said twice it counts once. If the evidence does not hold any more, the request is closed, which
    ApprovalClosed tells. Raises: NotPermitted, ApprovalNotFound, ApprovalClosed, EvidenceDiffers,
    ApprovalBarred, AlreadyDecided, PolicyElsewhere, PolicyBehind, NotAProject, InvalidPolicy,
    KeyReused.
    """
    told = recall(registry, request, Approval) or _approve(registry, request)
    if told.outcome is None and told.is_decided:
        told = settle(registry, told.uuid)
    if told.outcome not in (None, Closing.PROMOTED):
        raise closed(told)
    return told


def reject(registry: Registry, request: Reject) -> Approval:
    """Say no, which closes the request, whoever approved before.

    Its author may as well: that takes it back. Raises: NotPermitted, ApprovalNotFound,
    ApprovalClosed, EvidenceDiffers, ApprovalBarred, AlreadyDecided, KeyReused.
    """

    def act(tx: Transaction) -> Approval:
        approval = approvals.get(tx.connection, request.approval)
        mine = _decision_of(approval, tx.actor)
        if mine is not None and mine.choice is Choice.REJECTED:  # the answer was lost
            return approval
        _check_decidable(tx, approval, request)
        if is_expired(approval, tx.at):
            return close_request(tx, approval, Closing.EXPIRED, EXPIRED)
        if mine is not None:
            raise AlreadyDecided(approval.uuid, tx.actor, mine.choice)
        approval = _decide(tx, approval, request, Choice.REJECTED)
        return close_request(tx, approval, Closing.REJECTED, f"{tx.actor} rejected it")

    told = carry_out(registry, request, act, Approval)
    if told.outcome is not Closing.REJECTED:
        raise closed(told)
    return told


def why_barred(
    connection: sa.Connection, actor: str, approval: Approval, waived: bool
) -> str | None:
    """Say why somebody may not approve of this, None if they may; ``waived`` lets authors."""
    if reason := why_no_person_decides(connection, actor):
        return reason
    authored = _authorship(connection, approval, actor)
    return None if waived or authored is None else f"{authored}, so somebody else has to approve"


def why_no_person_decides(connection: sa.Connection, actor: str) -> str | None:
    """Say so if a program acts, where it is known who is who."""
    if not has_accounts(through(connection)):
        return None
    return why_no_person(accounts.get(connection, actor)[1])


def closed(approval: Approval) -> ApprovalClosed:
    """Return the error that tells how a request ended."""
    return ApprovalClosed(
        approval.uuid,
        approval.version,
        approval.place,
        str(approval.outcome),
        approval.because or "",
    )


def _approve(registry: Registry, request: Approve) -> Approval:
    with registry.metadata.reading() as connection:
        found = approvals.get(connection, request.approval)
        shown = approvals.read_evidence(connection, request.approval)
    judging = None if found.outcome is not None else judging_for(registry, found, shown)

    def act(tx: Transaction) -> Approval:
        approval = approvals.get(tx.connection, request.approval)
        mine = _decision_of(approval, tx.actor)
        if mine is not None and mine.choice is Choice.APPROVED:
            return approval
        _check_decidable(tx, approval, request)
        assert judging is not None  # what is open was open before
        approval, case = close_if_over(tx, approval, judging)
        if case is None or case.people is None:
            return approval
        waived = case.people.author_may_approve
        if reason := why_barred(tx.connection, tx.actor, approval, waived):
            raise ApprovalBarred(approval.uuid, reason)
        return _decide(tx, approval, request, Choice.APPROVED)

    return carry_out(registry, request, act, Approval)


def _check_decidable(tx: Transaction, approval: Approval, request: Approve | Reject) -> None:
    if approval.outcome is not None:
        raise closed(approval)
    if request.evidence_sha256 != approval.evidence_sha256:
        raise EvidenceDiffers(approval.uuid, request.evidence_sha256, approval.evidence_sha256)
    if reason := why_no_person_decides(tx.connection, tx.actor):
        raise ApprovalBarred(approval.uuid, reason)


def _decide(
    tx: Transaction, approval: Approval, request: Approve | Reject, choice: Choice
) -> Approval:
    """Write a decision and its event, which says when it is about one's own work."""
    stored = version_of(tx.connection, approval)
    made = Decision(
        by=tx.actor,
        choice=choice,
        role=role_for(identity_of(through(tx.connection), tx.actor), approval.model),
        own_work=_authorship(tx.connection, approval, tx.actor) is not None,
        reason=request.reason,
        at=tx.at,
    )
    approvals.decide(tx, approval, made)
    told: dict[str, JsonValue] = {
        "uuid": approval.uuid,
        **made.model_dump(mode="json", include={"choice", "role", "own_work"}),
        "evidence_sha256": approval.evidence_sha256,
    }
    events.append(
        tx,
        EventKind.APPROVAL_DECIDED,
        model=stored.model_id,
        version=stored.id,
        reason=request.reason,
        after=told,
    )
    return approvals.get(tx.connection, approval.uuid)


def _authorship(connection: sa.Connection, approval: Approval, actor: str) -> str | None:
    version = version_of(connection, approval).version
    trained_by = runs.get_row(connection, version.run).started_by
    return authorship(approval, trained_by, version.created_by, actor)


def _decision_of(approval: Approval, actor: str) -> Decision | None:
    return next((made for made in approval.decisions if made.by == actor), None)
