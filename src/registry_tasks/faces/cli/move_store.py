"""``registry move-store``: take the metadata to another database."""

import shlex
from typing import Annotated

import typer

from registry_tasks.entities.store_move import MoveStore
from registry_tasks.faces.cli.options import Json
from registry_tasks.faces.cli.output import print_json, print_text
from registry_tasks.faces.cli.session import registry_of

To = Annotated[str, typer.Option("--to", metavar="URL", help="An empty database, or a new file.")]


def move_store(context: typer.Context, to: To, json: Json = False) -> None:
    """Copy the whole store to another database."""
    from registry_tasks.registry.move_store import move_store

    moved = move_store(registry_of(context), MoveStore(to=to))
    if json:
        print_json(moved)
        return
    tables = sum(count > 0 for count in moved.rows.values())
    print_text(
        f"{sum(moved.rows.values())} rows of {tables} tables copied and compared; "
        f"{moved.source} is as it was",
        "From now on, everywhere:",
        f"export REGISTRY_STORE={shlex.quote(moved.target)}",
    )
