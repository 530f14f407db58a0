"""Pictures: nothing of them is markup that somebody wrote, and nothing that matters is left out."""

import math
import re
import sys
from xml.etree import ElementTree

import pytest
from hypothesis import example, given, strategies as st

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
MOST, LEAST = sys.float_info.max, 5e-324
ODD = (
    0.0,
    -0.0,
    MOST,
    -MOST,
    LEAST,
    -LEAST,
    1e-310,
    1.0,
    1.0 + 2**-52,
    1e300,
    1e300 * (1 + 2**-52),
)
finite = st.floats(allow_nan=False, allow_infinity=False) | st.sampled_from(ODD)


def test_names_in_a_chart_are_text() -> None:
    points = [Point(1, 2.0, NASTY, f"/x?{NASTY}"), Point(2, 3.0)]
    drawn = line_chart([Series(NASTY, points), Series("b", points)], title=NASTY, x_label=NASTY)
    drawn += parallel_chart([NASTY, "b"], [ParallelRow(NASTY, (NASTY, 1), NASTY)], title=NASTY)
    drawn += spark_line([1, 2], title=NASTY)
    assert "<script" not in drawn
    ElementTree.fromstring(f"<div>{drawn}</div>")
    assert " style=" not in drawn


@given(st.lists(st.tuples(finite, finite), max_size=200))
@example([(1, MOST), (2, 0.1)])
@example([(1, 0.0), (2, LEAST)])
def test_any_points_are_drawn_inside_the_chart(pairs: list[tuple[float, float]]) -> None:
    drawn = line_chart([Series("a", [Point(x, y) for x, y in pairs])], title="t", height=100)
    root = ElementTree.fromstring(str(drawn))
    for circle in root.iter("circle"):
        assert 0 <= float(circle.attrib["cx"].rstrip("%")) <= 100
        assert 0 <= float(circle.attrib["cy"]) <= 100
    assert not {"nan", "inf"} & {*re.findall(r"[a-z]+", _places(drawn))}


@given(st.lists(st.lists(finite | st.integers() | st.none(), min_size=2, max_size=2), min_size=1))
@example([[10**400, MOST], [1, -MOST], [None, 0.0]])
@example([[MOST * n / 9, -MOST * n / 9] for n in range(10)])
def test_any_values_stand_on_parallel_axes(table: list[list[float | None]]) -> None:
    drawn = parallel_chart(["p", "q"], [ParallelRow("a", row) for row in table], title="t")
    ElementTree.fromstring(str(drawn))
    assert not {"nan", "inf"} & {*re.findall(r"[a-z]+", _places(drawn))}


@given(st.lists(finite, min_size=2, max_size=50))
@example([MOST, -MOST])
@example([0.0, LEAST])
def test_any_values_make_a_small_line(values: list[float]) -> None:
    points = re.findall(r'points="([^"]*)"', spark_line(values, title="t"))[0].split()
    assert all(0 <= float(point.split(",")[1]) <= 22 for point in points)


def _places(drawn: str) -> str:
    return " ".join(re.findall(r' (?:c?[xy][12]?|points)="([^"]*)"', drawn))


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
    room = scale.high * 1e-6 - scale.low * 1e-6
    assert all(scale.low - room <= tick <= scale.high + room for tick in ticks)
    assert all(math.isfinite(float(label(tick, ticks))) for tick in ticks)
    assert scale.low <= min(one, other) <= max(one, other) <= scale.high


@given(finite, finite, st.floats(min_value=0, max_value=1))
def test_what_is_so_far_along_is_found_there(one: float, other: float, share: float) -> None:
    scale = Scale.over([one, other])
    assert scale.share(scale.at(share)) == pytest.approx(share, abs=1e-3)


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
