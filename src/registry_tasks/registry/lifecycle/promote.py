"""Promote: into the next stage if every gate holds, in one transaction with its evidence."""

from dataclasses import replace

from pydantic import JsonValue

from registry_tasks.entities.approval import Approval, Closing
from registry_tasks.entities.entity import Entity
from registry_tasks.entities.errors import AwaitingApproval, GateFailed
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.gate import GateResult, Outcome
from registry_tasks.entities.policy import JudgingPolicy
from registry_tasks.entities.promotion import Promote, PromotionAttempt, Transition
from registry_tasks.entities.reference import Reference
from registry_tasks.entities.stage import Stage, slot
from registry_tasks.registry.carry_out import carry_out, recall
from registry_tasks.registry.lifecycle.moves import follow, move
from registry_tasks.registry.lifecycle.requesting import (
    close_if_over,
    close_request,
    open_request,
    request_of,
)
from registry_tasks.registry.lifecycle.weighing import Case, weigh
from registry_tasks.registry.policies import policy_over
from registry_tasks.registry.registry import Registry
from registry_tasks.rules.gates import failures, gates_for
from registry_tasks.rules.stages import source_of
from registry_tasks.stores.metadata import approvals, events, evidence
from registry_tasks.stores.metadata.lookup import StoredVersion, get_version
from registry_tasks.stores.metadata.query import through
from registry_tasks.stores.metadata.store import Transaction


def promote(registry: Registry, request: Promote) -> Transition:
    """Move a version into a stage, the holder of a stage with one place out, aliases along.

    The gates judge what the store holds at that instant. If one says no, only the attempt and its
    evidence are written; if only people have yet to approve, a request for their approval as well,
    once. Raises: ModelNotFound, VersionNotFound, VersionDeleted, EnvironmentNotNamed, IllegalMove,
    CurrentMoved, InvalidPolicy, GateFailed, AwaitingApproval, KeyReused.
    """
    decided = recall(registry, request, _Decision) or _ask(registry, request)
    if refused := failures(decided.transition.gates):
        raise GateFailed(decided.ref, request.to, refused)
    if decided.approval is not None:
        place = slot(request.to, request.environment)
        raise AwaitingApproval(decided.ref, place, decided.approval, decided.people)
    return decided.transition


class _Decision(Entity):
    """What a promotion came to, of which version: moved, refused, or waiting for ``people``."""

    ref: str
    transition: Transition
    approval: str | None = None  # UUID
    people: int = 0


def _ask(registry: Registry, request: Promote) -> _Decision:
    reference = Reference.parse(request.ref)
    with registry.metadata.reading() as connection:
        found = get_version(through(connection), reference)
    model = found.version.model
    judging = policy_over(registry, model, found)
    gates_for(model, judging.policy, request.to, request.environment)

    def act(tx: Transaction) -> _Decision:
        candidate = get_version(through(tx.connection), reference)
        return _decide(tx, candidate, request, judging)

    return carry_out(registry, request, act, _Decision)


def _decide(
    tx: Transaction, candidate: StoredVersion, request: Promote, judging: JudgingPolicy
) -> _Decision:
    """Let the gates judge and write what follows from it; a refusal moves nothing."""
    ref = candidate.version.ref
    if source_of(candidate.version, request.environment) == request.to:  # the answer was lost
        return _Decision(ref=ref, transition=Transition(moves=(), aliases={}))
    case = weigh(tx.connection, candidate, request, judging, tx.at)
    approval = _waiting(tx, case)
    results = case.judge(approval)
    stays = Transition(moves=(), aliases={}, gates=results)
    if failures(results):
        _add_attempt(tx, case, results)
        _append_refusal(tx, case, results)
        return _Decision(ref=ref, transition=stays)
    if case.people is not None and (approval is None or not approval.is_decided):
        if approval is None:
            _add_attempt(tx, case, results)
            approval = open_request(tx, case, case.people)
        return _Decision(ref=ref, transition=stays, approval=approval.uuid, people=approval.people)
    return _Decision(ref=ref, transition=carry_through(tx, case, approval))


def carry_through(tx: Transaction, case: Case, approval: Approval | None) -> Transition:
    """Move a version whose gates all hold, and close the request that people approved.

    Then it is the doing of whoever completed the approval, for the reason of whoever asked.
    """
    if approval is not None:
        case = replace(case, request=request_of(approval))
        tx = replace(tx, actor=approval.approved_by[approval.people - 1])
    results = case.judge(approval)
    _add_attempt(tx, case, results)
    transition = _move(tx, case, results)
    if approval is not None:
        close_request(tx, approval, Closing.PROMOTED)
    return transition


def _add_attempt(tx: Transaction, case: Case, results: tuple[GateResult, ...]) -> None:
    """Keep what was tried, and what the gates found."""
    holder, request = case.holder, case.request
    attempt = PromotionAttempt(
        version=case.candidate.version.ref,
        source=case.source,
        target=request.to,
        environment=request.environment,
        incumbent=None if holder is None else holder.version.ref,
        promoted=all(r.outcome is Outcome.PASSED for r in results),
        judged_by=case.judging,
        gates=results,
        at=tx.at,
        by=tx.actor,
        reason=request.reason,
    )
    evidence.add_attempt(tx, case.candidate.id, None if holder is None else holder.id, attempt)


def _waiting(tx: Transaction, case: Case) -> Approval | None:
    """Return the request that waits for this promotion; one that does not hold is closed first."""
    to, environment = case.request.to, case.request.environment
    found = approvals.find_open(tx.connection, case.candidate.id, to, environment)
    if found is None:
        return None
    approval, _ = close_if_over(tx, found, case.judging, case)
    return approval if approval.outcome is None else None


def _append_refusal(tx: Transaction, case: Case, results: tuple[GateResult, ...]) -> None:
    place: dict[str, JsonValue] = {"stage": case.source, "environment": case.request.environment}
    gates: list[JsonValue] = [g.model_dump(mode="json") for g in results]
    events.append(
        tx,
        EventKind.VERSION_REFUSED,
        model=case.candidate.model_id,
        version=case.candidate.id,
        reason=case.request.reason,
        before={**place},
        after={**place, "refused": case.request.to, "gates": gates},
    )


def _move(tx: Transaction, case: Case, results: tuple[GateResult, ...]) -> Transition:
    candidate, request, environment = case.candidate, case.request, case.request.environment
    moves = []
    if case.holder is not None:  # out first: the database allows one holder at every instant
        kind, why = EventKind.VERSION_DISPLACED, f"displaced by {candidate.version.ref}"
        moves.append(
            move(tx, case.holder, Stage.EXPERIMENT, kind, environment=environment, reason=why)
        )
    kind = EventKind.VERSION_PROMOTED
    moves.append(
        move(tx, candidate, request.to, kind, environment=environment, reason=request.reason)
    )
    moved_aliases = follow(tx, candidate, request.to, environment, case.judging.policy)
    return Transition(moves=tuple(moves), aliases=moved_aliases, gates=results)
