"""``registry backup`` and ``registry recover``: keep a second copy, and bring it back."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from registry_tasks.entities.errors import InvalidSetting
from registry_tasks.faces.cli.exit_codes import FINDINGS
from registry_tasks.faces.cli.options import Json
from registry_tasks.faces.cli.output import cell, print_json, print_text, size
from registry_tasks.faces.cli.session import registry_of

Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="Where the backups are.")]
Keep = Annotated[
    int | None,
    typer.Option("--keep", metavar="N", min=1, help="Keep the newest N stores; objects all stay."),
]
At = Annotated[
    str | None,
    typer.Option("--at", metavar="TIME", help="The newest backup not after this, in ISO 8601."),
]


def backup(context: typer.Context, folder: Folder, keep: Keep = None, json: Json = False) -> None:
    """Add a backup of store and objects to a folder."""
    from registry_tasks.registry.care.back_up import back_up

    made = back_up(registry_of(context), folder.absolute(), keep)
    if json:
        print_json(made)
    else:
        print_text(
            f"{made.name}: {made.versions} versions to event {made.last_event}, "
            f"{made.objects} objects ({size(made.size_bytes)})",
            *made.missing,
        )
    if made.missing:
        raise typer.Exit(FINDINGS)


def recover(context: typer.Context, folder: Folder, at: At = None, json: Json = False) -> None:
    """Bring back a backup of store and objects."""
    from registry_tasks.registry.care.recover import recover as bring_back

    made = bring_back(registry_of(context), folder.absolute(), _time(at))
    if json:
        print_json(made)
    else:
        print_text(
            f"{made.backup.versions} versions as of {cell(made.backup.at)} are back, "
            f"{made.restored} objects put into the remote",
            *made.missing,
            *_way_on(made.log_ahead, made.backup.last_event),
            "look: registry doctor",
        )
    if made.missing:
        raise typer.Exit(FINDINGS)


def _way_on(log_ahead: int | None, last: int) -> list[str]:
    if log_ahead is None:
        return []
    way = "bring the store there with registry rebuild --from-git --forward"
    return [f"Git's log goes on from event {last} to {log_ahead}: {way}"]


def _time(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise InvalidSetting("--at", text, "write it as 2026-03-02T14:05") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
