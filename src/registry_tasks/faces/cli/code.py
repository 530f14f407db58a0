"""``registry code``: the code that made a version, at its own commit, by DVC stage."""

from collections.abc import Iterator
from typing import Annotated

import typer

from registry_tasks.entities.version_code import CodeFile, VersionCode
from registry_tasks.faces.cli.options import Json, Ref
from registry_tasks.faces.cli.output import print_json, print_text, size
from registry_tasks.faces.cli.session import ask

Stage = Annotated[
    str | None,
    typer.Option("--stage", metavar="NAME", help="One DVC stage, with the text of its files."),
]


def code(context: typer.Context, ref: Ref, stage: Stage = None, json: Json = False) -> None:
    """Show the cleaning, feature and training code of a version."""
    from registry_tasks.registry.catalogue.code import read_code

    found = ask(context, read_code, ref, stage)
    if json:
        print_json(found)
    else:
        print_text(*_page(found))


def _page(found: VersionCode) -> Iterator[str]:
    yield f"{found.version} at commit {found.commit}"
    for stage in found.stages:
        yield f"\n{stage.stage}: {stage.command}"
        yield from (
            f"  {file.path}  {size(file.size_bytes)}  md5 {file.md5}" for file in stage.files
        )
        if not stage.files:
            yield "  no code that Git keeps"
    if found.signature is not None:
        yield "\nfeatures"
        yield from (f"  {column.name}: {column.type}" for column in found.signature.inputs)
    for stage in found.stages:
        for file in stage.files:
            yield from _text(file)


def _text(file: CodeFile) -> Iterator[str]:
    if file.text is not None:
        yield f"\n----- {file.path}"
        yield file.text.removesuffix("\n")
