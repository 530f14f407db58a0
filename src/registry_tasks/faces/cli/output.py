"""Everything that is printed goes through here, so that no stored text can play tricks."""

import csv
import json
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Final

from pydantic import JsonValue

from registry_tasks.entities.entity import Entity
from registry_tasks.entities.errors import InvalidSetting
from registry_tasks.entities.stage import slot
from registry_tasks.faces.cli.fitting import BETWEEN, fit, least_width, spread
from registry_tasks.faces.csv_value import csv_value

_UNLIMITED: Final = 10_000  # columns of a table that no terminal shows
_DVC_ENDS: Final = "ERROR: failed to reproduce "


def plain(text: str) -> str:
    """Show control and other invisible characters as escapes; lines and tabs stay."""
    return "".join(c if c.isprintable() or c in "\n\t" else _escaped(c) for c in text)


def print_text(*lines: str) -> None:
    """Print lines as they are, but for control characters."""
    _write(plain("\n".join(lines)))


def print_bytes(content: bytes) -> None:
    """Print a file as it is; a terminal gets its text without control characters."""
    if sys.stdout.isatty():
        print_text(content.decode(errors="replace").removesuffix("\n"))
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def write_new(path: Path, content: bytes) -> None:
    """Make the file that ``--to`` names, and none over another. Raises InvalidSetting."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError as error:
        reason = f"{error.filename} is there already; name another"
        raise InvalidSetting("--to", str(path), reason) from None
    except OSError as error:
        raise InvalidSetting("--to", str(path), error.strerror or str(error)) from None
    print_text(f"wrote {path}")


def print_json(document: Entity | JsonValue) -> None:
    """Print one JSON document; an entity with all its fields."""
    value = document.model_dump(mode="json") if isinstance(document, Entity) else document
    _write(json.dumps(value, indent=2))


def print_items(items: Iterable[Entity]) -> None:
    """Print a list as ``{"items": [...]}``."""
    print_json({"items": [item.model_dump(mode="json") for item in items]})


def print_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print comma-separated values as RFC 4180 has them, None as nothing, documents as JSON.

    A text that a spreadsheet would take for a formula begins with an apostrophe.
    """
    page = StringIO()
    writer = csv.writer(page, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([csv_value(value) for value in row] for row in rows)
    _write(page.getvalue().removesuffix("\n"))


def print_table(
    columns: Sequence[str], rows: Iterable[Sequence[object]], *, giving: Sequence[str] = ()
) -> None:
    """Print a table; columns with a ``#`` before their name are numbers, set to the right.

    Where a terminal has no room, the columns of ``giving`` are cut short or left out, the first one
    first; the others are always whole. What is no terminal gets all.
    """
    from rich.cells import cell_len

    values = [*rows]
    room, names = terminal_width(), [name.removeprefix("#") for name in columns]
    if room is None:
        draw_table(columns, names, [[*map(cell, row)] for row in values], None)
        return
    told = [[_table_cell(value) for value in row] for row in values]
    titles = [_title(name, [row[place] for row in values]) for place, name in enumerate(names)]
    widths = [max(map(cell_len, (t, *(r[i] for r in told)))) for i, t in enumerate(titles)]
    least = [
        least_width(title, width, name.startswith("#"))
        for title, width, name in zip(titles, widths, columns, strict=True)
    ]
    places = [names.index(name) for name in giving]
    fitted = fit(widths, least, places, room)
    draw_table(columns, titles, told, fitted, cut=places)
    if lacking := [name for name, width in zip(names, fitted, strict=True) if not width]:
        print_text(f"no room for: {', '.join(lacking)}; a wider terminal or --json shows it")


def draw_table(
    columns: Sequence[str],
    titles: Sequence[str],
    rows: Iterable[Sequence[str]],
    widths: Sequence[int] | None,
    *,
    cut: Sequence[int] = (),
) -> None:
    """Draw columns at these widths, those at 0 not at all; cells are cut short or go on below.

    None is as wide as they are.
    """
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        show_edge=False,
        collapse_padding=widths is not None,
    )
    kept = [place for place in range(len(titles)) if widths is None or widths[place]]
    for place in kept:
        table.add_column(
            Text(titles[place]),
            justify="right" if columns[place].startswith("#") else "left",
            width=None if widths is None else widths[place],
            no_wrap=place in cut,
            overflow="ellipsis" if place in cut else "fold",
        )
    for row in rows:
        table.add_row(*(Text(row[place]) for place in kept))
    page = StringIO()
    Console(
        file=page,
        force_terminal=sys.stdout.isatty(),
        width=_UNLIMITED if widths is None else spread(widths) + BETWEEN,
        highlight=False,
        emoji=False,
        markup=False,
        safe_box=True,
    ).print(table)
    _write("\n".join(line.rstrip() for line in page.getvalue().splitlines()))


def terminal_width() -> int | None:
    """Return how many columns the terminal has, None where there is none."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def _title(column: str, values: Sequence[object]) -> str:
    zone = " UTC" if any(isinstance(value, datetime) for value in values) else ""
    return column + zone


def _table_cell(value: object) -> str:
    return cell(value).removesuffix(" UTC") if isinstance(value, datetime) else cell(value)


def cell(value: object) -> str:
    """Write a value for people, on one line."""
    match value:
        case None:
            return "-"
        case datetime():
            return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{value:.6g}"
        case list() | dict():
            return plain(json.dumps(value))
    return "".join(_escaped(c) if c in "\n\t" else c for c in plain(str(value)))


def cut(text: str, length: int) -> str:
    """Shorten a text to a length, with a mark where something is missing."""
    return text if len(text) <= length else f"{text[: length - 3]}..."


def last_line(text: str) -> str:
    """Return the last line that says something: of a traceback or a log it is the cause.

    DVC's own closing words only say that a script failed, not why.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    told = [line for line in lines if not line.startswith(_DVC_ENDS)] or lines
    return told[-1] if told else ""


def standing(stages: Mapping[str, str]) -> str:
    """Name a version's places as references do: ``experiment, production-eu``."""
    return ", ".join(slot(stage, environment) for environment, stage in stages.items())


def size(size_bytes: int) -> str:
    """Write a size as people read it."""
    amount = float(size_bytes)
    for unit in ("bytes", "KiB", "MiB", "GiB"):
        if amount < 1024:
            break
        amount /= 1024
    else:
        unit = "TiB"
    return f"{amount:.0f} {unit}" if unit == "bytes" else f"{amount:.1f} {unit}"


def _escaped(character: str) -> str:
    return character.encode("unicode_escape", "surrogatepass").decode("ascii")


def _write(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def print_plan(plan: Mapping[str, str], nothing: str, json: bool) -> None:
    """Print what would be done to which version, and why; ``nothing`` is said of an empty plan."""
    if json:
        print_json({"items": [{"ref": ref, "reason": reason} for ref, reason in plan.items()]})
    elif plan:
        print_table(("version", "reason"), plan.items())
    else:
        print_text(nothing)
