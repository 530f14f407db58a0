"""Judge a past attempt by another policy, from what was known then; what is not known is said."""

from collections.abc import Iterator
from dataclasses import dataclass

from registry_tasks.entities.errors import EnvironmentNotNamed, IllegalMove, InvalidPolicy
from registry_tasks.entities.gate import GateResult, Outcome
from registry_tasks.entities.policy import (
    Approved,
    BetterThanProduction,
    Described,
    Evaluation,
    Gate,
    Policy,
)
from registry_tasks.entities.policy_replay import Answer, GateThen, ReplayedAttempt, ReplayedGate
from registry_tasks.entities.promotion import PromotionAttempt
from registry_tasks.rules.gates import Facts, gates_for, judge
from registry_tasks.rules.policies import check_environment
from registry_tasks.rules.stages import check_move

_THEN = {Outcome.PASSED: GateThen.PASSED, Outcome.FAILED: GateThen.FAILED}


@dataclass(frozen=True)
class Past:
    """What was known when an attempt was judged, and why something is not known now."""

    attempt: PromotionAttempt
    facts: Facts
    evaluation: Evaluation | None
    description_lost: str | None = None
    nothing: str | None = None  # why nothing is known


def replay(model: str, policy: Policy, past: Past) -> ReplayedAttempt:
    """Say what a policy would have answered."""
    attempt = past.attempt
    gates = tuple(_judge(model, policy, past))
    found = {gate.outcome for gate in gates}
    now = Answer.PROMOTED
    if GateThen.FAILED in found:
        now = Answer.STOPPED
    elif GateThen.UNKNOWN in found:
        now = Answer.UNKNOWN
    return ReplayedAttempt(
        version=attempt.version,
        source=attempt.source,
        target=attempt.target,
        environment=attempt.environment,
        at=attempt.at,
        by=attempt.by,
        then=_became(attempt),
        now=now,
        gates=gates,
    )


def _became(attempt: PromotionAttempt) -> Answer:
    if attempt.promoted:
        return Answer.PROMOTED
    refused = any(gate.outcome is Outcome.FAILED for gate in attempt.gates)
    return Answer.STOPPED if refused else Answer.WAITED


def _judge(model: str, policy: Policy, past: Past) -> Iterator[ReplayedGate]:
    attempt = past.attempt
    try:
        check_environment(model, attempt.environment, policy)
        check_move(attempt.version, attempt.source, attempt.target, policy)
        gates = gates_for(model, policy, attempt.target, attempt.environment)
    except (EnvironmentNotNamed, IllegalMove, InvalidPolicy) as error:
        yield ReplayedGate(gate="policy", outcome=GateThen.FAILED, reason=str(error))
        return
    for gate in gates:
        (found,) = judge((gate,), past.facts)
        why = _why_unknown(gate, found, policy, past)
        yield ReplayedGate(
            gate=found.gate,
            outcome=GateThen.UNKNOWN if why else _THEN[found.outcome],
            reason=why or found.reason,
        )


def _why_unknown(gate: Gate, found: GateResult, policy: Policy, past: Past) -> str | None:
    """Say what would have to be known, None if the finding stands."""
    if past.nothing is not None:
        return past.nothing
    match gate:
        case Approved() if found.outcome is Outcome.WAITING:
            return f"{found.reason}; whether {gate.people} would have is not known"
        case BetterThanProduction() if past.facts.incumbent and past.facts.comparison is None:
            if policy.evaluation != past.evaluation:
                return f"nobody had compared it with {past.facts.incumbent.ref} in this way"
        case Described():
            return past.description_lost
    return None
