"""Retention takes what policy says and never what is in use."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry_tasks.entities.policy import Retention
from registry_tasks.rules.retention import Standing, to_archive, why_in_use

stages = st.sampled_from(["experiment", "staging", "production", "archived", "canary"])
keeps = st.none() | st.integers(0, 3)
retentions = st.builds(Retention, keep_superseded=keeps, keep_stale=keeps)


@st.composite
def standings(draw: st.DrawFn) -> list[Standing]:
    count = draw(st.integers(0, 8))
    left = draw(st.permutations(range(count)))
    return [
        Standing(
            number=number + 1,
            stages=draw(st.dictionaries(st.sampled_from(["default", "eu"]), stages, min_size=1)),
            aliases=draw(st.sampled_from([(), (), ("champion",)])),
            left_production=draw(st.sampled_from([None, left[number]])),
        )
        for number in range(count)
    ]


@pytest.mark.slow
@given(found=standings(), retention=retentions)
def test_nothing_in_use_is_ever_taken(found: list[Standing], retention: Retention) -> None:
    chosen = to_archive(found, retention)

    for standing in found:
        if standing.number in chosen:
            assert why_in_use(standing) is None
            assert set(standing.stages.values()) == {"experiment"}
            assert not standing.aliases


@pytest.mark.slow
@given(found=standings(), retention=retentions)
def test_doing_it_again_takes_nothing_more(found: list[Standing], retention: Retention) -> None:
    chosen = to_archive(found, retention)
    after = [
        Standing(s.number, {"default": "archived"}, s.aliases, s.left_production)
        if s.number in chosen
        else s
        for s in found
    ]
    assert to_archive(after, retention) == {}


@pytest.mark.slow
@given(found=standings())
def test_keeping_all_takes_nothing(found: list[Standing]) -> None:
    assert to_archive(found, Retention(keep_superseded=None, keep_stale=None)) == {}


def test_the_last_to_leave_production_are_kept_for_rolling_back() -> None:
    found = [
        Standing(1, {"default": "experiment"}, (), 1),
        Standing(2, {"default": "experiment"}, (), 0),
        Standing(3, {"default": "production"}, (), None),
    ]
    assert list(to_archive(found, Retention(keep_superseded=1))) == [1]
    assert list(to_archive(found, Retention(keep_superseded=0))) == [1, 2]


def test_only_versions_that_were_passed_over_are_stale() -> None:
    found = [
        Standing(1, {"default": "experiment"}, (), None),
        Standing(2, {"default": "staging"}, (), None),
        Standing(3, {"default": "experiment"}, (), None),
    ]
    assert list(to_archive(found, Retention(keep_stale=0))) == [1]
