"""``registry hold`` and ``registry release``: who forbids that a version is deleted."""

import typer

from registry_tasks.faces.cli.options import Json, Key, Reason, Ref
from registry_tasks.faces.cli.output import cell, print_json, print_text
from registry_tasks.faces.cli.session import ask


def hold(
    context: typer.Context, ref: Ref, reason: Reason, key: Key = None, json: Json = False
) -> None:
    """Forbid to delete a version and its bytes."""
    from registry_tasks.entities.removal import Hold
    from registry_tasks.registry.lifecycle.hold import hold

    made = ask(context, hold, Hold(ref=ref, reason=reason, key=key))
    if json:
        print_json(made)
    elif made.hold is not None:
        since = f"since {cell(made.hold.at)} by {made.hold.by}"
        print_text(f"{made.version.ref} is held {since}: {made.hold.reason}")


def release(
    context: typer.Context, ref: Ref, reason: Reason, key: Key = None, json: Json = False
) -> None:
    """Take a hold away."""
    from registry_tasks.entities.removal import Release
    from registry_tasks.registry.lifecycle.hold import release

    made = ask(context, release, Release(ref=ref, reason=reason, key=key))
    if json:
        print_json(made)
    else:
        print_text(f"{made.version.ref} is not held")
