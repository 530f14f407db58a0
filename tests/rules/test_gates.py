"""Each gate finds what it should, at its bound and beside it, and says so in words."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from math import inf, nan
from typing import Any, Final

import pytest

from registry_tasks.entities.comparison import Bootstrap, Comparison
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
from registry_tasks.entities.signature import Column, Signature
from registry_tasks.rules.gates import (
    Facts,
    Incumbent,
    failures,
    gates_for,
    gates_of,
    is_by,
    judge,
)

NOW: Final = datetime(2026, 11, 23, 12, tzinfo=UTC)
A, B = Column(name="a", type="float64"), Column(name="b", type="float64")
CALLED: Final = Signature(inputs=(A,), outputs=(B,))
BOTH: Final = Signature(inputs=(A, B), outputs=(B,))
BARE: Final = Facts(
    ref="mower@2",
    metrics={"auc": 0.75, "loss": 0.5},
    signature=CALLED,
    description="",
    grade="C",
    grade_reasons=("commit", "push"),
    verdicts=(),
    incumbent=None,
    comparison=None,
)
HELD: Final = replace(BARE, incumbent=Incumbent("mower@1", CALLED))
YES, NO, WAITS = Outcome.PASSED, Outcome.FAILED, Outcome.WAITING


def found(gate: Gate, facts: Facts) -> GateResult:
    (result,) = judge((gate,), facts)
    return result


def compared(low: float, high: float, *, higher_is_better: bool = True) -> Facts:
    bootstrap = Bootstrap(
        candidate=0.75, incumbent=0.7, difference=0.05, low=low, high=high,
        confidence=0.95, resamples=1000, seed=3, rows=60,
    )  # fmt: skip
    comparison = Comparison(
        run="r", incumbent="mower@1", incumbent_uuid="u", holdout="data/held.csv",
        holdout_sha256="0" * 64, metric="auc", higher_is_better=higher_is_better,
        bootstrap=bootstrap, at=NOW, by="ada",
    )  # fmt: skip
    return replace(HELD, comparison=comparison)


@pytest.mark.parametrize(
    ("bounds", "outcome", "bound"),
    [
        ({"at_least": 0.75}, YES, ">= 0.75"),
        ({"at_least": 0.7500001}, NO, ">= 0.75"),
        ({"at_most": 0.75}, YES, "<= 0.75"),
        ({"at_most": 0.7499999}, NO, "<= 0.75"),
        ({"at_least": 0.7, "at_most": 0.8}, YES, ">= 0.7 and <= 0.8"),
        ({"at_least": 0.8, "at_most": 0.9}, NO, ">= 0.8 and <= 0.9"),
        ({"at_least": 0.6, "at_most": 0.7}, NO, ">= 0.6 and <= 0.7"),
    ],
)
def test_a_metric_lies_within_its_bounds_ends_included(
    bounds: dict[str, float], outcome: Outcome, bound: str
) -> None:
    assert found(MetricBound(metric="auc", **bounds), BARE) == GateResult(
        gate="metric auc", outcome=outcome, measured="0.75", bound=bound, reason="auc is 0.75"
    )


@pytest.mark.parametrize("value", [nan, inf, -inf])
def test_a_metric_that_is_no_finite_number_passes_nothing(value: float) -> None:
    facts = replace(BARE, metrics={"auc": value})
    assert found(MetricBound(metric="auc"), facts).outcome is NO


@pytest.mark.parametrize(("metrics", "known"), [({}, "none"), ({"b": 1, "a": 2}, "a, b")])
def test_a_metric_that_is_not_there_fails_and_those_that_are_are_named(
    metrics: dict[str, float], known: str
) -> None:
    result = found(MetricBound(metric="f1", at_least=0), replace(BARE, metrics=metrics))
    assert (result.outcome, result.measured) == (NO, "missing")
    assert result.reason == f"no such metric; the run has {known}"


@pytest.mark.parametrize(
    ("low", "high", "higher", "margin", "outcome", "measured"),
    [
        (0.01, 0.09, True, 0.0, YES, "+0.01000 to +0.09000"),
        (0.0, 0.09, True, 0.0, NO, "+0.00000 to +0.09000"),
        (0.01, 0.09, True, 0.01, NO, "+0.01000 to +0.09000"),
        (-0.09, -0.01, False, 0.0, YES, "+0.01000 to +0.09000"),
        (-0.09, -0.01, True, 0.0, NO, "-0.09000 to -0.01000"),
        (0.01, 0.09, False, -1.0, YES, "-0.09000 to -0.01000"),
    ],
)
def test_the_worse_end_of_the_improvement_must_be_above_the_margin(
    low: float, high: float, higher: bool, margin: float, outcome: Outcome, measured: str
) -> None:
    facts = compared(low, high, higher_is_better=higher)
    result = found(BetterThanProduction(margin=margin), facts)
    assert (result.outcome, result.measured) == (outcome, measured)
    assert result.bound == f"lower end of the improvement > {margin:g}"
    assert result.reason == (
        "auc 0.75000 against 0.70000 of mower@1 on data/held.csv: improvement "
        f"{measured} (95 %, 1000 resamples of 60 rows)"
    )


def test_without_an_incumbent_there_is_nothing_to_beat_and_nobody_to_break() -> None:
    for gate in (BetterThanProduction(), SignatureCompatible()):
        result = found(gate, replace(BARE, signature=None))
        assert (result.outcome, result.measured) == (YES, "no incumbent")
        assert result.reason == "nobody is in production yet"


def test_what_was_not_compared_fails_and_says_how_to() -> None:
    result = found(BetterThanProduction(), HELD)
    assert (result.outcome, result.measured) == (NO, "not compared")
    assert "with mower@1" in result.reason
    assert result.reason.endswith("run `registry evaluate mower@2`")


@pytest.mark.parametrize(
    ("old", "new", "outcome", "measured", "reason"),
    [
        (CALLED, CALLED, YES, "compatible", "fits callers of mower@1"),
        (BOTH, CALLED, YES, "compatible", "fits callers of mower@1"),
        (CALLED, BOTH, NO, "new inputs", "new or changed inputs: b"),
        (CALLED, Signature(inputs=(A,), outputs=(A,)), NO, "other outputs", "the outputs changed"),
        (None, CALLED, NO, "unknown", "mower@1 has no signature"),
        (CALLED, None, NO, "unknown", "mower@2 has no signature"),
    ],
)
def test_callers_of_production_must_be_able_to_call_the_candidate(
    old: Signature | None, new: Signature | None, outcome: Outcome, measured: str, reason: str
) -> None:
    facts = replace(BARE, incumbent=Incumbent("mower@1", old), signature=new)
    result = found(SignatureCompatible(), facts)
    assert (result.outcome, result.measured, result.reason) == (outcome, measured, reason)
    assert result.bound == "the same outputs, no new inputs"


@pytest.mark.parametrize(
    ("verdicts", "wanted", "outcome", "measured"),
    [
        ((), ("identical",), NO, "never"),
        ((Verdict.IDENTICAL,), ("identical",), YES, "identical"),
        ((Verdict.EQUIVALENT, Verdict.IDENTICAL), ("identical",), NO, "equivalent"),
        ((Verdict.EQUIVALENT,), ("identical", "equivalent"), YES, "equivalent"),
    ],
)
def test_the_last_reproduction_counts(
    verdicts: tuple[Verdict, ...], wanted: Any, outcome: Outcome, measured: str
) -> None:
    result = found(Reproduced(verdicts=wanted), replace(BARE, verdicts=verdicts))
    assert (result.outcome, result.measured) == (outcome, measured)
    assert result.bound == " or ".join(wanted)
    last = f"last reproduction: {measured}"
    never = "it was never reproduced; run `registry reproduce mower@2`"
    assert result.reason == (last if verdicts else never)


@pytest.mark.parametrize(
    ("text", "outcome", "more"),
    [(" abcd ", NO, "; run `registry describe mower@2 TEXT`"), (" abcde\n", YES, "")],
)
def test_a_description_is_counted_without_the_blanks_around_it(
    text: str, outcome: Outcome, more: str
) -> None:
    size = len(text.strip())
    assert found(Described(characters=5), replace(BARE, description=text)) == GateResult(
        gate="described", outcome=outcome, measured=str(size), bound=">= 5 characters",
        reason=f"its description has {size} characters{more}",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("least", "reasons", "outcome", "reason"),
    [
        ("C", ("commit", "push"), YES, "its provenance grade is C"),
        ("D", (), YES, "its provenance grade is C"),
        ("B", ("commit", "push"), NO, "its provenance grade is C: commit; push"),
        ("B", (), NO, "its provenance grade is C"),
    ],
)
def test_a_grade_is_as_good_as_asked_or_what_it_lacks_is_said(
    least: Any, reasons: tuple[str, ...], outcome: Outcome, reason: str
) -> None:
    result = found(Graded(at_least=least), replace(BARE, grade_reasons=reasons))
    assert (result.outcome, result.measured, result.reason) == (outcome, "C", reason)
    assert result.bound == f"{least} or better"


@pytest.mark.parametrize(
    ("until_h", "at_h", "outcome"),
    [(None, 2.0, YES), (None, 1.99, NO), (2.0, 1.0, YES), (1.0, 99.0, NO), (None, None, NO)],
)
def test_a_stay_lasts_until_it_ended_or_until_now(
    until_h: float | None, at_h: float | None, outcome: Outcome
) -> None:
    def after(hours: float | None) -> datetime | None:
        return None if hours is None else NOW + timedelta(hours=hours)

    stay = Stay(since=NOW, until=after(until_h), spoiled=None)
    result = found(Soaked(hours=2), replace(BARE, stays={"staging": stay}, at=after(at_h)))
    ended = "" if until_h is None else f", until {after(until_h):%Y-%m-%d %H:%M} UTC"
    assert result == GateResult(
        gate="soaked in staging", outcome=outcome, bound=">= 2 hours in staging",
        measured=f"since 2026-11-23 12:00 UTC{ended}",
        reason=f"in staging since 2026-11-23 12:00 UTC{ended}; long enough at 2026-11-23 14:00 UTC",
    )  # fmt: skip


def test_who_never_was_there_and_whose_stay_was_spoiled_have_not_soaked() -> None:
    gate = Soaked(hours=1, stage="canary")
    never = found(gate, replace(BARE, stays={"staging": None, "canary": None}, at=NOW))
    assert (never.outcome, never.measured) == (NO, "never")
    assert never.reason == "it never was in canary"
    stay = Stay(since=NOW, until=None, spoiled="a rebuild differed")
    late = NOW + timedelta(days=9)
    spoiled = found(gate, replace(BARE, stays={"canary": stay}, at=late))
    assert spoiled.outcome is NO
    assert spoiled.reason == "a rebuild differed; let it enter anew"


@pytest.mark.parametrize(
    ("people", "outcome", "who"),
    [((), WAITS, "nobody"), (("ada",), WAITS, "ada"), (("ada", "bob"), YES, "ada, bob")],
)
def test_people_are_counted_and_named(people: tuple[str, ...], outcome: Outcome, who: str) -> None:
    assert found(Approved(people=2), replace(BARE, approved_by=people)) == GateResult(
        gate="approved", outcome=outcome, measured=str(len(people)), bound=">= 2 approvals",
        reason=f"{who} approved",
    )  # fmt: skip


def test_every_gate_judges_though_one_has_failed_and_only_those_that_say_no_are_failures() -> None:
    gates = (MetricBound(metric="auc", at_least=1), Approved(), MetricBound(metric="loss"))
    results = judge(gates, BARE)
    assert [r.outcome for r in results] == [NO, WAITS, YES]
    assert failures(results) == (("metric auc", "auc is 0.75"),)


def test_an_environment_s_own_list_comes_before_that_of_everywhere() -> None:
    one, other = MetricBound(metric="a"), MetricBound(metric="b")
    everywhere = {"staging": (one,), "production": (one,)}
    policy = Policy(stages=everywhere, stages_in={"eu": {"staging": (other,)}})
    assert gates_of(policy, "staging", "default") == (one,)
    assert gates_of(policy, "staging", "eu") == (other,)
    assert gates_of(policy, "production", "eu") == (one,)
    assert gates_of(policy, "canary", "eu") == ()


def test_production_without_a_gate_is_refused_and_other_stages_are_not() -> None:
    policy = Policy()
    assert gates_for("mower", policy, "staging", "default") == ()
    with pytest.raises(InvalidPolicy, match="mower.*production has no gate"):
        gates_for("mower", policy, "production", "default")


@pytest.mark.parametrize(
    "other",
    [{"metric": "f1"}, {"higher_is_better": False}, {"resamples": 999}, {"confidence": 0.9}, {"seed": 4}],
)  # fmt: skip
def test_a_comparison_is_by_the_evaluation_that_policy_names_or_is_not(other: Any) -> None:
    comparison = compared(0, 1).comparison
    assert comparison is not None
    asked = Evaluation(metric="auc", higher_is_better=True, resamples=1000, confidence=0.95, seed=3)
    assert is_by(comparison, asked)
    assert not is_by(comparison, asked.model_copy(update=other))
    assert not is_by(comparison, None)
