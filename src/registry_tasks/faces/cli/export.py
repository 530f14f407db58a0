"""``registry export`` and ``registry import-store``: the store in open formats, and back."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from registry_tasks.entities.export import ExportFormat, ExportStore, ImportStore
from registry_tasks.faces.cli.options import Json
from registry_tasks.faces.cli.output import cell, print_json, print_text, size
from registry_tasks.faces.cli.session import registry_of

New = Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder that is not there yet.")]
Exported = Annotated[Path, typer.Argument(metavar="FOLDER", help="What `export` wrote.")]
Format = Annotated[ExportFormat, typer.Option("--format", help="How rows are written.")]


def export(
    context: typer.Context,
    folder: New,
    form: Format = ExportFormat.JSONL,
    json: Json = False,
) -> None:
    """Write the whole store to a new folder, in open formats."""
    from registry_tasks.registry.care.export import export

    made = export(registry_of(context), ExportStore(folder=str(folder), format=form))
    if json:
        print_json(made)
        return
    print_text(
        f"{sum(made.rows.values())} rows of {_tables(made.rows)} tables in {made.folder} "
        f"({size(made.size_bytes)})",
        "bytes of models and data stay in the remote",
        *_left_out(made.left_out, "left out, as they are of this place"),
    )


def import_store(context: typer.Context, folder: Exported, json: Json = False) -> None:
    """Fill an empty store from an export."""
    from registry_tasks.registry.care.import_store import import_store

    made = import_store(registry_of(context), ImportStore(folder=str(folder)))
    if json:
        print_json(made)
        return
    print_text(
        f"{sum(made.rows.values())} rows of {_tables(made.rows)} tables as of "
        f"{cell(made.exported_at)} are in {made.store}, compared with what was exported",
        *_left_out(made.left_out, "not in the export, so give and subscribe anew"),
        "look whether their objects are here: registry doctor",
    )


def _left_out(rows: dict[str, int], why: str) -> Iterator[str]:
    found = [f"{count} of {table}" for table, count in rows.items() if count]
    if found:
        yield f"{why}: rows {', '.join(found)}"


def _tables(rows: dict[str, int]) -> int:
    return sum(count > 0 for count in rows.values())
