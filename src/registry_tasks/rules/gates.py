"""Promotion gates: each looks at the facts and finds that it passed, failed, or waits."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import isfinite

from registry_tasks.entities.comparison import Comparison
from registry_tasks.entities.errors import InvalidPolicy
from registry_tasks.entities.gate import GateResult, Outcome, Stay
from registry_tasks.entities.policy import (
    Approved,
    BetterThanProduction,
    Described,
    Evaluation,
    Gate,
    Graded,
    MetricBound,
    Policy,
    Reproduced,
    SignatureCompatible,
    Soaked,
)
from registry_tasks.entities.reproduction import Verdict
from registry_tasks.entities.signature import Signature
from registry_tasks.entities.stage import Stage
from registry_tasks.rules import provenance
from registry_tasks.rules.signatures import why_callers_break


@dataclass(frozen=True)
class Incumbent:
    """Who holds production now."""

    ref: str
    signature: Signature | None


@dataclass(frozen=True)
class Facts:
    """What the store knows of a candidate at the moment of judging."""

    ref: str
    metrics: dict[str, float]
    signature: Signature | None
    description: str
    grade: str
    grade_reasons: tuple[str, ...]
    verdicts: tuple[Verdict, ...]
    incumbent: Incumbent | None
    comparison: Comparison | None  # with that incumbent
    approved_by: tuple[str, ...] = ()
    stays: Mapping[str, Stay | None] = field(default_factory=dict)  # stage -> the last one
    at: datetime | None = None


def gates_of(policy: Policy, stage: str, environment: str) -> tuple[Gate, ...]:
    """Return a stage's gates in an environment: its own list, else the one of everywhere."""
    everywhere = policy.stages.get(stage, ())
    return policy.stages_in.get(environment, {}).get(stage, everywhere)


def gates_for(model: str, policy: Policy, stage: str, environment: str) -> tuple[Gate, ...]:
    """Return a stage's gates in an environment. Raises InvalidPolicy when production has none."""
    gates = gates_of(policy, stage, environment)
    if stage == Stage.PRODUCTION and not gates:
        raise InvalidPolicy(model, "production has no gate; list at least one under stages")
    return gates


def is_by(comparison: Comparison, evaluation: Evaluation | None) -> bool:
    """Whether a comparison was made as a policy's evaluation asks."""
    boot = comparison.bootstrap
    return evaluation == Evaluation(
        metric=comparison.metric,
        higher_is_better=comparison.higher_is_better,
        resamples=boot.resamples,
        confidence=boot.confidence,
        seed=boot.seed,
    )


def judge(gates: tuple[Gate, ...], facts: Facts) -> tuple[GateResult, ...]:
    """Let every gate judge, also after one has failed, so that a person sees them all."""
    return tuple(_judge(gate, facts) for gate in gates)


def failures(results: tuple[GateResult, ...]) -> tuple[tuple[str, str], ...]:
    """Return gate and reason of those that say no."""
    return tuple((r.gate, r.reason) for r in results if r.outcome is Outcome.FAILED)


def _judge(gate: Gate, facts: Facts) -> GateResult:
    match gate:
        case MetricBound():
            return _metric(gate, facts)
        case BetterThanProduction():
            return _better(gate, facts)
        case SignatureCompatible():
            return _compatible(gate, facts)
        case Reproduced():
            return _reproduced(gate, facts)
        case Described():
            return _described(gate, facts)
        case Graded():
            return _graded(gate, facts)
        case Soaked():
            return _soaked(gate, facts)
        case Approved():
            return _approved(gate, facts)


def _metric(gate: MetricBound, facts: Facts) -> GateResult:
    low = "" if gate.at_least is None else f">= {gate.at_least:g}"
    high = "" if gate.at_most is None else f"<= {gate.at_most:g}"
    bound = " and ".join(filter(None, (low, high)))
    name = f"metric {gate.metric}"
    value = facts.metrics.get(gate.metric)
    if value is None:
        known = ", ".join(sorted(facts.metrics)) or "none"
        return _result(name, False, "missing", bound, f"no such metric; the run has {known}")
    holds = (
        isfinite(value)
        and (gate.at_least is None or value >= gate.at_least)
        and (gate.at_most is None or value <= gate.at_most)
    )
    return _result(name, holds, f"{value:.6g}", bound, f"{gate.metric} is {value:.6g}")


