"""The picture of a metric over versions, with what entered which stage."""

from typing import Final

from markupsafe import Markup

from registry_tasks.entities.stage import Stage
from registry_tasks.entities.trend import StageChange, Trend, TrendPoint
from registry_tasks.faces.web.charts import Point, Series, line_chart
from registry_tasks.faces.web.links import version_url

_GREY: Final = 0
_PRODUCTION: Final = 3
_OTHERS: Final = (2, 5, 4, 6, 7, 8)


def trend_chart(trend: Trend) -> Markup:
    """Draw versions, which of them production had as time went on, and who entered a stage."""
    values = {p.number: p for p in trend.points if p.value is not None}
    measured = [_point(trend, p) for p in values.values()]
    series = [Series("versions", measured, colour=_GREY)]
    if stairs := _in_production(trend, values):
        made = Series(
            "in production", stairs, colour=_PRODUCTION, look="wide", steps=True, dots=False
        )
        series.insert(0, made)
    stages = sorted(
        {change.stage for change in trend.changes}, key=lambda s: (s == "production", s)
    )
    for place, stage in enumerate(stages):
        entered = [c for c in trend.changes if c.stage == stage and c.number in values]
        colour = _PRODUCTION if stage == Stage.PRODUCTION else _OTHERS[place % len(_OTHERS)]
        points = [_entered(trend, values[c.number], c) for c in entered]
        series.append(Series(f"entered {stage}", points, colour=colour, line=False))
    return line_chart(series, title=f"{trend.metric} of {trend.model}", x_label="version")


def _point(trend: Trend, p: TrendPoint) -> Point:
    told = f"{trend.model}@{p.number} {p.semantic_version}\n{trend.metric} {p.value:.6g}"
    return Point(p.number, p.value or 0.0, told, version_url(f"{trend.model}@{p.number}"))


def _entered(trend: Trend, p: TrendPoint, change: StageChange) -> Point:
    when = change.at.strftime("%Y-%m-%d %H:%M UTC")
    point = _point(trend, p)
    told = f"{point.told}\nentered {change.stage} {when} by {change.by}"
    return point._replace(told=told, radius=5.5 if change.stage == Stage.PRODUCTION else 4.0)


def _in_production(trend: Trend, values: dict[int, TrendPoint]) -> list[Point]:
    """A line of steps: the metric of the version in production when each version came."""
    entered = [c for c in trend.changes if c.stage == Stage.PRODUCTION and c.number in values]
    if not entered:
        return []
    points = []
    for change in entered:
        newest = max(
            (p.number for p in trend.points if p.created_at <= change.at), default=change.number
        )
        points.append(Point(newest, values[change.number].value or 0.0))
    last = trend.points[-1].number
    return [*points, Point(last, points[-1].y)]
