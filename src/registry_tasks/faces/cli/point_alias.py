"""``registry alias``: pointers that people move."""

from typing import Annotated

import typer

from registry_tasks.faces.cli.options import (
    MAX_NUMBER,
    ExpectCurrent,
    Json,
    Key,
    Model,
    Reason,
    Ref,
)
from registry_tasks.faces.cli.output import print_json, print_text
from registry_tasks.faces.cli.session import ask

Alias = Annotated[str, typer.Argument(metavar="ALIAS", help="Its name.")]
ExpectPointsTo = Annotated[
    int | None,
    typer.Option(
        "--expect-current",
        metavar="N",
        min=1,
        max=MAX_NUMBER,
        help="Only if it points to version N now.",
    ),
]

alias = typer.Typer(
    help="Point an alias to a version, or take one away.",
    pretty_exceptions_enable=False,
)


@alias.command("set")
def point(
    context: typer.Context,
    ref: Ref,
    name: Alias,
    expect_current: ExpectCurrent = None,
    reason: Reason = "",
    key: Key = None,
    json: Json = False,
) -> None:
    """Point an alias to a version, wherever it pointed before."""
    from registry_tasks.entities.annotation import PointAlias
    from registry_tasks.registry.lifecycle.point_alias import point_alias

    request = PointAlias(ref=ref, alias=name, expect_current=expect_current, reason=reason, key=key)
    version = ask(context, point_alias, request)
    if json:
        print_json(version)
    else:
        print_text(f"alias {name} -> {version.ref}")


@alias.command("remove")
def remove(
    context: typer.Context,
    model: Model,
    name: Alias,
    expect_current: ExpectPointsTo = None,
    reason: Reason = "",
    key: Key = None,
    json: Json = False,
) -> None:
    """Take an alias away."""
    from registry_tasks.entities.annotation import RemoveAlias
    from registry_tasks.registry.lifecycle.point_alias import remove_alias

    request = RemoveAlias(
        model=model, alias=name, expect_current=expect_current, reason=reason, key=key
    )
    ask(context, remove_alias, request)
    if json:
        print_json({"model": request.model, "alias": request.alias})
    else:
        print_text(f"{model} has no alias {name} any more")
