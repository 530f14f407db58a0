"""``registry collect``: take bytes that nobody needs out of the remote."""

from pathlib import Path
from typing import Annotated

import typer

from registry_tasks.entities.collection import Collection
from registry_tasks.faces.cli.options import Json
from registry_tasks.faces.cli.output import cell, print_json, print_table, print_text, size
from registry_tasks.faces.cli.session import registry_of

Repositories = Annotated[
    list[Path] | None,
    typer.Argument(metavar="[REPO]...", help="Checkouts of the store's other repositories."),
]
Days = Annotated[
    int,
    typer.Option("--days", metavar="N", min=1, help="Grace: only what nobody wanted for so long."),
]
Take = Annotated[bool, typer.Option("--take", help="Take it; without this it is only shown.")]
Forget = Annotated[
    str | None,
    typer.Option("--forget", metavar="STORE", help="A store is gone for good: need no heed."),
]


def collect(
    context: typer.Context,
    repositories: Repositories = None,
    days: Days = 7,
    take: Take = False,
    forget: Forget = None,
    json: Json = False,
) -> None:
    """Show the bytes that nobody needs any more, or take them."""
    from registry_tasks.registry.care.collect import collect, forget_store, plan_collection, reach

    registry = registry_of(context)
    if forget is not None:
        forget_store(registry, forget)
        print_text(f"{forget} is forgotten: what only that store needs may be collected now")
        return
    at = reach([path.absolute() for path in repositories or ()], days)
    found = (collect if take else plan_collection)(registry, at)
    if json:
        print_json(found)
    else:
        _print(found, took=take)


def _print(found: Collection, *, took: bool) -> None:
    if not found.unneeded:
        print_text(f"nothing in {found.place} is unneeded since {cell(found.before)}")
        return
    rows = [(each.md5, size(each.size_bytes), each.at, each.why) for each in found.unneeded]
    print_table(("object", "size", "last wanted", "why"), rows)
    total = f"{len(found.unneeded)} objects ({size(found.size_bytes)})"
    if took:
        print_text(f"{found.taken} of {total} are taken")
    else:
        print_text(f"{total} would go: `registry collect --take`")
