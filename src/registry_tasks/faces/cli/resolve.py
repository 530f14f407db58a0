"""``registry resolve``: which version a reference names now. Loads as little as serving does."""

from contextlib import closing
from typing import Annotated

import typer

from registry_tasks.entities.model_version import ModelVersion
from registry_tasks.faces.cli.options import Json, Ref
from registry_tasks.faces.cli.output import print_json, print_text
from registry_tasks.faces.cli.session import registry_of, settings_of

At = Annotated[
    str | None,
    typer.Option("--at", metavar="TIME", help="What it named then: 2026-03-02T14:05Z."),
]


def resolve(context: typer.Context, ref: Ref, at: At = None, json: Json = False) -> None:
    """Print which version a reference names, now or at a time."""
    version = _now(context, ref) if at is None else _then(context, ref, at)
    if json:
        print_json(version)
    else:
        print_text(f"{version.ref} {version.uuid} {version.stage} sha256:{version.sha256}")


def _now(context: typer.Context, ref: str) -> ModelVersion:
    from registry_tasks.registry.catalogue.resolve import Resolver

    with closing(Resolver(settings_of(context))) as resolver:
        return resolver.resolve(ref)


def _then(context: typer.Context, ref: str, at: str) -> ModelVersion:
    from registry_tasks.entities.instant import to_instant
    from registry_tasks.registry.catalogue.resolve_past import resolve_past

    return resolve_past(registry_of(context), ref, to_instant(at, "--at"))
