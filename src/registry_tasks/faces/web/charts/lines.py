"""Lines over one horizontal axis: a metric over versions, a loss over steps."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

from markupsafe import Markup, escape

from registry_tasks.faces.web.charts.scales import WIDTH, Scale, label, percent

COLOURS: Final = 8
"""How many there are: classes s1 to s8; s0 is grey."""
_DRAWN: Final = 600
"""Points of a line; more could not be told apart."""
_USUAL: Final = 2.6
_HIT: Final = 7  # of what is not seen, and can be pointed at
_DOTTED: Final = 60
"""Points, up to which each is seen; of a longer line as many can be pointed at."""


class Point(NamedTuple):
    """A value, what is told of it when it is pointed at, and where it leads."""

    x: float
    y: float
    told: str = ""
    url: str | None = None
    radius: float = _USUAL


@dataclass(frozen=True)
class Series:
    """A line; ``colour`` 0 is grey, None takes the next one. ``look`` is a class: thin or wide."""

    name: str
    points: Sequence[Point]
    colour: int | None = None
    look: str = ""
    line: bool = True
    steps: bool = False
    dots: bool = True


def line_chart(
    series: Sequence[Series],
    *,
    title: str,
    x_label: str = "",
    whole_x: bool = True,
    height: int = 240,
) -> Markup:
    """Draw series over one another; ``title`` is for whoever cannot see it."""
    drawn = [made for made in series if made.points]
    across = Scale.over(p.x for made in drawn for p in made.points)
    up = Scale.over((p.y for made in drawn for p in made.points), room=0.06)
    colours = [_colour(made, place) for place, made in enumerate(drawn)]
    parts = [_axes(across, up, x_label, whole_x=whole_x, height=height)]
    parts += [
        _line(made, colour, across, up, height)
        for made, colour in zip(drawn, colours, strict=True)
        if made.line
    ]
    parts += [
        dot
        for made, colour in zip(drawn, colours, strict=True)
        if made.dots
        for dot in _dots(made, colour, across, up, height)
    ]
    shape = (
        '<figure class="chart"><div class="area"><svg width="100%" height="{}" role="{}" '
        'aria-label="{}">{}</svg></div>{}</figure>'
    )
    # what holds links is no single picture for whoever listens
    role = "group" if any(p.url for made in drawn for p in made.points) else "img"
    content = Markup("").join(parts)
    return Markup(shape).format(height, role, title, content, _legend(drawn, colours))


def thin(points: Sequence[Point], kept: int = _DRAWN) -> list[Point]:
    """Keep the lowest and the highest point of each of so many equal stretches of a long line."""
    if len(points) <= kept:
        return [*points]
    found = [points[0]]
    stretch = len(points) / (kept // 2)
    for place in range(kept // 2):
        part = points[int(place * stretch) : int((place + 1) * stretch)]
        if part:
            ends = {id(p): p for p in (min(part, key=_height), max(part, key=_height))}
            found += sorted(ends.values())
    return [*found, points[-1]]


def _height(point: Point) -> float:
    return point.y


def _colour(series: Series, place: int) -> int:
    return 1 + place % COLOURS if series.colour is None else series.colour


def _axes(across: Scale, up: Scale, x_label: str, *, whole_x: bool, height: int) -> Markup:
    level, along = up.ticks(5), across.ticks(8, whole=whole_x)
    parts = []
    for tick in level:
        y = (1 - up.share(tick)) * height
        line = '<line class="gridline" x1="0" x2="100%" y1="{0:.1f}" y2="{0:.1f}"/>'
        parts.append(Markup(line).format(y))
        text = '<text x="-8" y="{:.1f}" text-anchor="end" dominant-baseline="middle">{}</text>'
        parts.append(Markup(text).format(y, label(tick, level)))
    axis = '<line class="axis" x1="0" x2="100%" y1="{0}" y2="{0}"/>'
    parts.append(Markup(axis).format(height))
    for tick in along:
        text = '<text x="{}" y="{}" text-anchor="middle">{}</text>'
        where = percent(across.share(tick))
        parts.append(Markup(text).format(where, height + 17, label(tick, along)))
    if x_label:
        text = '<text x="100%" y="{}" text-anchor="end">{}</text>'
        parts.append(Markup(text).format(height + 33, x_label))
    return Markup("").join(parts)


def _line(series: Series, colour: int, across: Scale, up: Scale, height: int) -> Markup:
    points = thin(series.points) if not series.steps else [*_stairs(series.points)]
    places = " ".join(
        f"{across.share(p.x) * WIDTH:.1f},{(1 - up.share(p.y)) * height:.1f}" for p in points
    )
    shape = (
        '<svg width="100%" height="{}" viewBox="0 0 {} {}" preserveAspectRatio="none">'
        '<polyline class="line {} s{}" data-series="{}" points="{}"/></svg>'
    )
    return Markup(shape).format(height, WIDTH, height, series.look, colour, series.name, places)


def _stairs(points: Sequence[Point]) -> Iterator[Point]:
    for before, after in pairwise(points):
        yield before
        yield after._replace(y=before.y)
    yield from points[-1:]


def _dots(series: Series, colour: int, across: Scale, up: Scale, height: int) -> Iterator[Markup]:
    is_long = len(series.points) > _DOTTED and series.line
    name = escape(series.name)
    for p in thin(series.points, 2 * _DOTTED) if is_long else series.points:
        x, y = percent(across.share(p.x)), (1 - up.share(p.y)) * height
        is_plain = is_long and p.radius == _USUAL
        look, radius = ("hit", _HIT) if is_plain else ("dot", p.radius)
        told = escape(p.told or f"{series.name}\n{p.x:g}: {p.y:.6g}")
        # made by hand: there may be thousands, and Markup.format costs ten times as much
        found = (
            f'<g class="s{colour}" data-series="{name}"><title>{told}</title>'
            f'<circle class="{look}" cx="{x}" cy="{y:.1f}" r="{radius}"/></g>'
        )
        yield Markup(f'<a href="{escape(p.url)}">{found}</a>' if p.url else found)


def _legend(series: Sequence[Series], colours: Sequence[int]) -> Markup:
    if len(series) < 2:
        return Markup("")
    items = Markup("").join(
        Markup('<li class="s{}"><i></i><span>{}</span></li>').format(colour, made.name)
        for made, colour in zip(series, colours, strict=True)
    )
    return Markup('<ul class="legend">{}</ul>').format(items)
