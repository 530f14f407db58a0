"""Tables with as many columns as there are versions, made to fit the terminal."""

import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from typing import Final

from registry_tasks.entities.side_by_side import Row, SideBySide
from registry_tasks.faces.cli.output import cell, print_table, print_text

_DIGEST: Final = re.compile(r"[0-9a-f]{32,64}(?:\.dir)?")
_DIGITS: Final = 10  # of a digest, as long as they tell a row's digests apart
_LONGEST: Final = 40
_BETWEEN: Final = 3  # blanks between columns, as ``print_table`` sets them


def print_side_by_side(found: SideBySide) -> None:
    """Print a table of what was compared; what is too wide comes in several, one below the other.

    Where there are more versions than rows, each version becomes a row.
    """
    heads = _heads(found.versions)
    title, labels = heads[0], [[row.group, row.name] for row in found.rows]
    texts = [_texts(row) for row in found.rows]
    room = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    names = ["", title]
    if room is not None and len(heads) - 1 > len(texts) and _width(labels, texts) > room:
        columns = [f"{group} {name}" for group, name in labels]
        rows = [[head] for head in heads[1:]]
        _print_blocks(room, [title], rows, columns, [list(c) for c in zip(*texts, strict=True)])
    else:
        _print_blocks(room, names, labels, heads[1:], texts)


def _print_blocks(
    room: int | None,
    names: list[str],
    labels: list[list[str]],
    columns: Sequence[str],
    texts: list[list[str]],
) -> None:
    left = sum(
        max(map(len, (name, *(label[i] for label in labels)))) + _BETWEEN
        for i, name in enumerate(names)
    )
    widths = [
        max(len(name), *(len(row[i]) for row in texts)) + _BETWEEN for i, name in enumerate(columns)
    ]
    for number, (start, end) in enumerate(_blocks(widths, None if room is None else room - left)):
        if number:
            print_text("")
        rows = [(*label, *row[start:end]) for label, row in zip(labels, texts, strict=True)]
        print_table((*names, *columns[start:end]), rows)


def _blocks(widths: list[int], room: int | None) -> Iterator[tuple[int, int]]:
    """Give start and end of as many columns as fit, one at least."""
    start, used = 0, 0
    for place, width in enumerate(widths):
        if room is not None and place > start and used + width > room:
            yield start, place
            start, used = place, 0
        used += width
    yield start, len(widths)


def _width(labels: list[list[str]], texts: list[list[str]]) -> int:
    lines = (
        sum(map(len, label)) + sum(map(len, row)) for label, row in zip(labels, texts, strict=True)
    )
    columns = 2 + max(map(len, texts), default=0)
    return max(lines, default=0) + _BETWEEN * columns


def _heads(versions: Sequence[str]) -> list[str]:
    """Return what all names begin with, and of each what is its own: ``mower``, ``@1``, ``@2``."""
    models = {name.rpartition("@")[0] for name in versions}
    if len(models) == 1 and (model := models.pop()):
        return [model, *(f"@{name.rpartition('@')[2]}" for name in versions)]
    return ["", *versions]


def _texts(row: Row) -> list[str]:
    """Write the values of a row; what is cut short must still tell them apart."""
    whole = [repr(value) if isinstance(value, float) else cell(value) for value in row.values]
    short = [cell(v) if isinstance(v, float) else _short(cell(v)) for v in row.values]
    return short if len(set(short)) == len(set(whole)) else whole


def _short(text: str) -> str:
    if _DIGEST.fullmatch(text):
        return text[:_DIGITS]
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
