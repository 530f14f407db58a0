"""``registry tag``: free words on a model or a version."""

from typing import Annotated

import typer

from registry_tasks.faces.cli.options import Json, Key, Subject, read_pairs
from registry_tasks.faces.cli.output import cell, print_json, print_text
from registry_tasks.faces.cli.session import registry_of

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
    made = change_tags(registry_of(context), request)
    if json:
        print_json(made)
    else:
        told = ", ".join(f"{name}={cell(value)}" for name, value in made.tags.items())
        print_text(f"{made.subject}: {told or 'no tags'}")
