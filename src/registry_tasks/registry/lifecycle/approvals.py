"""Approvals: which promotions wait for people, what they are shown, and whether it still holds."""

from datetime import UTC, datetime

import sqlalchemy as sa

from registry_tasks.entities.approval import Approval, ApprovalRecord
from registry_tasks.entities.errors import (
    InvalidPolicy,
    NotAProject,
    NotPermitted,
    PolicyBehind,
    PolicyElsewhere,
)
from registry_tasks.entities.permission import Permission
from registry_tasks.entities.reference import Reference
from registry_tasks.entities.subject import names_version
from registry_tasks.registry.lifecycle.approve import why_barred
from registry_tasks.registry.lifecycle.requesting import judging_for, look_ahead
from registry_tasks.registry.permit import check_now
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.metadata import approvals
from registry_tasks.stores.metadata.lookup import get_recorded
from registry_tasks.stores.metadata.models import get_model
from registry_tasks.stores.metadata.query import through


def list_approvals(
    registry: Registry,
    subject: str | None = None,
    *,
    over: bool = False,
    before: str | None = None,
    limit: int = 100,
) -> tuple[Approval, ...]:
    """Return requests for approval of a model or a version, or all of them, newest first.

    Those that wait; with ``over`` all there ever were. ``before`` is the id of one to go on from.
    Raises: ModelNotFound, VersionNotFound, MalformedReference.
    """
    with registry.metadata.reading() as connection:
        model, version = None, None
        if subject is not None and names_version(subject):
            version = get_recorded(through(connection), Reference.parse(subject)).id
        elif subject is not None:
            model = get_model(connection, subject)
        return approvals.list_approvals(
            connection, model=model, version=version, over=over, before=before, limit=limit
        )


def show_approval(registry: Registry, uuid: str) -> ApprovalRecord:
    """Return a request with its evidence, whether that still holds, and whether one may approve.

    Raises: ApprovalNotFound.
    """
    with registry.metadata.reading() as connection:
        approval = approvals.get(connection, uuid)
        shown = approvals.read_evidence(connection, uuid)
    if approval.outcome is not None:
        return ApprovalRecord(approval=approval, evidence=shown, holds=None)
    try:
        judging = judging_for(registry, approval, shown)
    except (InvalidPolicy, NotAProject, PolicyBehind, PolicyElsewhere) as error:
        away = str(error)
        return ApprovalRecord(
            approval=approval, evidence=shown, holds=None, why=(away,), barred=away
        )
    with registry.metadata.reading() as connection:
        found = look_ahead(connection, approval, judging, datetime.now(UTC))
        people = None if found.case is None else found.case.people
        waived = people is not None and people.author_may_approve
        barred = "; ".join(found.why) or _why_barred(registry, connection, approval, waived)
    return ApprovalRecord(
        approval=approval,
        evidence=shown,
        holds=found.over is None,
        why=found.why,
        barred=barred or None,
    )


def _why_barred(
    registry: Registry, connection: sa.Connection, approval: Approval, waived: bool
) -> str | None:
    if any(made.by == registry.actor for made in approval.decisions):
        return f"{registry.actor} decided already"
    try:
        check_now(registry, connection, Permission.APPROVE, approval.model)
    except NotPermitted as error:
        return str(error)
    return why_barred(connection, registry.actor, approval, waived)
