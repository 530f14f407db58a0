"""How wide a table's columns may be, so that it fits the terminal: some give way, none is cut unsaid."""

from collections.abc import Sequence
from typing import Final

BETWEEN: Final = 2
"""Blanks between two columns."""
_CUT: Final = 11  # of a column that is cut short: a day and a mark
_FOLDED: Final = 8  # of one whose cells go on in the next line


def fit(widths: Sequence[int], least: Sequence[int], giving: Sequence[int], room: int) -> list[int]:
    """Return each column's width; 0 where there is no room for it.

    The columns of ``giving`` are cut short, the first one first, but to no less than ``least``; if that
    is not enough, they are left out one by one. Then the others wrap, all but the first.
    """
    fitted = list(widths)
    for place in giving:
        over = spread(fitted) - room
        fitted[place] -= max(0, min(over, widths[place] - least[place]))
    if spread(fitted) <= room:
        return fitted
    if not giving:
        return [widths[0], *fold(widths[1:], room - widths[0] - BETWEEN)]
    rest = [0 if place == giving[0] else width for place, width in enumerate(widths)]
    return fit(rest, least, giving[1:], room)


def fold(widths: Sequence[int], room: int, least: int = _FOLDED) -> list[int]:
    """Take from the widest columns what is too much."""
    folded = list(widths)
    while spread(folded) > room and max(folded) > least:
        folded[folded.index(max(folded))] -= 1
    return folded


def spread(widths: Sequence[int]) -> int:
    """Return how wide the columns are together."""
    kept = [width for width in widths if width]
    return sum(kept) + BETWEEN * (len(kept) - 1)


def least_width(title: str, width: int, is_number: bool) -> int:
    """Return how far a column can be cut short; a number cut short would be another number."""
    return width if is_number else min(width, max(len(title), _CUT))
