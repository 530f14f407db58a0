"""``registry move-store``: take the metadata to another database."""

import shlex
from typing import Annotated

import typer

from registry_tasks.entities.store_move import MoveStore
from registry_tasks.faces.cli.options import Json
from registry_tasks.faces.cli.output import print_json, print_text
from registry_tasks.faces.cli.session import registry_of

To = Annotated[
    str | None, typer.Option("--to", metavar="URL", help="An empty database, or a new file.")
]
Undo = Annotated[
    bool, typer.Option("--undo", help="Write the old store again; nothing is copied back.")
]


def move_store(
    context: typer.Context, to: To = None, undo: Undo = False, json: Json = False
) -> None:
    """Move the whole store to another database."""
    from registry_tasks.registry.care.move_store import move_store, undo_move

    if undo == (to is not None):
        raise typer.BadParameter("say --to URL, or --undo")
    registry = registry_of(context)
    moved = undo_move(registry) if to is None else move_store(registry, MoveStore(to=to))
    if json:
        print_json(moved)
    elif undo:
        print_text(
            f"{moved.source} is written again; what was done in {moved.target} since is not here",
            "From now on, everywhere:",
            f"export REGISTRY_STORE={shlex.quote(moved.source)}",
        )
    else:
        tables = sum(count > 0 for count in moved.rows.values())
        print_text(
            f"{sum(moved.rows.values())} rows of {tables} tables copied and compared; "
            f"{moved.source} can be read and is written no more",
            "From now on, everywhere:",
            f"export REGISTRY_STORE={shlex.quote(moved.target)}",
        )
