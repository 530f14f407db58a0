"""Everything that is printed goes through here, so that no stored text can play tricks."""

import csv
import json
import os
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from io import StringIO
from typing import Final, NoReturn

import typer
from pydantic import JsonValue

from registry_tasks.entities.entity import Entity
from registry_tasks.faces.cli.exit_codes import READER_GONE

_UNLIMITED: Final = 10_000  # columns of a table that no terminal shows
_STDOUT: Final = 1


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
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        _leave()


def print_json(document: Entity | JsonValue) -> None:
    """Print one JSON document; an entity with all its fields."""
    value = document.model_dump(mode="json") if isinstance(document, Entity) else document
    _write(json.dumps(value, indent=2))


def print_items(items: Iterable[Entity]) -> None:
    """Print a list as ``{"items": [...]}``."""
    print_json({"items": [item.model_dump(mode="json") for item in items]})


def print_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print comma-separated values as RFC 4180 has them, None as nothing, documents as JSON."""
    page = StringIO()
    writer = csv.writer(page, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_csv_value(value) for value in row] for row in rows)
    _write(page.getvalue().removesuffix("\n"))


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table; columns with a ``#`` before their name are numbers, set to the right."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for column in columns:
        table.add_column(
            Text(column.removeprefix("#")), justify="right" if column.startswith("#") else "left"
        )
    for row in rows:
        table.add_row(*(Text(cell(value)) for value in row))
    is_terminal = sys.stdout.isatty()
    page = StringIO()
    Console(
        file=page,
        force_terminal=is_terminal,
        width=None if is_terminal else _UNLIMITED,
        highlight=False,
        emoji=False,
        markup=False,
        safe_box=True,
    ).print(table)
    _write("\n".join(line.rstrip() for line in page.getvalue().splitlines()))


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


def _csv_value(value: object) -> object:
    return json.dumps(value) if isinstance(value, list | dict | bool) else value


def _escaped(character: str) -> str:
    return character.encode("unicode_escape", "surrogatepass").decode("ascii")


def _write(text: str) -> None:
    try:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()
    except BrokenPipeError:  # such as `registry models | head -1`
        _leave()


def _leave() -> NoReturn:
    os.dup2(os.open(os.devnull, os.O_WRONLY), _STDOUT)  # for what is still in the buffer
    raise typer.Exit(READER_GONE) from None
