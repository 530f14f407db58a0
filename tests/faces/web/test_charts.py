"""Pictures: nothing of them is markup that somebody wrote, and nothing that matters is left out."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry_tasks.faces.web.charts import (
    ParallelRow,
    Point,
    Series,
    line_chart,
    parallel_chart,
    spark_line,
)
from registry_tasks.faces.web.charts.lines import thin
from registry_tasks.faces.web.charts.scales import Scale, label

NASTY = '"><script>alert(1)</script>'
finite = st.floats(min_value=-1e12, max_value=1e12, allow_nan=False)


def test_names_in_a_chart_are_text() -> None:
    points = [Point(1, 2.0, NASTY, f"/x?{NASTY}"), Point(2, 3.0)]
    drawn = line_chart([Series(NASTY, points), Series("b", points)], title=NASTY, x_label=NASTY)
    drawn += parallel_chart([NASTY, "b"], [ParallelRow(NASTY, (NASTY, 1), NASTY)], title=NASTY)
    drawn += spark_line([1, 2], title=NASTY)
    assert "<script" not in drawn
    ElementTree.fromstring(f"<div>{drawn}</div>")
    assert " style=" not in drawn


@given(st.lists(st.tuples(finite, finite), max_size=200))
def test_any_points_are_drawn_inside_the_chart(pairs: list[tuple[float, float]]) -> None:
    drawn = line_chart([Series("a", [Point(x, y) for x, y in pairs])], title="t", height=100)
    root = ElementTree.fromstring(str(drawn))
    for circle in root.iter("circle"):
        assert 0 <= float(circle.attrib["cx"].rstrip("%")) <= 100
        assert 0 <= float(circle.attrib["cy"]) <= 100


@given(st.lists(finite, min_size=1, max_size=3000), st.integers(min_value=2, max_value=300))
def test_thinning_keeps_ends_and_extremes(values: list[float], half: int) -> None:
    points = [Point(n, value) for n, value in enumerate(values)]
    kept = thin(points, 2 * half)
    assert len(kept) <= max(len(points), 2 * half + 2)
    assert (kept[0], kept[-1]) == (points[0], points[-1])
    assert max(p.y for p in kept) == max(values)
    assert min(p.y for p in kept) == min(values)
    assert [p.x for p in kept] == sorted(p.x for p in kept)


@given(finite, finite)
def test_ticks_are_within_the_scale_and_few(one: float, other: float) -> None:
    scale = Scale.over([one, other])
    ticks = scale.ticks(5)
    assert len(ticks) <= 8
    room = (scale.high - scale.low) * 1e-6 + 1e-9
    assert all(scale.low - room <= tick <= scale.high + room for tick in ticks)


@pytest.mark.parametrize(
    ("ticks", "said"),
    [((0.65, 0.70, 0.75), "0.70"), ((0.0, 0.025, 0.05), "0.025"), ((1.0, 2.0, 3.0), "2")],
)
def test_a_tick_has_the_digits_of_its_neighbours(ticks: tuple[float, ...], said: str) -> None:
    assert label(ticks[1], ticks) == said


def test_values_that_are_none_break_a_line_of_parallel_coordinates() -> None:
    rows = [ParallelRow("a", (1, None, 3, "x")), ParallelRow("b", (2, 1.5, 4, "y"))]
    drawn = parallel_chart(["p", "q", "r", "s"], rows, title="t")
    assert drawn.count("<polyline") == 2


def test_one_value_is_no_line() -> None:
    assert spark_line([1.0], title="t") == ""
