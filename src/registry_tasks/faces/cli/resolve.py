"""``registry resolve``: which version a reference names now. Loads as little as serving does."""

from typing import Annotated

import typer

from registry_tasks.faces.cli.options import Json, Ref
from registry_tasks.faces.cli.output import print_json, print_text
from registry_tasks.faces.cli.session import road_of

At = Annotated[
    str | None,
    typer.Option("--at", metavar="TIME", help="What it named then: 2026-03-02T14:05Z."),
]


def resolve(context: typer.Context, ref: Ref, at: At = None, json: Json = False) -> None:
    """Print which version a reference names, now or at a time."""
    from registry_tasks.entities.instant import to_instant

    then = None if at is None else to_instant(at, "--at")
    version = road_of(context).resolve(ref, then)
    if json:
        print_json(version)
    else:
        print_text(f"{version.ref} {version.uuid} {version.stage} sha256:{version.sha256}")
