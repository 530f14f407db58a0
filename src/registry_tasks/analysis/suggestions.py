"""What Optuna would try next, given what earlier trials came to."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pydantic import JsonValue

from registry_tasks.entities.errors import ExtraMissing
from registry_tasks.entities.sweep import Choice, Integers, SweepPlan, Trial, Values

if TYPE_CHECKING:
    from optuna.distributions import BaseDistribution


def suggest(
    plan: SweepPlan, numbers: range, earlier: Sequence[Trial]
) -> list[dict[str, JsonValue]]:
    """Return the points of a batch of trials.

    A function of its arguments alone: the sampler is seeded anew for each batch and told all
    earlier trials, so a sweep that goes on later draws what it would have drawn.
    Raises: ExtraMissing.
    """
    try:
        import optuna
    except ModuleNotFoundError:
        raise ExtraMissing("the sampler optuna", "sweep") from None
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    sampler = optuna.samplers.TPESampler(seed=(plan.seed * 1_000_003 + numbers.start) % 2**32)
    direction = "maximize" if plan.higher_is_better else "minimize"
    study = optuna.create_study(sampler=sampler, direction=direction)
    asked = {key: _distribution(values) for key, values in plan.space.items()}
    for trial in sorted(earlier, key=lambda trial: trial.number):
        state = optuna.trial.TrialState
        study.add_trial(
            optuna.trial.create_trial(
                params={
                    key: _told(plan.space[key], value) for key, value in trial.parameters.items()
                },
                distributions=asked,
                value=trial.value,
                state=state.FAIL if trial.value is None else state.COMPLETE,
            )
        )
    points = []
    for _ in numbers:
        drawn = study.ask(asked).params
        points.append({key: _read(plan.space[key], drawn[key]) for key in plan.space})
    return points


def _distribution(values: Values) -> "BaseDistribution":
    """Choices go by their places: Optuna takes no lists."""
    from optuna import distributions as d

    match values:
        case Choice():
            return d.CategoricalDistribution(tuple(range(len(values.values))))
        case Integers():
            highest = values.low + (values.count - 1) * values.step
            return d.IntDistribution(values.low, highest, step=values.step)
    return d.FloatDistribution(values.low, values.high, log=values.kind == "loguniform")


def _told(values: Values, value: JsonValue) -> JsonValue:
    return values.values.index(value) if isinstance(values, Choice) else value


def _read(values: Values, drawn: JsonValue) -> JsonValue:
    if isinstance(values, Choice):
        assert isinstance(drawn, int)
        return values.values[drawn]
    return drawn
