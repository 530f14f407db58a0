"""Parallel coordinates: a line a version over an axis a parameter or metric.

Source: Inselberg, The plane with parallel coordinates (1985).
"""

import sys
from collections.abc import Sequence
from typing import Final, NamedTuple, TypeGuard

from markupsafe import Markup

from registry_tasks.faces.web.charts.lines import COLOURS
from registry_tasks.faces.web.charts.scales import WIDTH, Scale, percent

_NAME: Final = 22  # characters of an axis
_LABEL: Final = 14  # of a tick
_TICKS: Final = 6


class ParallelRow(NamedTuple):
    """One line; ``values`` stand in the order of the axes, None breaks it."""

    name: str
    values: Sequence[object]
    url: str | None = None


class _Axis(NamedTuple):
    shares: tuple[float | None, ...]
    ticks: tuple[tuple[float, str], ...]


def parallel_chart(
    axes: Sequence[str], rows: Sequence[ParallelRow], *, title: str, height: int = 260
) -> Markup:
    """Draw each row as a line: numbers on a linear axis, all else on evenly spread places."""
    made = [_axis([row.values[place] for row in rows]) for place in range(len(axes))]
    where = [place / max(1, len(axes) - 1) for place in range(len(axes))]
    parts = [
        _draw_row(row, [axis.shares[n] for axis in made], where, 1 + n % COLOURS, axes, height)
        for n, row in enumerate(rows)
    ]
    parts += [
        _draw_axis(name, axis, place, height)
        for name, axis, place in zip(axes, made, where, strict=True)
    ]
    shape = (
        '<figure class="chart"><div class="area parallel"><svg width="100%" height="{}" role="group" '
        'aria-label="{}">{}</svg></div></figure>'
    )
    return Markup(shape).format(height, title, Markup("").join(parts))


def _axis(values: Sequence[object]) -> _Axis:
    known = [value for value in values if value is not None]
    numbers = [float(value) for value in known if _is_number(value)]
    if known and len(numbers) == len(known):
        scale = Scale.over(numbers)
        shares = tuple(scale.share(float(v)) if _is_number(v) else None for v in values)
        marked = sorted(set(numbers))
        if len(marked) > _TICKS:
            marked = [scale.at(n / 4) for n in range(5)]
        return _Axis(shares, tuple((scale.share(value), f"{value:.4g}") for value in marked))
    kinds = sorted({str(value) for value in known})
    spread = {kind: (n + 0.5) / len(kinds) for n, kind in enumerate(kinds)}
    shares = tuple(None if value is None else spread[str(value)] for value in values)
    step = -(-len(kinds) // 12) or 1
    return _Axis(shares, tuple((spread[kind], _cut(kind, _LABEL)) for kind in kinds[::step]))


def _is_number(value: object) -> TypeGuard[int | float]:
    """Whether a value can stand on a linear axis; an integer larger than any float cannot."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return abs(value) <= sys.float_info.max


def _draw_axis(name: str, axis: _Axis, place: float, height: int) -> Markup:
    x = percent(place)
    parts = [
        Markup('<line class="axis" x1="{0}" x2="{0}" y1="0" y2="{1}"/>').format(x, height),
        Markup('<text class="strong" x="{}" y="{}" text-anchor="middle">{}</text>').format(
            x, -14, _cut(name, _NAME)
        ),
    ]
    text = '<text x="{}" dx="-6" y="{:.1f}" text-anchor="end" dominant-baseline="middle">{}</text>'
    parts += [Markup(text).format(x, (1 - share) * height, said) for share, said in axis.ticks]
    return Markup("").join(parts)


def _draw_row(
    row: ParallelRow,
    shares: Sequence[float | None],
    where: Sequence[float],
    colour: int,
    axes: Sequence[str],
    height: int,
) -> Markup:
    pieces: list[list[str]] = [[]]
    for share, place in zip(shares, where, strict=True):
        if share is None:
            pieces.append([])
        else:
            pieces[-1].append(f"{place * WIDTH:.1f},{(1 - share) * height:.1f}")
    told = "\n".join(
        (row.name, *(f"{name}: {v}" for name, v in zip(axes, row.values, strict=True)))
    )
    lines = Markup("").join(
        Markup('<polyline class="line s{}" points="{}"/>').format(colour, " ".join(piece))
        for piece in pieces
        if len(piece) > 1
    )
    shape = (
        '<g data-series="{}"><title>{}</title><svg width="100%" height="{}" viewBox="0 0 {} {}" '
        'preserveAspectRatio="none">{}</svg></g>'
    )
    found = Markup(shape).format(row.name, told, height, WIDTH, height, lines)
    return Markup('<a href="{}">{}</a>').format(row.url, found) if row.url else found


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length // 2 - 1]}…{text[-length // 2 :]}"
