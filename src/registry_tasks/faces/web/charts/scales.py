"""Scales: from values to places, and the round numbers that stand beside an axis.

Values are finite, and may be as large or as small as a float can be: nothing here overflows, and
nothing is divided by a span of nothing.
"""

import math
import sys
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple, Self

WIDTH = 1000
"""Of what a line is drawn in; it is stretched to the chart's width."""
_MOST: Final = sys.float_info.max
_LEAST: Final = 1e-290
"""Of a span that is drawn; what differs by less stands on one line."""
_TOLD_APART: Final = 1e-12
"""Of their size, by which values differ at least that are drawn apart."""


class Scale(NamedTuple):
    """A span of values, both ends in it; an empty one is widened."""

    low: float
    high: float

    @classmethod
    def over(cls, values: Iterable[float], *, room: float = 0.0) -> Self:
        """Span finite values with some room around them, as a share of the span."""
        known = [value for value in values if math.isfinite(value)]
        if not known:
            return cls(0.0, 1.0)
        low, high = min(known), max(known)
        margin = high * room - low * room
        size = max(abs(low), abs(high))
        if high / 2 - low / 2 <= max(size * _TOLD_APART, _LEAST):
            margin = size * 0.05 if size * _TOLD_APART > _LEAST else 0.5
        return cls(max(-_MOST, low - margin), min(_MOST, high + margin))

    def share(self, value: float) -> float:
        """Return how far along the span a value is, 0 to 1."""
        return (value / 2 - self.low / 2) / (self.high / 2 - self.low / 2)

    def at(self, share: float) -> float:
        """Return the value that is so far along the span."""
        return self.low * (1 - share) + self.high * share

    def ticks(self, wanted: int = 5, *, whole: bool = False) -> tuple[float, ...]:
        """Return round values within the span. Source: Heckbert, Nice numbers (1990), simplified."""
        rough = self.high / wanted - self.low / wanted
        unit = 10.0 ** math.floor(math.log10(rough))
        step = next(unit * m for m in (1, 2, 2.5, 5, 10) if unit * m >= rough * 0.999)
        if whole:
            step = max(1.0, math.ceil(step))
        first = math.ceil(self.low / step - 1e-9)
        last = math.floor(self.high / step + 1e-9)
        return tuple(place * step for place in range(first, last + 1))


def label(value: float, ticks: Sequence[float]) -> str:
    """Write a tick with as many digits as its neighbours need."""
    step = abs(ticks[1] - ticks[0]) if len(ticks) > 1 else abs(value) or 1.0
    if max(map(abs, ticks)) >= 1e6 or step < 1e-5:
        return f"{value:.3g}"
    digits = max(0, -math.floor(math.log10(step) + 1e-9))
    if abs(step * 10**digits - round(step * 10**digits)) > 1e-6:
        digits += 1
    return f"{value:.{digits}f}"


def percent(share: float) -> str:
    """Write a share as SVG takes it."""
    return f"{100 * share:.3f}%"
