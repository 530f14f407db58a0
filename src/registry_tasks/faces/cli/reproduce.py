"""``registry reproduce``: rebuild a version and hold it against its record; ``registry rebuild-run``."""

from typing import Annotated

import typer

from registry_tasks.entities.reference import Reference
from registry_tasks.entities.reproduction import RebuildRun, Reproduce, Reproduction, Verdict
from registry_tasks.faces.cli.exit_codes import FINDINGS
from registry_tasks.faces.cli.flows import run_flow
from registry_tasks.faces.cli.options import Json, Key, Ref
from registry_tasks.faces.cli.output import cell, print_json, print_text
from registry_tasks.faces.cli.session import ask, settings_of

Worker = Annotated[
    bool, typer.Option("--worker", help="Let a worker of Prefect do it, and do not wait for it.")
]
RunId = Annotated[str, typer.Argument(metavar="UUID", help="As `reproduce --worker` said.")]


def reproduce(
    context: typer.Context,
    ref: Ref,
    worker: Worker = False,
    key: Key = None,
    json: Json = False,
) -> None:
    """Rebuild a version from its commit and compare every output."""
    if worker:
        _begin(context, ref, key, json=json)
        return
    if key is not None:
        raise typer.BadParameter("it goes with --worker", param_hint="--key")
    asked = str(Reference.parse(ref))
    made: Reproduction = run_flow(settings_of(context), "reproduce", ref=asked)
    if json:
        print_json(made)
    else:
        print_text(*verdict(made))
    if made.verdict is Verdict.DIFFERENT:
        raise typer.Exit(FINDINGS)


def rebuild_run(context: typer.Context, uuid: RunId, json: Json = False) -> None:
    """Show how a rebuild by a worker stands."""
    from registry_tasks.faces.reproducing import show_rebuild_run

    found = ask(context, show_rebuild_run, uuid)
    if json:
        print_json(found)
    else:
        print_text(*_standing(found))


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


def _begin(context: typer.Context, ref: str, key: str | None, *, json: bool) -> None:
    from registry_tasks.faces.reproducing import reproduce

    begun = ask(context, reproduce, Reproduce(ref=ref, key=key))
    if json:
        print_json(begun)
    else:
        print_text(*_standing(begun), f"how it stands: registry rebuild-run {begun.uuid}")


def _standing(run: RebuildRun) -> list[str]:
    lines = [f"{run.name} rebuilds {run.ref}: {run.state_name}"]
    if run.message:
        lines.append(f"  {run.message}")
    for what, at in (("begun", run.started_at), ("ended", run.ended_at)):
        if at is not None:
            lines.append(f"  {what} {cell(at)}")
    if run.is_over:
        lines.append(f"  what came of it: registry show {run.ref}")
    return lines
