"""A change split by cause: exact, symmetric, and honest about what cannot be told apart."""

from itertools import combinations, permutations
from math import fsum, isclose, ulp

import pytest
from hypothesis import given, strategies as st

from registry_tasks.entities.difference import Cause
from registry_tasks.entities.recipe import Recipe
from registry_tasks.rules.attribution import (
    Mix,
    attribute,
    causes_between,
    mixed_parameters,
    mixes_of,
)

CAUSES = (Cause.CODE, Cause.DATA, Cause.PARAMETERS)
RECIPE = Recipe(
    code={"train.py": "1"},
    commands={"train": "python train.py"},
    resolved="r",
    parameters={"trees": 3, "data.months": ["2013-01"]},
    data={"data.csv": "2"},
    environment="e",
)
numbers = st.floats(-1e6, 1e6, allow_nan=False)


def by_orders(causes: tuple[Cause, ...], values: dict[Mix, float]) -> dict[Cause, float]:
    """The definition, word by word: bring the causes in, one by one, in every order."""
    orders = list(permutations(causes))
    brought = {cause: [0.0] for cause in causes}
    for order in orders:
        for place, cause in enumerate(order):
            there = frozenset(order[:place])
            brought[cause].append(values[there | {cause}] - values[there])
    return {cause: fsum(each) / len(orders) for cause, each in brought.items()}


@given(st.lists(numbers, min_size=16, max_size=16), st.integers(1, 4))
def test_parts_are_the_average_over_all_orders_and_sum_to_the_change(
    drawn: list[float], size: int
) -> None:
    causes = (*CAUSES, Cause.PACKAGES)[:size]
    values = dict(zip(mixes_of(causes), drawn, strict=False))
    parts = attribute(causes, values)
    assert [part.causes for part in parts] == [(cause,) for cause in causes]
    change = values[frozenset(causes)] - values[frozenset()]
    digit = max(ulp(part.change) for part in parts)
    assert abs(fsum(part.change for part in parts) - change) <= digit
    expected = by_orders(causes, values)
    for part in parts:
        assert isclose(part.change, expected[part.causes[0]], rel_tol=1e-9, abs_tol=1e-6)


def test_a_cause_that_changes_nothing_has_no_part_and_equals_have_equal_parts() -> None:
    values = {mix: 2.0 * (Cause.CODE in mix) * (Cause.DATA in mix) for mix in mixes_of(CAUSES)}
    parts = {part.causes: part.change for part in attribute(CAUSES, values)}
    assert parts == {(Cause.CODE,): 1.0, (Cause.DATA,): 1.0, (Cause.PARAMETERS,): 0.0}


def test_causes_that_cannot_be_apart_share_a_part() -> None:
    values = {mix: float(len(mix)) for mix in mixes_of(CAUSES)}
    del values[frozenset({Cause.CODE})]  # the new code cannot run with the old parameters
    del values[frozenset({Cause.CODE, Cause.DATA})]
    parts = {part.causes: part.change for part in attribute(CAUSES, values)}
    assert parts == {(Cause.CODE, Cause.PARAMETERS): 2.0, (Cause.DATA,): 1.0}
    ends = {frozenset(): 1.0, frozenset(CAUSES): 4.0}
    assert [(p.causes, p.change) for p in attribute(CAUSES, ends)] == [(CAUSES, 3.0)]


def test_every_mix_is_there_once() -> None:
    for size in range(5):
        causes = (*CAUSES, Cause.PACKAGES)[:size]
        expected = {frozenset(c) for n in range(size + 1) for c in combinations(causes, n)}
        assert set(mixes_of(causes)) == expected
        assert len(mixes_of(causes)) == 2**size
        assert mixes_of(causes)[0] == frozenset()
        assert mixes_of(causes)[-1] == frozenset(causes)


@pytest.mark.parametrize(
    ("changed", "causes"),
    [
        ({}, ()),
        ({"code": {"train.py": "9"}}, (Cause.CODE,)),
        ({"commands": {"train": "python train.py -v"}}, (Cause.CODE,)),
        ({"data": {"data.csv": "9"}}, (Cause.DATA,)),
        ({"parameters": {"trees": 3, "data.months": ["2013-02"]}}, (Cause.DATA,)),
        ({"parameters": {"trees": 4, "data.months": ["2013-01"]}}, (Cause.PARAMETERS,)),
        ({"parameters": {"data.months": ["2013-01"]}}, (Cause.PARAMETERS,)),
        ({"environment": "other"}, ()),
        ({"code": {}, "data": {}, "parameters": {}}, CAUSES),
    ],
)
def test_causes_are_what_semantic_versions_call_them(
    changed: dict[str, object], causes: tuple[Cause, ...]
) -> None:
    assert causes_between(RECIPE, RECIPE.model_copy(update=changed)) == causes


def test_parameters_come_from_the_one_that_they_are_about_as_far_as_the_code_knows_them() -> None:
    own = {"trees": 3, "data.seed": 1, "new": 0, "registry.models.m": "policy"}
    data = {"trees": 5, "data.seed": 2, "data.gone": 7}
    rest = {"trees": 9, "data.seed": 8, "gone": 1, "registry.models.m": "other"}
    assert mixed_parameters(own, data, rest) == {"trees": 9, "data.seed": 2}
    assert mixed_parameters(own, own, own) == {}
