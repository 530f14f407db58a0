"""Of runs that are due together one does the work, whoever looks first and from where."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, strategies as st

from registry_tasks.rules.due_runs import DueRun, Silent, Standing, is_lost, newer_than

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def run(hours_ago: float, name: str = "a", standing: Standing = Standing.WAITS) -> DueRun:
    return DueRun(NOW - timedelta(hours=hours_ago), name, name, {"model": "mower"}, standing)


def test_a_newer_due_run_makes_a_late_one_pointless_whether_it_waits_runs_or_is_done() -> None:
    for standing in (Standing.WAITS, Standing.RUNS, Standing.DONE):
        newer = run(1, "newer", standing)
        assert newer_than(run(2), [newer], NOW) == newer


def test_a_newer_run_that_came_to_nothing_makes_none_pointless() -> None:
    assert newer_than(run(2), [run(1, "newer", Standing.LOST)], NOW) is None


def test_a_run_that_is_due_later_makes_none_pointless() -> None:
    assert newer_than(run(2), [run(-1, "tomorrow")], NOW) is None


def test_a_run_with_other_parameters_does_something_else() -> None:
    other = run(1, "newer")._replace(parameters={"model": "mower", "commit": "abc"})
    assert newer_than(run(2), [other], NOW) is None


ids = st.text("abcdef", min_size=1, max_size=3)
sets = st.lists(st.tuples(st.integers(0, 5), ids), min_size=1, max_size=8, unique=True)


@given(sets)
def test_of_any_runs_due_together_exactly_one_is_never_pointless(
    due: list[tuple[int, str]],
) -> None:
    runs = [run(hours, name) for hours, name in due]

    left = [r for r in runs if newer_than(r, [o for o in runs if o is not r], NOW) is None]

    assert left == [max(runs, key=lambda r: (r.due, r.id))]


def test_a_silent_run_is_lost_after_a_while_unless_it_never_says_anything() -> None:
    patience, long, short = timedelta(minutes=15), timedelta(minutes=16), timedelta(minutes=14)
    for is_pending, speaks in ((True, True), (True, False), (False, True)):
        assert is_lost(Silent(is_pending, speaks, long), patience)
        assert not is_lost(Silent(is_pending, speaks, short), patience)
    assert not is_lost(Silent(is_pending=False, speaks=False, silent_for=long), patience)
