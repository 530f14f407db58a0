"""``registry drop-bytes`` and ``registry remake-bytes``: let go of what can be made again, and back."""

from typing import Annotated

import typer

from registry_tasks.entities.dropped_bytes import Dropping, Remaking
from registry_tasks.entities.reference import Reference
from registry_tasks.faces.cli.flows import run_flow
from registry_tasks.faces.cli.options import Json, Key, Reason, Ref, check_one_or_policy
from registry_tasks.faces.cli.output import print_json, print_plan, print_text, size
from registry_tasks.faces.cli.session import ask, settings_of

MaybeRef = Annotated[str | None, typer.Argument(metavar="[REF]", help="An archived version.")]
Policy = Annotated[
    str | None,
    typer.Option("--policy", metavar="MODEL", help="Let go of what the model's policy says."),
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="With --policy: only say whose it would be.")
]


def drop_bytes(
    context: typer.Context,
    ref: MaybeRef = None,
    policy: Policy = None,
    dry_run: DryRun = False,
    reason: Reason = "",
    key: Key = None,
    json: Json = False,
) -> None:
    """Let go of bytes of archived versions that can be made again."""
    from registry_tasks.entities.dropped_bytes import DropBytes, DropBytesByPolicy
    from registry_tasks.registry.lifecycle.drop_bytes import (
        drop_bytes,
        drop_bytes_by_policy,
        plan_drop_bytes,
    )

    check_one_or_policy(ref, policy, dry_run)
    if ref is not None:
        made = ask(context, drop_bytes, DropBytes(ref=ref, reason=reason, key=key))
        print_json(made) if json else print_text(_told(made))
    elif policy is not None and not dry_run:
        done = ask(context, drop_bytes_by_policy, DropBytesByPolicy(model=policy, key=key))
        if json:
            print_json(done)
        else:
            print_text(*(map(_told, done.dropped) if done.dropped else ["nothing to let go of"]))
    elif policy is not None:
        print_plan(ask(context, plan_drop_bytes, policy), "nothing to let go of", json)


def remake_bytes(context: typer.Context, ref: Ref, json: Json = False) -> None:
    """Make a version's bytes again; only the very same come back."""
    asked = str(Reference.parse(ref))
    made: Remaking = run_flow(settings_of(context), "remake", ref=asked)
    if json:
        print_json(made)
    else:
        bytes_of = f"{made.objects} objects ({size(made.size_bytes)})"
        print_text(f"{made.version.ref} has its bytes" + (f": {bytes_of}" if made.objects else ""))


def _told(made: Dropping) -> str:
    freed = f"{made.objects} objects ({size(made.size_bytes)})"
    return f"{made.version.ref} let go of {freed}; `registry collect` takes them later"
