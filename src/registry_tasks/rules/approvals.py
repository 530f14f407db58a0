"""Approvals: who may decide, and what of the evidence has changed since it was shown."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Final

from registry_tasks.entities.access import Account, AccountKind, Identity, Role
from registry_tasks.entities.approval import Approval, Evidence, Shown
from registry_tasks.entities.permission import Permission
from registry_tasks.entities.policy import Approved, Gate
from registry_tasks.rules.access import PERMISSIONS, may

EXPIRED: Final = "nobody decided in time"
_NOBODY: Final = "nobody"


def people_gate(gates: tuple[Gate, ...]) -> Approved | None:
    """Return the gate that asks for people, None if policy asks for none."""
    return next((gate for gate in gates if isinstance(gate, Approved)), None)


def authorship(approval: Approval, trained_by: str, registered_by: str, actor: str) -> str | None:
    """Say why an actor counts as the promotion's author, None if they do not.

    ``trained_by`` is who started the run that the version was made by.
    """
    if actor == trained_by:
        return f"{actor} started the run of {approval.version}"
    if actor == registered_by:
        return f"{actor} registered {approval.version}"
    if actor == approval.requested_by:
        return f"{actor} asked for {approval.version} to enter {approval.place}"
    return None


def why_no_person(account: Account) -> str | None:
    """Say so of a program: it decides nothing, whatever its rights."""
    if account.kind is AccountKind.PERSON:
        return None
    return f"{account.name} is a service account, and people decide"


def role_for(who: Identity, model: str) -> Role | None:
    """Return the role that lets somebody approve, None where nobody has one."""
    of_model = (right.role for right in who.rights or () if right.model in (None, model))
    return next((r for r in of_model if r and Permission.APPROVE in PERMISSIONS[r]), None)


def rights_gone(
    approval: Approval, asker: Identity, approvers: Iterable[Identity]
) -> Iterator[str]:
    """Say whose part in it counts no more: an account was closed, a right was taken away."""
    if not may(asker, Permission.MOVE_STAGE, approval.model, approval.place):
        yield f"{asker.actor}, who asked for this, may not move {approval.place} any more"
    for who in approvers:
        if not may(who, Permission.APPROVE, approval.model):
            yield f"{who.actor}, who approved, may not approve any more"


def is_expired(approval: Approval, at: datetime) -> bool:
    """Whether a request that still waits does so in vain."""
    return at >= approval.expires_at


def same_policy(shown: Evidence, now: Evidence) -> Evidence:
    """Return the evidence of now, with the commit that was shown if the policy is the same there.

    A commit that leaves the policy as it is changes nothing that a person was shown.
    """
    if shown.policy_sha256 != now.policy_sha256:
        return now
    return now.model_copy(update={"policy_commit": shown.policy_commit})


def changes(shown: Evidence, now: Evidence) -> tuple[str, ...]:
    """Say what is no longer as it was shown, nothing if all is."""
    now = same_policy(shown, now)
    if shown == now:
        return ()
    return tuple(_changes(shown, now)) or ("the evidence is written in another way now",)


def _changes(shown: Evidence, now: Evidence) -> Iterator[str]:
    yield from _of_version("the candidate", shown.candidate, now.candidate)
    yield from _of_version("production", shown.incumbent, now.incumbent)
    if shown.displaces != now.displaces:
        was, is_now = shown.displaces or _NOBODY, now.displaces or _NOBODY
        yield f"{is_now} holds {now.stage} now, it was {was}"
    if shown.policy_sha256 != now.policy_sha256:
        at = f" of commit {now.policy_commit[:12]}" if now.policy_commit else ""
        yield f"another policy decides now, the one{at}"
    yield from _of_gates(shown, now)
    if shown.improvement != now.improvement:
        yield "it was compared with production anew, with another result"


def _of_version(what: str, shown: Shown | None, now: Shown | None) -> Iterator[str]:
    if shown is None or now is None or shown.ref != now.ref:
        if shown != now:
            was, is_now = shown.ref if shown else _NOBODY, now.ref if now else _NOBODY
            yield f"{what} is {is_now} now, it was {was}"
        return
    for name in Shown.model_fields:
        before, after = getattr(shown, name), getattr(now, name)
        if before != after:
            yield f"{name} of {now.ref} changed: {_told(before, after)}"


def _of_gates(shown: Evidence, now: Evidence) -> Iterator[str]:
    before = {gate.gate: gate for gate in shown.gates}
    for gate in now.gates:
        was = before.pop(gate.gate, None)
        if was is None:
            yield f"gate {gate.gate} is new: {gate.outcome}"
        elif was != gate:
            yield f"gate {gate.gate}: {gate.outcome}, {gate.reason}; it was {was.reason}"
    yield from (f"gate {gate} is gone" for gate in before)


def _told(before: Any, after: Any) -> str:
    if isinstance(before, dict) and isinstance(after, dict):
        names = sorted(k for k in before.keys() | after.keys() if before.get(k) != after.get(k))
        return ", ".join(names)
    return f"{after}, it was {before}"
