"""Promote: into the next stage if every gate holds, in one transaction with its evidence."""

from registry_tasks.entities.entity import Entity
from registry_tasks.entities.errors import GateFailed
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.gate import GateResult, Outcome
from registry_tasks.entities.policy import Gate, JudgingPolicy, Policy
from registry_tasks.entities.promotion import Promote, PromotionAttempt, Transition
from registry_tasks.entities.reference import Reference
from registry_tasks.entities.stage import DEFAULT_ENVIRONMENT, Stage, slot
from registry_tasks.registry.carry_out import carry_out, recall
from registry_tasks.registry.lifecycle.moves import check_current, follow, move, stage_of
from registry_tasks.registry.policies import policy_over
from registry_tasks.registry.registry import Registry
from registry_tasks.rules.gates import Facts, Incumbent, gates_for, is_by, judge
from registry_tasks.rules.stages import check_move, is_single
from registry_tasks.stores.metadata import events, evidence, grades, profiles, runs, versions
from registry_tasks.stores.metadata.lookup import StoredVersion, get_version, slot_holder
from registry_tasks.stores.metadata.query import through
from registry_tasks.stores.metadata.store import Transaction


def promote(registry: Registry, request: Promote) -> Transition:
    """Move a version into a stage, the holder of a stage with one place out, aliases along.

    The gates judge what the store holds at that instant. If one says no, only the attempt and its
    evidence are written. Raises: ModelNotFound, VersionNotFound, VersionDeleted, IllegalMove,
    CurrentMoved, InvalidPolicy, GateFailed, KeyReused.
    """
    decided = recall(registry, request, _Decision) or _ask(registry, request)
    gates = decided.transition.gates
    refused = tuple((r.gate, r.reason) for r in gates if r.outcome is not Outcome.PASSED)
    if refused:
        raise GateFailed(decided.ref, request.to, refused)
    return decided.transition


class _Decision(Entity):
    """What a promotion came to, moved or refused, and of which version."""

    ref: str
    transition: Transition


def _ask(registry: Registry, request: Promote) -> _Decision:
    reference = Reference.parse(request.ref)
    with registry.metadata.reading() as connection:
        found = get_version(through(connection), reference)
    model = found.version.model
    judging = policy_over(registry, model, found)
    gates = gates_for(model, judging.policy, request.to)

    def act(tx: Transaction) -> _Decision:
        candidate = get_version(through(tx.connection), reference)
        transition = _decide(tx, candidate, request, judging, gates)
        return _Decision(ref=candidate.version.ref, transition=transition)

    return carry_out(registry, request, act, _Decision)


def _decide(
    tx: Transaction,
    candidate: StoredVersion,
    request: Promote,
    judging: JudgingPolicy,
    gates: tuple[Gate, ...],
) -> Transition:
    """Let the gates judge and write what follows from it; a refusal moves nothing."""
    source = stage_of(candidate, request.environment)
    if stage_of(candidate, DEFAULT_ENVIRONMENT) == Stage.ARCHIVED:
        source = Stage.ARCHIVED  # in every environment
    if source == request.to:  # a retry after the answer was lost
        return Transition(moves=(), aliases={})
    check_move(candidate.version.ref, source, request.to, judging.policy)
    holder = _holder(tx, candidate, request)
    number = None if holder is None else holder.version.number
    check_current(slot(request.to, request.environment), request.expect_current, number)
    results = judge(gates, _facts(tx, candidate, request.environment, judging.policy))
    attempt = _attempt(tx, request, candidate, source, holder, judging, results)
    evidence.add_attempt(tx, candidate.id, None if holder is None else holder.id, attempt)
    if attempt.promoted:
        return _move(tx, candidate, holder, request, judging, results)
    _append_refusal(tx, candidate, attempt)
    return Transition(moves=(), aliases={}, gates=results)


def _holder(tx: Transaction, candidate: StoredVersion, request: Promote) -> StoredVersion | None:
    if not is_single(request.to):
        return None
    query = through(tx.connection)
    return slot_holder(query, candidate.model_id, request.environment, request.to)


def _facts(tx: Transaction, candidate: StoredVersion, environment: str, policy: Policy) -> Facts:
    connection = tx.connection
    row = versions.read_row(connection, candidate.id)
    graded = grades.read_grade(connection, candidate.id)
    holder = slot_holder(through(connection), candidate.model_id, environment, Stage.PRODUCTION)
    incumbent, comparison = None, None
    if holder is not None:
        _, signature = versions.read_recipe(connection, holder.id)
        incumbent = Incumbent(ref=holder.version.ref, signature=signature)
        made = evidence.list_comparisons(connection, candidate.id)
        same = (c for c in made if c.incumbent_uuid == holder.version.uuid)
        comparison = next((c for c in same if is_by(c, policy.evaluation)), None)
    return Facts(
        ref=candidate.version.ref,
        metrics=runs.read_metrics(connection, row.run_id),
        signature=versions.read_recipe(connection, candidate.id)[1],
        description=profiles.read_version_profile(connection, candidate.id).description,
        grade=graded.grade,
        grade_reasons=graded.reasons,
        verdicts=tuple(r.verdict for r in evidence.list_reproductions(connection, candidate.id)),
        incumbent=incumbent,
        comparison=comparison,
    )


def _attempt(
    tx: Transaction,
    request: Promote,
    candidate: StoredVersion,
    source: str,
    holder: StoredVersion | None,
    judging: JudgingPolicy,
    results: tuple[GateResult, ...],
) -> PromotionAttempt:
    return PromotionAttempt(
        version=candidate.version.ref,
        source=source,
        target=request.to,
        environment=request.environment,
        incumbent=None if holder is None else holder.version.ref,
        promoted=all(r.outcome is Outcome.PASSED for r in results),
        judged_by=judging,
        gates=results,
        at=tx.at,
        by=tx.actor,
        reason=request.reason,
    )


def _append_refusal(tx: Transaction, candidate: StoredVersion, attempt: PromotionAttempt) -> None:
    place = {"stage": attempt.source, "environment": attempt.environment}
    events.append(
        tx,
        EventKind.VERSION_REFUSED,
        model=candidate.model_id,
        version=candidate.id,
        reason=attempt.reason,
        before={**place},
        after={
            **place,
            "refused": attempt.target,
            "gates": [g.model_dump(mode="json") for g in attempt.gates],
        },
    )


def _move(
    tx: Transaction,
    candidate: StoredVersion,
    holder: StoredVersion | None,
    request: Promote,
    judging: JudgingPolicy,
    results: tuple[GateResult, ...],
) -> Transition:
    environment = request.environment
    moves = []
    if holder is not None:  # out first: the database allows one holder at every instant
        why = f"displaced by {candidate.version.ref}"
        kind = EventKind.VERSION_DISPLACED
        moves.append(move(tx, holder, Stage.EXPERIMENT, kind, environment=environment, reason=why))
    kind = EventKind.VERSION_PROMOTED
    moves.append(
        move(tx, candidate, request.to, kind, environment=environment, reason=request.reason)
    )
    moved_aliases = follow(tx, candidate, request.to, environment, judging.policy)
    return Transition(moves=tuple(moves), aliases=moved_aliases, gates=results)
