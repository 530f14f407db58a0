"""``registry download``: a version's verified bytes."""

from pathlib import Path
from typing import Annotated

import typer

from registry_tasks.faces.cli.options import Json, Ref
from registry_tasks.faces.cli.output import print_json, print_text
from registry_tasks.faces.cli.session import road_of, settings_of
from registry_tasks.settings import EXPIRES_S, MAX_EXPIRES_S

Target = Annotated[
    Path | None,
    typer.Option("--to", metavar="PATH", help="File or folder; default: the local cache."),
]


Url = Annotated[
    bool, typer.Option("--url", help="Print a link to it instead; whoever has it can read it.")
]
Expires = Annotated[
    int,
    typer.Option(
        "--expires", metavar="SECONDS", min=1, max=MAX_EXPIRES_S, help="How long a link holds."
    ),
]


def download(
    context: typer.Context,
    ref: Ref,
    to: Target = None,
    url: Url = False,
    expires: Expires = EXPIRES_S,
    json: Json = False,
) -> None:
    """Get the model file, its bytes verified; prints where it is."""
    if url and to is not None:
        raise typer.BadParameter("a link is to no PATH: give one of them", param_hint="--url")
    from registry_tasks.registry.catalogue import download

    settings, road = settings_of(context), road_of(context)
    version = road.resolve(ref)
    if url:
        link = road.download_url(version, expires)
        if json:
            told = version.model_dump(mode="json")
            print_json({"version": told, "url": link, "expires_s": expires})
        else:
            print_text(link)
        return
    if to is None:
        path = download.download(settings, version, road.bytes_of(version))
    else:
        path = download.download_to(settings, version, to, road.bytes_of(version))
    if json:
        print_json({"version": version.model_dump(mode="json"), "path": str(path)})
    else:
        print_text(str(path))
