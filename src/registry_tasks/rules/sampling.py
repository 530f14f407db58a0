"""Which point of a space a trial tries: a function of the plan and the trial's number alone."""

import math
import random

from pydantic import JsonValue

from registry_tasks.entities.errors import InvalidSpace
from registry_tasks.entities.sweep import (
    MAX_TRIALS,
    Between,
    Choice,
    Integers,
    Sampler,
    Space,
    SweepPlan,
    Trial,
    Values,
)

Point = dict[str, JsonValue]


def grid_size(space: Space) -> int:
    """Count the points of a grid. Raises InvalidSpace if it has no end, or too many."""
    size = math.prod(_count(key, values) for key, values in space.items())
    if size > MAX_TRIALS:
        reason = f"its grid has {size:,} points; {MAX_TRIALS:,} are allowed"
        raise InvalidSpace("space", f"{reason}: take fewer values, or --sampler random")
    return size


def grid_point(space: Space, number: int) -> Point:
    """Return a point of the grid; the last parameter changes from one to the next."""
    point: Point = {}
    for key, values in reversed(space.items()):
        number, place = divmod(number, _count(key, values))
        point[key] = _nth(values, place)
    return {key: point[key] for key in space}


def random_point(space: Space, seed: int, number: int) -> Point:
    """Return the point of a trial, whatever came before it."""
    roll = random.Random(f"{seed} {number}")
    return {key: _drawn(values, roll) for key, values in space.items()}


def batches(plan: SweepPlan) -> tuple[range, ...]:
    """Return which trials are drawn at once.

    Optuna learns from the trials of the batches before; the other samplers learn nothing.
    """
    size = plan.parallel if plan.sampler is Sampler.OPTUNA else plan.trials
    starts = range(0, plan.trials, size)
    return tuple(range(start, min(start + size, plan.trials)) for start in starts)


def best_first(trials: tuple[Trial, ...], *, higher_is_better: bool) -> tuple[Trial, ...]:
    """Order trials by value, equal ones by number; those without one come last, by number."""
    sign = -1 if higher_is_better else 1

    def place(trial: Trial) -> tuple[bool, float, int]:
        value = trial.value
        return value is None, 0.0 if value is None else sign * value, trial.number

    return tuple(sorted(trials, key=place))


def best_of(trials: tuple[Trial, ...], *, higher_is_better: bool) -> Trial | None:
    """Return the trial with the best value, the first of equal ones; None if none has any."""
    for trial in best_first(trials, higher_is_better=higher_is_better)[:1]:
        return trial if trial.value is not None else None
    return None


def _count(key: str, values: Values) -> int:
    match values:
        case Choice():
            return len(values.values)
        case Integers():
            return values.count
    raise InvalidSpace(key, f"a grid cannot go over {values.kind}; name values with choice(...)")


def _nth(values: Values, place: int) -> JsonValue:
    assert not isinstance(values, Between)  # has no count
    if isinstance(values, Choice):
        return values.values[place]
    return values.low + place * values.step


def _drawn(values: Values, roll: random.Random) -> JsonValue:
    match values:
        case Choice():
            return roll.choice(values.values)
        case Integers():
            return values.low + roll.randrange(values.count) * values.step
    if values.kind == "uniform":
        return roll.uniform(values.low, values.high)
    drawn = math.exp(roll.uniform(math.log(values.low), math.log(values.high)))
    return min(max(drawn, values.low), values.high)
