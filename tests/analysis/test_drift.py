"""The population stability index: by hand, in its bounds, and as a reader sees it."""

import math
import random

import pytest
from hypothesis import given, strategies as st

from registry_tasks.analysis.drift import FLOOR, column_drift

values = st.lists(st.one_of(st.integers(0, 9).map(str), st.just("")), min_size=1, max_size=60)


def test_two_categories_by_hand() -> None:
    before, after = ["a"] * 50 + ["b"] * 50, ["a"] * 80 + ["b"] * 20

    found = column_drift("kind", before, after)

    assert found.index == pytest.approx(0.3 * math.log(0.8 / 0.5) - 0.3 * math.log(0.2 / 0.5))
    shown = {b.values: (b.training, b.newest) for b in found.bins}
    assert shown == {"a": (0.5, 0.8), "b": (0.5, 0.2), "other": (0, 0), "missing": (0, 0)}


def test_numbers_are_put_into_quantiles_of_the_training_data() -> None:
    before = [str(n) for n in range(1, 101)]

    found = column_drift("n", before, [str(n) for n in range(51, 101)], bins=4)

    assert [b.values for b in found.bins] == [
        "<= 25.75",
        "(25.75, 50.5]",
        "(50.5, 75.25]",
        "> 75.25",
        "missing",
    ]
    assert [b.newest for b in found.bins] == [0, 0, 0.5, 0.5, 0]
    empty = (FLOOR - 0.25) * math.log(FLOOR / 0.25)
    assert found.index == pytest.approx(2 * empty + 2 * 0.25 * math.log(0.5 / 0.25))


def test_values_that_go_missing_are_drift() -> None:
    found = column_drift("n", ["1", "2", "3", "4"] * 10, ["1", "2", "3", ""] * 10)

    assert found.bins[-1].values == "missing"
    assert found.bins[-1].newest == 0.25
    assert found.index > 0.25


def test_a_category_that_was_never_seen_is_among_the_others() -> None:
    found = column_drift("kind", ["a"] * 10, ["a"] * 5 + ["new"] * 5)

    assert {b.values: b.newest for b in found.bins}["other"] == 0.5


def test_draws_from_the_same_distribution_are_stable_and_a_shift_is_not() -> None:
    chance = random.Random(7)
    before = [str(chance.gauss(0, 1)) for _ in range(5000)]

    same = column_drift("n", before, [str(chance.gauss(0, 1)) for _ in range(5000)])
    moved = column_drift("n", before, [str(chance.gauss(0.7, 1)) for _ in range(5000)])

    assert same.index < 0.02
    assert moved.index > 0.25


@given(values, values)
def test_any_values_have_shares_and_an_index(before: list[str], after: list[str]) -> None:
    found = column_drift("c", before, after)

    assert math.isfinite(found.index)
    assert found.index >= 0
    assert sum(b.training for b in found.bins) == pytest.approx(1)
    assert sum(b.newest for b in found.bins) == pytest.approx(1)


@given(values)
def test_the_same_values_have_not_drifted(before: list[str]) -> None:
    assert column_drift("c", before, before).index == 0
