"""``registry rebuild``: the metadata store is lost; make it anew from Git."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from registry_tasks.faces.cli.exit_codes import FINDINGS
from registry_tasks.faces.cli.options import Json
from registry_tasks.faces.cli.output import print_json, print_text
from registry_tasks.faces.cli.session import registry_of

if TYPE_CHECKING:
    from registry_tasks.entities.rebuilding import Rebuilt

_EVERY = 1000

FromGit = Annotated[
    bool, typer.Option("--from-git", help="Read the logs that `registry sync` keeps in Git.")
]
Repositories = Annotated[
    list[str] | None,
    typer.Argument(metavar="[REPO]...", help="Checkouts of all repositories of the store."),
]
Into = Annotated[
    str | None, typer.Option("--into", metavar="URL", help="Another store than the one at hand.")
]
Forward = Annotated[
    bool, typer.Option("--forward", help="Go on from an older store, as after `recover`.")
]
NoVerify = Annotated[bool, typer.Option("--no-verify", help="Do not read every object back.")]


def rebuild(
    context: typer.Context,
    repositories: Repositories = None,
    from_git: FromGit = False,
    forward: Forward = False,
    into: Into = None,
    no_verify: NoVerify = False,
    json: Json = False,
) -> None:
    """Make a lost store anew from Git."""
    from registry_tasks.entities.rebuilding import Rebuild
    from registry_tasks.registry.ledger.rebuild import bring_forward, rebuild

    if not from_git:
        raise typer.BadParameter("say --from-git; a backup is brought back by `registry recover`")
    request = Rebuild(repositories=tuple(repositories or ()), into=into, verify=not no_verify)
    verb = bring_forward if forward else rebuild
    made = verb(registry_of(context), request, _progress)
    if json:
        print_json(made)
    else:
        _tell(made)
    if made.lost_commits or made.lost_objects or made.unlogged_runs or made.unlogged_tags:
        raise typer.Exit(FINDINGS)


def _tell(made: "Rebuilt") -> None:
    after = f" after event {made.since}" if made.since else ""
    print_text(
        f"{made.versions} versions of {made.models} models, {made.runs} runs: {made.events} "
        f"events{after} are back in {made.store}, up to event {made.last_sequence} of "
        f"{made.last_at:%Y-%m-%d %H:%M:%S} UTC",
        "What came after it and was not yet in Git is lost, and nobody can know what it was.",
    )
    if made.withheld:
        told = ", ".join(f"{count} {kind}" for kind, count in made.withheld.items())
        print_text(f"Texts are not in Git and not back: {told}; a backup has them.")
    for run in made.unlogged_runs:
        print_text(f"run {run.run} is in Git and in no log; to record it again: {run.repair}")
    for tag in made.unlogged_tags:
        print_text(f"{tag} tells of an event that no log has")
    for lost in made.lost_commits:
        print_text(f"commit is in none of the clones: {lost}")
    for lost in made.lost_objects:
        print_text(f"lost: {lost}")
    if not made.verified:
        print_text("Objects were not looked at: `registry doctor`")
    if made.queued_tags:
        print_text(f"{made.queued_tags} tags are missing in Git: `registry sync`")


def _progress(count: int) -> None:
    if sys.stderr.isatty() and count % _EVERY == 0:
        typer.echo(f"\r{count} events", nl=False, err=True)
