"""Pictures of metric series: one for each series, a line a version or run."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple

from markupsafe import Markup

from registry_tasks.entities.side_by_side import Curve
from registry_tasks.faces.web.charts import Point, Series, line_chart
from registry_tasks.faces.web.charts.lines import COLOURS
from registry_tasks.registry.catalogue.compare import read_curves
from registry_tasks.registry.experiments.show_run import read_series
from registry_tasks.registry.registry import Registry

MAX_POINTS: Final = 50_000
"""Of all series together that one page reads."""
_MAX_CHARTS: Final = 24
_HEIGHT: Final = 190


class Drawn(NamedTuple):
    """Series with their pictures, and those that have too many points for a page."""

    charts: tuple[tuple[str, Markup], ...]
    left_out: tuple[str, ...]


def draw_curves(
    registry: Registry,
    names: Sequence[str],
    runs: Iterable[str],
    url_of: Callable[[str], str] | None = None,
) -> Drawn:
    """Draw the series of versions or runs, called ``names``, over one another; ``runs`` are UUIDs.

    With ``url_of`` the end of each line leads to its page.
    """
    counted: Counter[str] = Counter()
    for series in read_series(registry, runs):
        counted[series.key] += series.points
    chosen, left_out = _choose(counted)
    if not chosen:
        return Drawn((), left_out)
    curves = read_curves(registry, names, chosen).curves
    order = {name: place for place, name in enumerate(dict.fromkeys(names))}
    found = ((key, [c for c in curves if c.series == key]) for key in chosen)
    return Drawn(tuple((key, _chart(key, those, order, url_of)) for key, those in found), left_out)


def _choose(counted: Counter[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    chosen: list[str] = []
    points = 0
    for key, count in sorted(counted.items(), key=lambda pair: pair[1]):
        if points + count <= MAX_POINTS and len(chosen) < _MAX_CHARTS:
            chosen.append(key)
            points += count
    return tuple(sorted(chosen)), tuple(sorted(set(counted) - set(chosen)))


def _chart(
    key: str,
    curves: Sequence[Curve],
    order: dict[str, int],
    url_of: Callable[[str], str] | None,
) -> Markup:
    series = [
        Series(c.version, _points(c, url_of), colour=1 + order.get(c.version, 0) % COLOURS)
        for c in curves
    ]
    return line_chart(series, title=key, x_label="step", height=_HEIGHT)


def _points(curve: Curve, url_of: Callable[[str], str] | None) -> list[Point]:
    points = [
        Point(step, value, f"{curve.version}\nstep {step}: {value:.6g}")
        for step, value in zip(curve.steps, curve.values, strict=True)
    ]
    if points and url_of is not None:
        points[-1] = points[-1]._replace(url=url_of(curve.version), radius=3.5)
    return points
