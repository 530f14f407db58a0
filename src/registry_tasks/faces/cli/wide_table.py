"""Tables with as many columns as there are versions, made to fit the terminal."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from registry_tasks.entities.side_by_side import Row, SideBySide
from registry_tasks.faces.cli.fitting import BETWEEN, fold
from registry_tasks.faces.cli.output import (
    cell,
    draw_table,
    print_text,
    size,
    terminal_width,
)

_DIGEST: Final = re.compile(r"[0-9a-f]{32,64}(?:\.dir)?")
_DIGITS: Final = 10  # of a digest, as long as they tell a row's digests apart
_LONGEST: Final = 40
_LABEL: Final = 24  # columns for the names of rows, where they must wrap
_NARROW: Final = 12  # columns for a version, where its values must wrap
_BYTES: Final = "_bytes"


def print_side_by_side(found: SideBySide) -> None:
    """Print a table of what was compared; what is too wide comes in several, one below the other.

    Where there are more versions than rows, each version becomes a row.
    """
    heads = _heads(found.versions)
    texts = [_texts(row) for row in found.rows]
    room = terminal_width()
    if room is not None and len(heads) - 1 > len(texts) and _width(found.rows, texts) > room:
        columns = [f"{row.group} {_label(row)}" for row in found.rows]
        rows = [[head] for head in heads[1:]]
        _print_blocks(room, [heads[0]], rows, columns, [list(c) for c in zip(*texts, strict=True)])
        return
    labels, lines = [], []
    for group, members in groupby(zip(found.rows, texts, strict=True), lambda pair: pair[0].group):
        labels.append([group])
        lines.append([""] * len(found.versions))
        for row, line in members:
            labels.append([f"  {_label(row)}"])
            lines.append(line)
    _print_blocks(room, heads[:1], labels, heads[1:], lines)


def _print_blocks(
    room: int | None,
    names: list[str],
    labels: list[list[str]],
    columns: Sequence[str],
    texts: list[list[str]],
) -> None:
    from rich.cells import cell_len

    left = max(map(cell_len, (*names, *(label[0] for label in labels))))
    whole = [max(map(cell_len, (n, *(row[i] for row in texts)))) for i, n in enumerate(columns)]
    narrow = [min(width, _NARROW) + BETWEEN for width in whole]
    label = left if room is None else max(min(left, _LABEL), min(left, room - sum(narrow)))
    for number, (start, end) in enumerate(_blocks(narrow, None if room is None else room - label)):
        if number:
            print_text("")
        widths = whole[start:end]
        if room is not None:
            widths = fold(widths, room - label - BETWEEN, _NARROW)
        titles = (*names, *columns[start:end])
        rows = [(*head, *row[start:end]) for head, row in zip(labels, texts, strict=True)]
        draw_table([""] * len(titles), titles, rows, [label, *widths])


def _blocks(widths: list[int], room: int | None) -> Iterator[tuple[int, int]]:
    """Give start and end of as many columns as fit, one at least."""
    start, used = 0, 0
    for place, width in enumerate(widths):
        if room is not None and place > start and used + width > room:
            yield start, place
            start, used = place, 0
        used += width
    yield start, len(widths)


def _width(rows: Sequence[Row], texts: list[list[str]]) -> int:
    lines = (len(_label(row)) + sum(map(len, line)) for row, line in zip(rows, texts, strict=True))
    return max(lines, default=0) + BETWEEN * (1 + max(map(len, texts), default=0))


def _heads(versions: Sequence[str]) -> list[str]:
    """Return what all names begin with, and of each what is its own: ``mower``, ``@1``, ``@2``."""
    models = {name.rpartition("@")[0] for name in versions}
    if len(models) == 1 and (model := models.pop()):
        return [model, *(f"@{name.rpartition('@')[2]}" for name in versions)]
    return ["", *versions]


def _label(row: Row) -> str:
    return cell(row.name.removesuffix(_BYTES) if _is_size(row) else row.name)


def _is_size(row: Row) -> bool:
    return row.group in ("version", "run") and row.name.endswith(_BYTES)


def _texts(row: Row) -> list[str]:
    """Write the values of a row; what is cut short must still tell them apart."""
    whole = [repr(value) if isinstance(value, float) else cell(value) for value in row.values]
    if row.nulls:
        return ["null" if place in row.nulls else text for place, text in enumerate(whole)]
    if _is_size(row):
        short = [size(value) if isinstance(value, int) else cell(value) for value in row.values]
    else:
        short = [cell(v) if isinstance(v, float) else _short(cell(v)) for v in row.values]
    return short if len(set(short)) == len(set(whole)) else whole


def _short(text: str) -> str:
    if _DIGEST.fullmatch(text):
        return text[:_DIGITS]
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
