"""``registry schema``: the shape that documents of a model and its versions have."""

from pathlib import Path
from typing import Annotated

import typer

from registry_tasks.entities.annotation import Existing
from registry_tasks.entities.profile import ModelSchema
from registry_tasks.faces.cli.options import Json, Key, Model, read_object
from registry_tasks.faces.cli.output import print_json, print_text
from registry_tasks.faces.cli.session import ask

File = Annotated[
    Path, typer.Argument(metavar="FILE", help="A JSON Schema, draft 2020-12, as JSON.")
]
WhatExists = Annotated[
    Existing, typer.Option("--existing", help="What documents on record must do.")
]

schema = typer.Typer(
    help="Hold structured metadata of a model to a JSON Schema.",
    pretty_exceptions_enable=False,
)


@schema.command("put")
def put(
    context: typer.Context,
    model: Model,
    file: File,
    existing: WhatExists = Existing.MUST_MEET,
    key: Key = None,
    json: Json = False,
) -> None:
    """Give a model a schema in place of the one before."""
    from registry_tasks.entities.annotation import PutSchema
    from registry_tasks.registry.catalogue.document_schema import put_schema

    found = read_object("FILE", file)
    request = PutSchema(model=model, json_schema=found, existing=existing, key=key)
    made = ask(context, put_schema, request)
    if json:
        print_json(made)
    else:
        print_text(f"documents of {model} and its versions have this shape now")
        _print_differing(made)


@schema.command("remove")
def remove(context: typer.Context, model: Model, key: Key = None, json: Json = False) -> None:
    """Let documents of a model have any shape."""
    from registry_tasks.entities.annotation import RemoveSchema
    from registry_tasks.registry.catalogue.document_schema import remove_schema

    made = ask(context, remove_schema, RemoveSchema(model=model, key=key))
    if json:
        print_json(made)
    else:
        print_text(f"{model} has no schema any more")


@schema.command("show")
def show(context: typer.Context, model: Model, json: Json = False) -> None:
    """Show the schema of a model, and which documents differ from it."""
    from registry_tasks.registry.catalogue.document_schema import get_schema

    found = ask(context, get_schema, model)
    if json:
        print_json(found)
    else:
        print_json(found.json_schema)
        _print_differing(found)


def _print_differing(found: ModelSchema) -> None:
    if found.differing_count:
        print_text(f"{found.differing_count} documents on record differ from it:")
        print_text(*(f"  {told}" for told in found.differing))
