"""Carry on: let what people approved of happen, exactly once, and close what is over."""

import logging
from datetime import UTC, datetime

from registry_tasks.entities.approval import Approval
from registry_tasks.entities.errors import InvalidPolicy, NotAProject, PolicyBehind, PolicyElsewhere
from registry_tasks.registry.carry_out import transact
from registry_tasks.registry.lifecycle.promote import carry_through
from registry_tasks.registry.lifecycle.requesting import close_if_over, judging_for, look_ahead
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.metadata import approvals
from registry_tasks.stores.metadata.store import Transaction

_log = logging.getLogger(__name__)


def carry_on(registry: Registry) -> tuple[Approval, ...]:
    """Promote what enough people approved of, and close what expired or does not hold any more.

    It finishes what died between a decision and its promotion. Where the policy that decides
    cannot be read, as of another repository's models, a request is left to whoever can read it.
    Returns the requests that were closed. Raises TokenRefused.
    """
    with registry.metadata.reading() as connection:
        waiting = approvals.list_open(connection)
    closed = []
    for approval in waiting:
        try:
            settled = settle(registry, approval.uuid)
        except (InvalidPolicy, NotAProject, PolicyBehind, PolicyElsewhere) as error:
            if approval.is_decided:
                _log.warning("%s to %s was approved: %s", approval.version, approval.place, error)
            continue
        if settled.outcome is not None:
            closed.append(settled)
    return tuple(closed)


def promoted_since(registry: Registry, at: datetime) -> tuple[Approval, ...]:
    """Return requests that were carried out after a time."""
    with registry.metadata.reading() as connection:
        return approvals.list_promoted(connection, at)


def settle(registry: Registry, uuid: str) -> Approval:
    """Do what follows from how a request stands, and return it as it stands then.

    One that goes on waiting is only looked at: that holds up nobody who writes.
    The promotion is the doing of whoever completed the approval. Needs no right: who asked had it,
    and still has. Raises: ApprovalNotFound, NotAProject, PolicyElsewhere, PolicyBehind,
    InvalidPolicy.
    """
    with registry.metadata.reading() as connection:
        approval = approvals.get(connection, uuid)
        shown = approvals.read_evidence(connection, uuid)
    if approval.outcome is not None:
        return approval
    judging = judging_for(registry, approval, shown)
    if not approval.is_decided:
        with registry.metadata.reading() as connection:
            found = look_ahead(connection, approval, judging, datetime.now(UTC))
        if found.over is None:
            return approval

    def act(tx: Transaction) -> Approval:
        now = approvals.get(tx.connection, uuid)
        if now.outcome is not None:  # somebody else did it
            return now
        now, case = close_if_over(tx, now, judging)
        if case is not None and now.is_decided:
            carry_through(tx, case, now)
        return approvals.get(tx.connection, uuid)

    return transact(registry, act)
