"""``registry policy``: what decides about promotions, what is wrong with it, what it would change."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from registry_tasks.entities.errors import InvalidSetting
from registry_tasks.faces.cli.exit_codes import FINDINGS
from registry_tasks.faces.cli.options import Json, Limit, Model
from registry_tasks.faces.cli.output import cell, print_json, print_table, print_text
from registry_tasks.faces.cli.session import ask

if TYPE_CHECKING:
    from registry_tasks.entities.policy_replay import PolicyReplay

Subject = Annotated[str, typer.Argument(metavar="MODEL|REF", help="A model, or a version.")]
MaybeModel = Annotated[str | None, typer.Argument(metavar="[MODEL]", help="Of all, if none.")]
File = Annotated[
    Path | None,
    typer.Option("--file", metavar="FILE", help="A params.yaml as it lies there; else HEAD's."),
]
Commit = Annotated[
    str | None, typer.Option("--commit", metavar="REV", help="The policy of this commit.")
]
Cursor = Annotated[
    str | None, typer.Option("--cursor", metavar="TEXT", help="Go on with older ones.")
]

policy = typer.Typer(
    help="Show, check and replay what decides about promotions.",
    pretty_exceptions_enable=False,
)


@policy.command("show")
def show(context: typer.Context, subject: Subject, json: Json = False) -> None:
    """Show a model's policy, or the one that judged a version last."""
    from registry_tasks.registry.lifecycle.replay_policy import show_policy

    shown = ask(context, show_policy, subject)
    if json:
        print_json(shown)
        return
    if shown.judging is None:
        print_text(f"nobody tried to promote {shown.subject}, so no policy judged it")
        return
    when = "" if shown.at is None else f", judged {shown.target} {cell(shown.at)}"
    print_text(f"{shown.subject}: policy of commit {shown.judging.commit or 'none'}{when}")
    print_json(shown.judging.policy)


@policy.command("check")
def check(
    context: typer.Context, model: MaybeModel = None, file: File = None, json: Json = False
) -> None:
    """Say all that is wrong with the policies of params.yaml; exit code 9 if anything is."""
    from registry_tasks.registry.lifecycle.check_policy import check_policy

    found = ask(context, check_policy, model, _text(file))
    if json:
        print_json(found)
    else:
        name = file or "params.yaml"
        for one in found.mistakes:
            where = f"{name}:{one.line}" if one.line else f"{name}"
            print_text(f"{where}: {f'{one.model}: ' if one.model else ''}{one.reason}")
        if not found.mistakes:
            print_text(f"{len(found.models)} policies, nothing wrong with them")
    if found.mistakes:
        raise typer.Exit(FINDINGS)


@policy.command("replay")
def replay(
    context: typer.Context,
    model: Model,
    file: File = None,
    commit: Commit = None,
    cursor: Cursor = None,
    limit: Limit = 100,
    json: Json = False,
) -> None:
    """Say which past promotions another policy would have stopped or let through."""
    from registry_tasks.registry.lifecycle.replay_policy import replay_policy

    found = ask(context, replay_policy, model, _text(file), commit, cursor, limit)
    if json:
        print_json(found)
    else:
        _print(found)


def _print(found: "PolicyReplay") -> None:
    rows = (
        (
            *(one.version, one.target, one.environment, one.at, one.then, one.now),
            "; ".join(f"{g.gate}: {g.reason}" for g in one.gates if g.outcome != "passed"),
        )
        for one in found.attempts
    )
    columns = ("version", "to", "environment", "at", "then", "now", "because")
    print_table(columns, rows, giving=("because", "at"))
    told = Counter(one.now.value for one in found.attempts if one.differs)
    unknown = sum(one.now == "unknown" for one in found.attempts)
    print_text(
        f"{len(found.attempts)} attempts: {told['stopped']} would have been stopped, "
        f"{told['promoted']} let through, of {unknown} it cannot be known"
        + (f"; older ones: --cursor {found.next}" if found.more else "")
    )


def _text(file: Path | None) -> str | None:
    if file is None:
        return None
    try:
        return file.read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidSetting("--file", str(file), str(error)) from None