def _better(gate: BetterThanProduction, facts: Facts) -> GateResult:
    bound = f"lower end of the improvement > {gate.margin:g}"
    if facts.incumbent is None:
        return _result(gate.gate, True, "no incumbent", bound, "nobody is in production yet")
    found = facts.comparison
    if found is None:
        way = f"run `registry evaluate {facts.ref}`"
        reason = (
            f"it was not compared with {facts.incumbent.ref}, which is in production, by the "
            f"evaluation that policy names; {way}"
        )
        return _result(gate.gate, False, "not compared", bound, reason)
    boot = found.bootstrap
    low, high = boot.low, boot.high
    if not found.higher_is_better:
        low, high = -high, -low
    measured = f"{low:+.5f} to {high:+.5f}"
    reason = (
        f"{found.metric} {boot.candidate:.5f} against {boot.incumbent:.5f} of {found.incumbent} on "
        f"{found.holdout}: improvement {measured} ({100 * boot.confidence:g} %, {boot.resamples} "
        f"resamples of {boot.rows} rows)"
    )
    return _result(gate.gate, low > gate.margin, measured, bound, reason)


def _compatible(gate: SignatureCompatible, facts: Facts) -> GateResult:
    bound = "the same outputs, no new inputs"
    if facts.incumbent is None:
        return _result(gate.gate, True, "no incumbent", bound, "nobody is in production yet")
    old, new = facts.incumbent.signature, facts.signature
    if old is None or new is None:
        lacks = facts.incumbent.ref if old is None else facts.ref
        return _result(gate.gate, False, "unknown", bound, f"{lacks} has no signature")
    if (why := why_callers_break(old, new)) is not None:
        measured = "other outputs" if old.inputs == new.inputs else "new inputs"
        return _result(gate.gate, False, measured, bound, why)
    return _result(gate.gate, True, "compatible", bound, f"fits callers of {facts.incumbent.ref}")


def _reproduced(gate: Reproduced, facts: Facts) -> GateResult:
    bound = " or ".join(gate.verdicts)
    latest = facts.verdicts[0] if facts.verdicts else None
    if latest is None:
        reason = f"it was never reproduced; run `registry reproduce {facts.ref}`"
        return _result(gate.gate, False, "never", bound, reason)
    return _result(
        gate.gate, latest in gate.verdicts, latest, bound, f"last reproduction: {latest}"
    )


def _described(gate: Described, facts: Facts) -> GateResult:
    size = len(facts.description.strip())
    reason = f"its description has {size} characters"
    if size < gate.characters:
        reason += f"; run `registry describe {facts.ref} TEXT`"
    bound = f">= {gate.characters} characters"
    return _result(gate.gate, size >= gate.characters, str(size), bound, reason)


def _graded(gate: Graded, facts: Facts) -> GateResult:
    holds = provenance.is_at_least(facts.grade, gate.at_least)
    lacks = f": {'; '.join(facts.grade_reasons)}" if facts.grade_reasons and not holds else ""
    reason = f"its provenance grade is {facts.grade}{lacks}"
    return _result(gate.gate, holds, facts.grade, f"{gate.at_least} or better", reason)


def _soaked(gate: Soaked, facts: Facts) -> GateResult:
    """Tell times and no durations: what people are shown must not change while they think."""
    name, bound = f"soaked in {gate.stage}", f">= {gate.hours:g} hours in {gate.stage}"
    stay = facts.stays.get(gate.stage)
    if stay is None:
        return _result(name, False, "never", bound, f"it never was in {gate.stage}")
    measured = f"since {stay.since:%Y-%m-%d %H:%M} UTC"
    if stay.until is not None:
        measured += f", until {stay.until:%Y-%m-%d %H:%M} UTC"
    if stay.spoiled is not None:
        return _result(name, False, measured, bound, f"{stay.spoiled}; let it enter anew")
    due = stay.since + timedelta(hours=gate.hours)
    end = stay.until or facts.at
    reason = f"in {gate.stage} {measured}; long enough at {due:%Y-%m-%d %H:%M} UTC"
    return _result(name, end is not None and end >= due, measured, bound, reason)


def _approved(gate: Approved, facts: Facts) -> GateResult:
    given = len(facts.approved_by)
    who = ", ".join(facts.approved_by) or "nobody"
    return GateResult(
        gate=gate.gate,
        outcome=Outcome.PASSED if given >= gate.people else Outcome.WAITING,
        measured=str(given),
        bound=f">= {gate.people} approvals",
        reason=f"{who} approved",
    )


def _result(gate: str, passed: bool, measured: str, bound: str, reason: str) -> GateResult:
    outcome = Outcome.PASSED if passed else Outcome.FAILED
    return GateResult(gate=gate, outcome=outcome, measured=measured, bound=bound, reason=reason)
