"""``registry deployment``: where versions are used, since when, until when and by whom."""

from collections.abc import Sequence
from typing import Annotated

import typer

from registry_tasks.entities.deployment import Deployment
from registry_tasks.faces.cli.options import Json, Key, Limit, Reason, Ref
from registry_tasks.faces.cli.output import cell, print_items, print_json, print_table, print_text
from registry_tasks.faces.cli.session import ask

Where = Annotated[
    str, typer.Option("--environment", metavar="NAME", help="Where it serves: prod-eu.")
]
Place = Annotated[str, typer.Option("--place", metavar="NAME", help="What uses it: 'scoring API'.")]
Replace = Annotated[
    bool, typer.Option("--replace", help="End what else of the model is used there.")
]
Since = Annotated[
    str | None,
    typer.Option("--since", metavar="TIME", help="When it began, if not now: 2026-03-02T14:05Z."),
]
Until = Annotated[
    str | None, typer.Option("--until", metavar="TIME", help="When it ended, if not now.")
]
MaybeSubject = Annotated[
    str | None, typer.Argument(metavar="[MODEL|REF]", help="A model, or one version; else all.")
]
MaybeWhere = Annotated[
    str | None, typer.Option("--environment", metavar="NAME", help="Only in this one.")
]
At = Annotated[
    str | None,
    typer.Option("--at", metavar="TIME", help="Those that lasted then: 2026-03-02T14:05Z."),
]
All = Annotated[bool, typer.Option("--all", help="Those that are over as well.")]
BeforeId = Annotated[
    str | None, typer.Option("--before", metavar="UUID", help="Go on below this deployment.")
]

deployment = typer.Typer(
    help="Record where versions are used, and list it.",
    pretty_exceptions_enable=False,
)


@deployment.command("start")
def start(
    context: typer.Context,
    ref: Ref,
    environment: Where,
    place: Place,
    replace: Replace = False,
    since: Since = None,
    reason: Reason = "",
    key: Key = None,
    json: Json = False,
) -> None:
    """Record that a version is used at a place from now on."""
    from registry_tasks.entities.deployment import StartDeployment
    from registry_tasks.entities.instant import to_instant
    from registry_tasks.registry.lifecycle.deploy import start_deployment

    request = StartDeployment(
        ref=ref,
        environment=environment,
        place=place,
        replace=replace,
        reason=reason,
        since=None if since is None else to_instant(since, "--since"),
        key=key,
    )
    made = ask(context, start_deployment, request)
    if json:
        print_json(made)
        return
    print_text(_line(made.deployment), *(_line(over) for over in made.ended))


@deployment.command("end")
def end(
    context: typer.Context,
    ref: Ref,
    environment: Where,
    place: Place,
    until: Until = None,
    reason: Reason = "",
    key: Key = None,
    json: Json = False,
) -> None:
    """Record that a version is not used at a place any more."""
    from registry_tasks.entities.deployment import EndDeployment
    from registry_tasks.entities.instant import to_instant
    from registry_tasks.registry.lifecycle.deploy import end_deployment

    request = EndDeployment(
        ref=ref,
        environment=environment,
        place=place,
        reason=reason,
        until=None if until is None else to_instant(until, "--until"),
        key=key,
    )
    over = ask(context, end_deployment, request)
    if json:
        print_json(over)
    else:
        print_text(_line(over))


@deployment.command("list")
def list_(
    context: typer.Context,
    subject: MaybeSubject = None,
    environment: MaybeWhere = None,
    at: At = None,
    over: All = False,
    before: BeforeId = None,
    limit: Limit = 100,
    json: Json = False,
) -> None:
    """List where versions are used now, or were used at a time."""
    from registry_tasks.entities.instant import to_instant
    from registry_tasks.registry.catalogue.deployments import list_deployments

    found = ask(
        context,
        list_deployments,
        subject,
        environment=environment,
        at=None if at is None else to_instant(at, "--at"),
        over=over,
        before=before,
        limit=limit,
    )
    if json:
        print_items(found)
    else:
        _table(found)


def _table(found: Sequence[Deployment]) -> None:
    columns = ("version", "grade", "environment", "place", "since", "by", "until", "reason")
    rows = (
        (d.version, d.grade, d.environment, d.place, d.since, d.by, d.until, d.reason or "-")
        for d in found
    )
    print_table(columns, rows, giving=("reason", "by", "since", "until", "grade"))


def _line(made: Deployment) -> str:
    lasts = f"since {cell(made.since)} by {made.by}"
    if made.until is not None:
        lasts = f"until {cell(made.until)}, ended by {made.ended_by}"
    return f"{made.version} at {made.place} in {made.environment} {lasts}"
