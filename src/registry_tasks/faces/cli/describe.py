"""``registry describe``: say what a version is."""

from typing import Annotated

import typer

from registry_tasks.faces.cli.options import Json, Key, Ref
from registry_tasks.faces.cli.output import print_json, print_text
from registry_tasks.faces.cli.session import registry_of

Words = Annotated[str, typer.Argument(metavar="TEXT", help="The new description.")]


def describe(
    context: typer.Context, ref: Ref, text: Words, key: Key = None, json: Json = False
) -> None:
    """Replace a version's description."""
    from registry_tasks.entities.annotation import Describe
    from registry_tasks.registry.catalogue.describe import describe

    version = describe(registry_of(context), Describe(ref=ref, text=text, key=key))
    if json:
        print_json(version)
    else:
        print_text(f"described {version.ref}")
