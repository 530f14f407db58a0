"""``registry delete``: a tombstone where a version was."""

import typer

from registry_tasks.faces.cli.options import Json, Key, Reason, Ref
from registry_tasks.faces.cli.output import cell, print_json, print_text
from registry_tasks.faces.cli.session import ask


def delete(
    context: typer.Context, ref: Ref, reason: Reason, key: Key = None, json: Json = False
) -> None:
    """Delete a version for good; its record stays."""
    from registry_tasks.entities.removal import Delete
    from registry_tasks.registry.lifecycle.delete import delete

    made = ask(context, delete, Delete(ref=ref, reason=reason, key=key))
    if json:
        print_json(made)
        return
    version, stone = made.version, made.tombstone
    print_text(
        f"{version.ref} ({version.semantic_version}) was deleted {cell(stone.at)} by {stone.by}: "
        f"{stone.reason}",
        f"  number and semantic version are not used again; `registry show {version.ref}` has the "
        "record. Its bytes stay until `registry collect`",
    )
