"""``registry drill``, ``registry drills``, ``registry risks``: can it still be brought back?"""

from typing import Annotated

import typer

from registry_tasks.entities.drill import Drilled, Looked
from registry_tasks.faces.cli.exit_codes import FINDINGS
from registry_tasks.faces.cli.flows import run_flow
from registry_tasks.faces.cli.options import Before, Json
from registry_tasks.faces.cli.output import print_items, print_json, print_table, print_text
from registry_tasks.faces.cli.session import ask, settings_of

Model = Annotated[str | None, typer.Argument(metavar="[MODEL]", help="The model.")]
All = Annotated[bool, typer.Option("--all", help="All models.")]
Minutes = Annotated[
    float, typer.Option("--minutes", metavar="N", min=0, help="At most so many CPU minutes.")
]
Archived = Annotated[
    int, typer.Option("--archived", metavar="N", min=0, help="How many of the archived versions.")
]
Seed = Annotated[int, typer.Option("--seed", metavar="N", help="By what chance draws those.")]
Failing = Annotated[bool, typer.Option("--failing", help="Only versions whose last one failed.")]
BeforeRisk = Annotated[
    str | None, typer.Option("--before", metavar="ID", help="Go on below this risk.")
]
Limit = Annotated[int, typer.Option("--limit", metavar="N", min=1, help="At most so many.")]


def drill(
    context: typer.Context,
    model: Model = None,
    all_models: All = False,
    minutes: Minutes = 30.0,
    archived: Archived = 3,
    seed: Seed = 0,
    json: Json = False,
) -> None:
    """Look whether versions could be brought back today."""
    if (model is None) is not all_models:
        raise typer.BadParameter("name a model, or say --all", param_hint="MODEL")
    asked = {"model": model, "minutes": minutes, "archived": archived, "seed": seed}
    made: Drilled = run_flow(settings_of(context), "drill", **asked)
    if json:
        print_json(made)
    else:
        _print(made)
    if any(one.verdict is Looked.FAILED for one in made.drills):
        raise typer.Exit(FINDINGS)


def drills(
    context: typer.Context,
    model: Model = None,
    failing: Failing = False,
    before: Before = None,
    limit: Limit = 50,
    json: Json = False,
) -> None:
    """List the drills that were made, newest first."""
    from registry_tasks.registry.catalogue.drills import list_drills

    found = ask(context, list_drills, model, failing=failing, before=before, limit=limit)
    if json:
        print_items(found)
        return
    columns = ("version", "at", "verdict", "bytes", "packages", "rebuild", "why")
    rows = (
        (d.version, d.at, d.verdict, d.bytes, d.environment, d.rebuild, d.failure) for d in found
    )
    print_table(columns, rows)
    if len(found) == limit:
        print_text(f"older ones: --before {found[-1].id}")


def risks(
    context: typer.Context,
    model: Model = None,
    before: BeforeRisk = None,
    limit: Limit = 50,
    json: Json = False,
) -> None:
    """List versions that cannot be made again as they were."""
    from registry_tasks.registry.catalogue.drills import list_risks

    found = ask(context, list_risks, model, before=before, limit=limit)
    if json:
        print_items(found)
        return
    print_table(("version", "why"), ((risk.ref, risk.why) for risk in found))
    if len(found) == limit:
        print_text(f"more: --before {found[-1].id}")


def _print(made: Drilled) -> None:
    for one in made.drills:
        looks = f"bytes {one.bytes}, packages {one.environment}, rebuild {one.rebuild}"
        print_text(f"{one.version}: {one.verdict} ({looks})")
        if one.failure:
            print_text(f"  {one.failure}")
    if made.not_reached:
        print_text(f"not reached, first the next time: {', '.join(made.not_reached)}")
    print_text(f"{len(made.drills)} drilled in {made.cpu_s / 60:.1f} CPU minutes")
