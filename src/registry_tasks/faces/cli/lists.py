"""``registry models``, ``versions`` and ``runs``: what there is, newest first."""

from shlex import quote
from typing import Annotated

import typer

from registry_tasks.faces.cli.options import Before, Json, Limit, Model
from registry_tasks.faces.cli.output import (
    cut,
    last_line,
    print_items,
    print_table,
    print_text,
    standing,
)
from registry_tasks.faces.cli.session import ask

Experiment = Annotated[
    str | None, typer.Option("--experiment", metavar="NAME", help="Only those of one experiment.")
]
BeforeRun = Annotated[
    str | None, typer.Option("--before", metavar="UUID", help="Go on below this run.")
]
After = Annotated[
    str | None, typer.Option("--after", metavar="NAME", help="Go on after this model.")
]
Deleted = Annotated[bool, typer.Option("--deleted", help="Also those that were deleted.")]


def models(
    context: typer.Context, after: After = None, limit: Limit = 1000, json: Json = False
) -> None:
    """List the registered models and who is where."""
    from registry_tasks.registry.catalogue.show import list_models

    found = ask(context, list_models, after=after, limit=limit)
    if json:
        print_items(found)
        return
    rows = []
    for model in found:
        places = {**model.slots, **model.aliases}
        told = ", ".join(f"{name}: {number}" for name, number in places.items())
        rows.append((model.name, model.versions, model.latest, told or "-", model.owner))
    print_table(("model", "#versions", "#latest", "where", "owner"), rows, giving=("owner",))
    if len(found) == limit:
        print_text(f"more: registry models --after {found[-1].name}")


def versions(
    context: typer.Context,
    model: Model,
    before: Before = None,
    limit: Limit = 50,
    deleted: Deleted = False,
    json: Json = False,
) -> None:
    """List a model's versions, newest first."""
    from registry_tasks.registry.catalogue.show import list_versions

    found = ask(context, list_versions, model, before=before, limit=limit, deleted=deleted)
    if json:
        print_items(found)
        return
    rows = (
        (v.number, v.semantic_version, "deleted" if v.deleted else standing(v.stages))
        + (", ".join(v.aliases) or "-", v.grade, v.created_at, v.created_by)
        for v in found
    )
    columns = ("#version", "semantic", "stage", "aliases", "grade", "created", "by")
    print_table(columns, rows, giving=("by", "created", "grade", "semantic"))
    if len(found) == limit and found[-1].number > 1:
        print_text(f"older ones: registry versions {model} --before {found[-1].number}")


def runs(
    context: typer.Context,
    model: Model,
    experiment: Experiment = None,
    before: BeforeRun = None,
    limit: Limit = 50,
    json: Json = False,
) -> None:
    """List a model's runs, registered or not."""
    from registry_tasks.registry.catalogue.show import list_runs

    found = ask(context, list_runs, model, limit=limit, experiment=experiment, before=before)
    if json:
        print_items(found)
        return
    rows = (
        (r.uuid, r.status, r.version, r.experiment, r.started_at)
        + (r.cost and f"{r.cost.duration_s:.1f}", r.started_by)
        + (cut(last_line(r.failure or "-"), 60),)
        for r in found
    )
    columns = ("run", "status", "version", "experiment", "started", "#seconds", "by", "failure")
    print_table(columns, rows, giving=("by", "seconds", "experiment", "failure", "started"))
    if len(found) == limit:
        only = "" if experiment is None else f" --experiment {quote(experiment)}"
        print_text(f"older ones: registry runs {model}{only} --before {found[-1].uuid}")
