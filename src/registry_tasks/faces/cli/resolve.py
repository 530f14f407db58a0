"""``registry resolve``: which version a reference names now. Loads as little as serving does."""

from contextlib import closing

import typer

from registry_tasks.faces.cli.options import Json, Ref
from registry_tasks.faces.cli.output import print_json, print_text
from registry_tasks.faces.cli.session import settings_of


def resolve(context: typer.Context, ref: Ref, json: Json = False) -> None:
    """Print which version a reference names now."""
    from registry_tasks.registry.catalogue.resolve import Resolver

    with closing(Resolver(settings_of(context))) as resolver:
        version = resolver.resolve(ref)
    if json:
        print_json(version)
    else:
        print_text(f"{version.ref} {version.uuid} {version.stage} sha256:{version.sha256}")
