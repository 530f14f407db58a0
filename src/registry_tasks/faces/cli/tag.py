"""``registry tag``: free words on a model or a version."""

from typing import Annotated

import typer

from registry_tasks.faces.cli.options import Json, Key, Subject, read_pairs
from registry_tasks.faces.cli.output import cell, print_json, print_text
from registry_tasks.faces.cli.session import ask

Pairs = Annotated[list[str] | None, typer.Argument(metavar="[KEY=VALUE...]", help="Tags to set.")]
Remove = Annotated[
    list[str] | None,
    typer.Option("--remove", metavar="KEY", help="A tag to take away; repeatable."),
]


def tag(
    context: typer.Context,
    subject: Subject,
    pairs: Pairs = None,
    remove: Remove = None,
    key: Key = None,
    json: Json = False,
) -> None:
    """Set tags of a model or a version, or take some away."""
    from registry_tasks.entities.annotation import ChangeTags
    from registry_tasks.registry.catalogue.tag import change_tags

    put = read_pairs("KEY=VALUE", pairs)
    request = ChangeTags(subject=subject, put=put, remove=tuple(remove or ()), key=key)
    made = ask(context, change_tags, request)
    if json:
        print_json(made)
    else:
        told = ", ".join(f"{name}={cell(value)}" for name, value in made.tags.items())
        print_text(f"{made.subject}: {told or 'no tags'}")
