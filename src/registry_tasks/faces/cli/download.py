"""``registry download``: a version's verified bytes."""

from pathlib import Path
from typing import Annotated

import typer

from registry_tasks.faces.cli.options import Json, Ref
from registry_tasks.faces.cli.output import print_json, print_text
from registry_tasks.faces.cli.session import settings_of

Target = Annotated[
    Path | None,
    typer.Option("--to", metavar="PATH", help="File or folder; default: the local cache."),
]


def download(context: typer.Context, ref: Ref, to: Target = None, json: Json = False) -> None:
    """Get the model file, its bytes verified; prints where it is."""
    from registry_tasks.registry import download
    from registry_tasks.registry.resolve import Resolver

    settings = settings_of(context)
    resolver = Resolver(settings)
    version = resolver.resolve(ref)
    resolver.close()
    if to is None:
        path = download.download(settings, version)
    else:
        path = download.download_to(settings, version, to)
    if json:
        print_json({"version": version.model_dump(mode="json"), "path": str(path)})
    else:
        print_text(str(path))
