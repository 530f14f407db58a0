"""Requests for approval inside a verb's transaction: open, close, and whether one still holds."""

from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from pydantic import JsonValue

from registry_tasks.entities.approval import Approval, Closing, Evidence
from registry_tasks.entities.errors import (
    EnvironmentNotNamed,
    IllegalMove,
    InvalidPolicy,
    PolicyBehind,
    VersionDeleted,
)
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.policy import Approved, JudgingPolicy
from registry_tasks.entities.promotion import Promote
from registry_tasks.entities.reference import Reference
from registry_tasks.registry.lifecycle.weighing import Case, evidence_of, policy_digest, weigh
from registry_tasks.registry.policies import policy_over
from registry_tasks.registry.registry import Registry
from registry_tasks.rules.approvals import EXPIRED, changes, is_expired, rights_gone
from registry_tasks.stores.git.refs import leads_to
from registry_tasks.stores.metadata import approvals, events
from registry_tasks.stores.metadata.access import has_accounts, identity_of
from registry_tasks.stores.metadata.lookup import StoredVersion, get_recorded, get_version
from registry_tasks.stores.metadata.query import through
from registry_tasks.stores.metadata.store import Transaction


class Outlook(NamedTuple):
    """What becomes of a request that waits: what would be promoted, or how it is over, and why."""

    case: Case | None
    over: Closing | None = None
    why: tuple[str, ...] = ()


def open_request(tx: Transaction, case: Case, gate: Approved) -> Approval:
    """Write that a promotion waits for people, with all that they have to see."""
    shown = evidence_of(tx.connection, case)
    made = approvals.open_request(tx, case.candidate, case.request, shown, gate)
    fields = {"uuid", "stage", "environment", "people", "evidence_sha256", "expires_at"}
    told = made.model_dump(mode="json", include=fields)
    told["evidence"] = shown.model_dump(mode="json")
    _append(tx, EventKind.APPROVAL_REQUESTED, case.candidate, told, case.request.reason)
    return made


def close_request(
    tx: Transaction, approval: Approval, outcome: Closing, because: str | None = None
) -> Approval:
    """Write how a request ended, and why."""
    closed = approvals.close(tx, approval, outcome, because)
    told: JsonValue = {"uuid": approval.uuid, "outcome": outcome.value, "because": because}
    _append(tx, EventKind.APPROVAL_CLOSED, version_of(tx.connection, approval), told)
    return closed


def close_if_over(
    tx: Transaction, approval: Approval, judging: JudgingPolicy, case: Case | None = None
) -> tuple[Approval, Case | None]:
    """Close a request that expired or whose evidence does not hold; else return its case too."""
    found = look_ahead(tx.connection, approval, judging, tx.at, case)
    if found.over is not None:
        return close_request(tx, approval, found.over, "; ".join(found.why)), None
    return approval, found.case


def look_ahead(
    connection: sa.Connection,
    approval: Approval,
    judging: JudgingPolicy,
    at: datetime,
    case: Case | None = None,
) -> Outlook:
    """Weigh what was asked for anew, and say what has changed since it was shown."""
    if is_expired(approval, at):
        return Outlook(None, Closing.EXPIRED, (EXPIRED,))
    if case is None:
        try:
            candidate = get_version(through(connection), Reference.parse(approval.version))
            case = weigh(connection, candidate, request_of(approval), judging, at)
        except (EnvironmentNotNamed, IllegalMove, InvalidPolicy, VersionDeleted) as error:
            return Outlook(None, Closing.VOIDED, (str(error),))
    shown = approvals.read_evidence(connection, approval.uuid)
    changed = changes(shown, evidence_of(connection, case))
    why = (*changed, *_rights_gone(connection, approval))
    return Outlook(case, Closing.VOIDED if why else None, why)


def judging_for(registry: Registry, approval: Approval, shown: Evidence) -> JudgingPolicy:
    """Read the policy that decides now, which has to be the one shown or a later one.

    Raises: NotAProject, PolicyElsewhere, PolicyBehind, InvalidPolicy.
    """
    repository = registry.repository
    with registry.metadata.reading() as connection:
        stored = version_of(connection, approval)
    judging = policy_over(registry, approval.model, stored)
    was, here = shown.policy_commit, judging.commit
    differs = policy_digest(judging.policy) != shown.policy_sha256
    if differs and was and here and not leads_to(repository.common_dir, here, was):
        raise PolicyBehind(approval.uuid, str(repository.root), was)
    return judging


def request_of(approval: Approval) -> Promote:
    """Return what was asked for."""
    return Promote(
        ref=approval.version,
        to=approval.stage,
        environment=approval.environment,
        reason=approval.reason,
    )


def version_of(connection: sa.Connection, approval: Approval) -> StoredVersion:
    """Return the version that a request is about, deleted or not."""
    return get_recorded(through(connection), Reference.parse(approval.version))


def _rights_gone(connection: sa.Connection, approval: Approval) -> tuple[str, ...]:
    query = through(connection)
    if not has_accounts(query):
        return ()
    asker = identity_of(query, approval.requested_by)
    approvers = (identity_of(query, who) for who in approval.approved_by)
    return tuple(rights_gone(approval, asker, approvers))


def _append(
    tx: Transaction, kind: EventKind, stored: StoredVersion, told: JsonValue, reason: str = ""
) -> None:
    events.append(tx, kind, model=stored.model_id, version=stored.id, reason=reason, after=told)
