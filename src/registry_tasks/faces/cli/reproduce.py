"""``registry reproduce``: rebuild a version and hold it against its record."""

import typer

from registry_tasks.entities.reference import Reference
from registry_tasks.entities.reproduction import Reproduction, Verdict
from registry_tasks.faces.cli.exit_codes import FINDINGS
from registry_tasks.faces.cli.flows import run_flow
from registry_tasks.faces.cli.options import Json, Ref
from registry_tasks.faces.cli.output import print_json, print_text
from registry_tasks.faces.cli.session import settings_of


def reproduce(context: typer.Context, ref: Ref, json: Json = False) -> None:
    """Rebuild a version from its commit and compare every output."""
    asked = str(Reference.parse(ref))
    made: Reproduction = run_flow(settings_of(context), "reproduce", ref=asked)
    if json:
        print_json(made)
    else:
        print_text(*verdict(made))
    if made.verdict is Verdict.DIFFERENT:
        raise typer.Exit(FINDINGS)


def verdict(made: Reproduction) -> list[str]:
    """Say what came of a reproduction, in lines."""
    what = f"{made.version} is {made.verdict}: {made.outputs} outputs compared"
    lines = [f"{what} in {made.duration_s:.0f} s"]
    if made.first_different_stage is not None:
        lines.append(f"  the first DVC stage that differs: {made.first_different_stage}")
    for difference in made.differences:
        found = difference.found or "missing"
        lines.append(f"  {difference.what}: recorded {difference.recorded}, found {found}")
    return lines
