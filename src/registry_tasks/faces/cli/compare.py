"""``registry compare``: versions and runs side by side."""

from typing import Annotated

import typer

from registry_tasks.faces.cli.options import Csv, Json
from registry_tasks.faces.cli.output import print_csv, print_json, print_table, print_text
from registry_tasks.faces.cli.session import ask

Refs = Annotated[
    list[str], typer.Argument(metavar="REF REF...", help="Versions, or runs: run:<uuid>.")
]
All = Annotated[bool, typer.Option("--all", help="Also what is the same in all of them.")]
Points = Annotated[bool, typer.Option("--points", help="Every point of their metric series.")]
Series = Annotated[
    list[str] | None,
    typer.Option("--series", metavar="NAME", help="With --points: only this one; repeatable."),
]


def compare(
    context: typer.Context,
    refs: Refs,
    all: All = False,
    points: Points = False,
    series: Series = None,
    csv: Csv = False,
    json: Json = False,
) -> None:
    """Show what differs between two versions or runs or more."""
    from registry_tasks.faces.cli.wide_table import print_side_by_side
    from registry_tasks.registry.catalogue.compare import compare

    if len(refs) < 2:
        raise typer.BadParameter("name two versions or more", param_hint="REF REF...")
    if csv and json:
        raise typer.BadParameter("choose one of --csv and --json")
    if points or series:
        _print_points(context, refs, series or [], csv, json)
        return
    found = ask(context, compare, refs)
    if not all:
        found = found.differing()
    if json:
        print_json(found)
    elif csv:
        rows = ((row.group, row.name, *row.values) for row in found.rows)
        print_csv(("group", "name", *found.versions), rows)
    elif not found.rows:
        print_text("nothing differs")
    else:
        print_side_by_side(found)


def _print_points(
    context: typer.Context, refs: list[str], series: list[str], csv: bool, json: bool
) -> None:
    from registry_tasks.registry.catalogue.compare import read_curves

    found = ask(context, read_curves, refs, series)
    if json:
        print_json(found)
        return
    rows = (
        (curve.version, curve.series, step, value)
        for curve in found.curves
        for step, value in zip(curve.steps, curve.values, strict=True)
    )
    columns = ("version", "series", "step", "value")
    if csv:
        print_csv(columns, rows)
    else:
        print_table((*columns[:2], "#step", "#value"), rows)
