"""``registry compare``: versions side by side."""

from typing import Annotated

import typer

from registry_tasks.faces.cli.options import Json
from registry_tasks.faces.cli.output import print_json, print_table, print_text
from registry_tasks.faces.cli.session import registry_of

Refs = Annotated[list[str], typer.Argument(metavar="REF REF...", help="Two versions or more.")]
All = Annotated[bool, typer.Option("--all", help="Also what is the same in all of them.")]


def compare(context: typer.Context, refs: Refs, all: All = False, json: Json = False) -> None:
    """Show what differs between two versions or more."""
    from registry_tasks.registry.catalogue.compare import compare

    if len(refs) < 2:
        raise typer.BadParameter("name two versions or more", param_hint="REF REF...")
    found = compare(registry_of(context), refs)
    if not all:
        rows = tuple(row for row in found.rows if row.differs)
        found = found.model_copy(update={"rows": rows})
    if json:
        print_json(found)
    elif not found.rows:
        print_text("nothing differs")
    else:
        lines = ((row.group, row.name, *map(_exact, row.values)) for row in found.rows)
        print_table(("", "", *found.versions), lines)


def _exact(value: object) -> object:
    """Numbers that differ in their last digit must not look the same."""
    return repr(value) if isinstance(value, float) else value
