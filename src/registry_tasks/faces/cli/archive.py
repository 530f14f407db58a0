"""``registry archive`` and ``registry restore``: out of sight, and back."""

from typing import Annotated

import typer

from registry_tasks.faces.cli.options import Json, Key, Reason, Ref, check_one_or_policy
from registry_tasks.faces.cli.output import print_plan
from registry_tasks.faces.cli.session import ask
from registry_tasks.faces.cli.transitions import print_transition

MaybeRef = Annotated[str | None, typer.Argument(metavar="[REF]", help="The version to archive.")]
Policy = Annotated[
    str | None,
    typer.Option("--policy", metavar="MODEL", help="Archive what the model's policy says."),
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="With --policy: only say what it would be.")
]


def archive(
    context: typer.Context,
    ref: MaybeRef = None,
    policy: Policy = None,
    dry_run: DryRun = False,
    reason: Reason = "",
    key: Key = None,
    json: Json = False,
) -> None:
    """Take versions out of sight; their bytes and record stay."""
    from registry_tasks.entities.promotion import Archive, ArchiveByPolicy
    from registry_tasks.registry.lifecycle.archive import archive, archive_by_policy, plan_archive

    check_one_or_policy(ref, policy, dry_run)
    if ref is not None:
        made = ask(context, archive, Archive(ref=ref, reason=reason, key=key))
        print_transition(made, json)
    elif policy is not None and not dry_run:
        request = ArchiveByPolicy(model=policy, key=key)
        print_transition(ask(context, archive_by_policy, request), json)
    elif policy is not None:
        print_plan(ask(context, plan_archive, policy), "nothing to move", json)


def restore(
    context: typer.Context, ref: Ref, reason: Reason = "", key: Key = None, json: Json = False
) -> None:
    """Bring an archived version back to experiment."""
    from registry_tasks.entities.promotion import Restore
    from registry_tasks.registry.lifecycle.archive import restore

    request = Restore(ref=ref, reason=reason, key=key)
    print_transition(ask(context, restore, request), json)
