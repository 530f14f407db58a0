"""The checker of histories is worth something only if it refuses histories that are wrong."""

import itertools
import random
from collections.abc import Iterable

import pytest
from support.linearizability import (
    KEEP,
    NotLinearizable,
    Step,
    Undecided,
    Value,
    linearize,
)

FOREVER = float("inf")


def write(start: float, end: float, value: Value, **more: object) -> Step:
    return Step(f"write {value}", start, end, writes=value, **more)  # type: ignore[arg-type]


def swap(start: float, end: float, before: Value, after: Value, **more: object) -> Step:
    name = f"swap {before} for {after}"
    return Step(name, start, end, expects=before, writes=after, **more)  # type: ignore[arg-type]


def read(start: float, end: float, value: Value) -> Step:
    return Step(f"read {value}", start, end, expects=value)


RIGHT = {
    "nothing at all": [],
    "one after the other": [write(0, 1, 1), read(2, 3, 1), write(4, 5, 2), read(6, 7, 2)],
    "a read beside a write sees the old value": [write(0, 9, 1), read(1, 2, None)],
    "a read beside a write sees the new value": [write(0, 9, 1), read(1, 2, 1)],
    "two writers beside each other, the first to begin is the last": [
        write(0, 9, 1),
        write(1, 8, 2),
        read(10, 11, 1),
    ],
    "one of two swaps of the same value wins": [
        write(0, 1, 1),
        swap(2, 9, 1, 2),
        read(2, 9, 2),  # the loser is told what it found
        read(10, 11, 2),
    ],
    "an unknown write happened": [write(0, FOREVER, 1, certain=False), read(5, 6, 1)],
    "an unknown write never happened": [write(0, FOREVER, 1, certain=False), read(5, 6, None)],
    "an unknown write happened late": [
        write(0, FOREVER, 1, certain=False),
        read(5, 6, None),
        read(7, 8, 1),
    ],
    "something else than what is forbidden was found": [
        write(0, 1, 1),
        Step("not 2", 2, 3, forbids=2),
    ],
    "a chain that only one order explains": [
        swap(0, 9, 2, 3),
        swap(0, 9, 1, 2),
        swap(0, 9, None, 1),
        read(10, 11, 3),
    ],
}
WRONG = {
    "a stale read": [write(0, 1, 1), write(2, 3, 2), read(4, 5, 1)],
    "a lost update": [write(0, 1, 1), read(2, 3, None)],
    "a value nobody wrote": [write(0, 1, 1), read(2, 3, 7)],
    "two winners of one compare-and-swap": [
        write(0, 1, 1),
        swap(2, 9, 1, 2),
        swap(2, 9, 1, 3),
    ],
    "two swaps from the same value, one after the other": [
        swap(0, 1, None, 1),
        swap(2, 3, None, 2),
    ],
    "a read that goes back in time": [
        write(0, 9, 1),
        read(1, 2, 1),
        read(3, 4, None),
    ],
    "two readers who saw two orders": [
        write(0, 1, 1),
        write(0, 1, 2),
        read(2, 3, 1),
        read(4, 5, 2),
    ],
    "an unknown write that was seen and then was not": [
        write(0, FOREVER, 1, certain=False),
        read(5, 6, 1),
        read(7, 8, None),
    ],
    "an unknown write that was seen before it began": [
        read(1, 2, 1),
        write(3, FOREVER, 1, certain=False),
    ],
    "one unknown write that was seen twice": [
        write(0, FOREVER, 1, certain=False),
        read(1, 2, 1),
        write(3, 4, 2),
        read(5, 6, 1),
    ],
    "what is forbidden was there": [write(0, 1, 2), Step("not 2", 2, 3, forbids=2)],
    "a chain with a hole": [swap(0, 9, 2, 3), swap(0, 9, None, 1), read(10, 11, 3)],
}


@pytest.mark.parametrize("history", RIGHT.values(), ids=RIGHT.keys())
def test_a_history_that_can_be_explained_is_accepted(history: list[Step]) -> None:
    linearize(history, initial=None)


@pytest.mark.parametrize("history", WRONG.values(), ids=WRONG.keys())
def test_a_history_that_nothing_explains_is_refused(history: list[Step]) -> None:
    with pytest.raises(NotLinearizable):
        linearize(history, initial=None)


def test_a_wrong_witness_changes_nothing() -> None:
    steps = [swap(0, 9, n, n + 1, witness=-n) for n in range(8)]
    linearize(steps, initial=0)
    with pytest.raises(NotLinearizable):
        linearize([*steps, read(10, 11, 3)], initial=0)


def test_a_search_that_is_given_up_is_no_success() -> None:
    many = [write(0, 9, n) for n in range(14)]
    with pytest.raises(Undecided):
        linearize([*many, read(10, 11, "never written")], initial=None, budget=100)


@pytest.mark.slow
def test_a_long_history_takes_a_moment() -> None:
    chance, value, steps = random.Random(1), 0, []
    for place in range(20_000):
        reach = chance.random() * 8  # so that a handful overlap at every instant
        if chance.random() < 0.5:
            steps.append(Step("read", place - reach, place + reach, expects=value))
        else:
            new = chance.randrange(10)
            steps.append(swap(place - reach, place + reach, value, new, witness=place))
            value = new
    linearize(steps, initial=0)


def test_it_says_what_trying_every_order_says() -> None:
    chance, verdicts = random.Random(1), []
    for _ in range(600):
        steps = [_some_step(chance) for _ in range(chance.randrange(2, 6))]
        try:
            linearize(steps, initial=0)
        except NotLinearizable:
            verdicts.append(False)
        else:
            verdicts.append(True)
        assert verdicts[-1] == _any_order_explains(steps, 0), steps
    assert 100 < sum(verdicts) < 500  # both answers are tried


def _some_step(chance: random.Random) -> Step:
    start = chance.randrange(6)
    end = start + chance.randrange(4)
    value, other = chance.randrange(3), chance.randrange(3)
    match chance.randrange(5):
        case 0:
            return write(start, end, value)
        case 1:
            return swap(start, end, value, other)
        case 2:
            return Step(f"not {value}", start, end, forbids=value)
        case 3:
            return write(start, FOREVER, value, certain=False)
    return read(start, end, value)


def _any_order_explains(steps: list[Step], initial: Value) -> bool:
    sure = [s for s in steps if s.certain]
    unsure = [s for s in steps if not s.certain]
    taken = itertools.chain.from_iterable(
        itertools.combinations(unsure, n) for n in range(len(unsure) + 1)
    )
    return any(
        _explains(order, initial)
        for some in taken
        for order in itertools.permutations([*sure, *some])
    )


def _explains(order: Iterable[Step], value: Value) -> bool:
    latest_start = -1.0
    for step in order:
        if step.end < latest_start:
            return False
        latest_start = max(latest_start, step.start)
        if not step.allows(value):
            return False
        value = value if step.writes is KEEP else step.writes
    return True
