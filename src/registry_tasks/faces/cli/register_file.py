"""``registry register``: make a version of a file that no pipeline made."""

from pathlib import Path
from typing import Annotated

import typer

from registry_tasks.entities.registration import Registration
from registry_tasks.faces.cli.options import (
    Json,
    Key,
    Sets,
    read_json,
    read_metrics,
    read_pairs,
    read_parameters,
)
from registry_tasks.faces.cli.output import print_json, print_text
from registry_tasks.faces.cli.session import road_of

File = Annotated[Path, typer.Argument(metavar="FILE", help="The model file.")]
ModelName = Annotated[str, typer.Option("--model", metavar="MODEL", help="Whose version it is.")]
Format = Annotated[
    str, typer.Option("--format", help="lightgbm, skops, joblib, pickle or another word.")
]
Metrics = Annotated[
    list[str] | None, typer.Option("--metric", metavar="KEY=NUMBER", help="Repeatable.")
]
Tags = Annotated[list[str] | None, typer.Option("--tag", metavar="KEY=VALUE", help="Repeatable.")]
Description = Annotated[str, typer.Option("--description", metavar="TEXT", help="What it is.")]
SignatureFile = Annotated[
    Path | None, typer.Option("--signature", metavar="FILE", help="JSON with inputs and outputs.")
]


def register(
    context: typer.Context,
    file: File,
    model: ModelName,
    format: Format = "file",
    set_: Sets = None,
    metric: Metrics = None,
    tag: Tags = None,
    description: Description = "",
    signature: SignatureFile = None,
    key: Key = None,
    json: Json = False,
) -> None:
    """Make a version of a file that no pipeline made."""
    from registry_tasks.entities.registration import RegisterFile
    from registry_tasks.entities.signature import Signature

    shape = None if signature is None else read_json("--signature", signature)
    request = RegisterFile(
        model=model,
        path=str(file),
        format=format,
        parameters=read_parameters(set_),
        metrics=read_metrics(metric),
        tags=read_pairs("--tag", tag),
        description=description,
        signature=None if shape is None else Signature.model_validate(shape),
        key=key,
    )
    print_registration(road_of(context).register_file(request), json)


def print_registration(made: Registration, json: bool) -> None:
    """Say which version there is now, and why it has its number."""
    if json:
        print_json(made)
        return
    way = "registered" if made.created else "was there already:"
    print_text(f"{way} {made.version.ref} ({made.version.semantic_version})")
    print_text(f"  because {', '.join(made.reasons)}")
