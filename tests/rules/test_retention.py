"""Retention takes what policy says and never what is in use."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from registry_tasks.entities.policy import Retention
from registry_tasks.rules.retention import Standing, to_archive, why_in_use

NOW = datetime(2026, 11, 23, tzinfo=UTC)
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
    chosen = to_archive(found, retention, NOW)

    for standing in found:
        if standing.number in chosen:
            assert why_in_use(standing) is None
            assert set(standing.stages.values()) == {"experiment"}
            assert not standing.aliases


@pytest.mark.slow
@given(found=standings(), retention=retentions)
def test_doing_it_again_takes_nothing_more(found: list[Standing], retention: Retention) -> None:
    chosen = to_archive(found, retention, NOW)
    after = [
        Standing(s.number, {"default": "archived"}, s.aliases, s.left_production)
        if s.number in chosen
        else s
        for s in found
    ]
    assert to_archive(after, retention, NOW) == {}


@pytest.mark.slow
@given(found=standings())
def test_keeping_all_takes_nothing(found: list[Standing]) -> None:
    assert to_archive(found, Retention(keep_superseded=None, keep_stale=None), NOW) == {}


def test_the_last_to_leave_production_are_kept_for_rolling_back() -> None:
    found = [
        Standing(1, {"default": "experiment"}, (), 1),
        Standing(2, {"default": "experiment"}, (), 0),
        Standing(3, {"default": "production"}, (), None),
    ]
    assert list(to_archive(found, Retention(keep_superseded=1), NOW)) == [1]
    assert list(to_archive(found, Retention(keep_superseded=0), NOW)) == [1, 2]


def test_only_versions_that_were_passed_over_are_stale() -> None:
    found = [
        Standing(1, {"default": "experiment"}, (), None),
        Standing(2, {"default": "staging"}, (), None),
        Standing(3, {"default": "experiment"}, (), None),
    ]
    assert list(to_archive(found, Retention(keep_stale=0), NOW)) == [1]


def _of_age(number: int, days: int, held: str | None = None) -> Standing:
    at = NOW - timedelta(days=days)
    return Standing(number, {"default": "experiment"}, (), None, held=held, created_at=at)


def test_age_alone_archives_all_but_the_newest() -> None:
    found = [_of_age(1, 200), _of_age(2, 90), _of_age(3, 100)]
    policy = Retention(archive_after_days=100, keep_stale=None, keep_superseded=None)
    assert list(to_archive(found, policy, NOW)) == [1]


def test_what_is_young_stays_whatever_else_policy_says() -> None:
    found = [_of_age(1, 3), _of_age(2, 9), Standing(3, {"default": "staging"}, (), None)]
    assert list(to_archive(found, Retention(keep_stale=0, keep_days=7), NOW)) == [2]


def test_what_is_held_is_left_where_it_is() -> None:
    found = [_of_age(1, 9, held="audit"), Standing(2, {"default": "staging"}, (), None)]
    assert to_archive(found, Retention(keep_stale=0, archive_after_days=1), NOW) == {}


def test_each_is_told_why() -> None:
    found = [
        Standing(1, {"default": "experiment"}, (), 1),
        Standing(2, {"default": "experiment"}, (), None),
        Standing(3, {"eu": "production"}, (), 0),
        _of_age(4, 50),
        _of_age(5, 60),
    ]
    policy = Retention(keep_superseded=1, keep_stale=0, archive_after_days=50)
    assert to_archive(found, policy, NOW) == {
        1: "superseded; policy keeps the last 1",
        2: "stale: version 3 rose without it; policy keeps the last 0",
        4: "old; policy archives after 50 days",
    }


def test_the_newest_that_were_passed_over_are_kept() -> None:
    found = [Standing(n, {"default": "experiment"}, (), None) for n in (1, 3, 2)]
    found.append(Standing(4, {"default": "staging"}, (), None))
    policy = Retention(keep_stale=1, keep_superseded=None)
    assert list(to_archive(found, policy, NOW)) == [1, 2]


@pytest.mark.parametrize(
    ("standing", "why"),
    [
        (Standing(1, {"eu": "production"}, (), None), "it is in production (eu)"),
        (Standing(1, {"default": "experiment"}, ("a", "b"), None), "alias 'a' points to it"),
        (
            Standing(1, {"default": "experiment"}, (), None, ("API in eu",)),
            "it is deployed: API in eu",
        ),
        (Standing(1, {"default": "experiment"}, (), None, held="audit"), None),
    ],
)
def test_what_is_in_use_says_where(standing: Standing, why: str | None) -> None:
    assert why_in_use(standing) == why
