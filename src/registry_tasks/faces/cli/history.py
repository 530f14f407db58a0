"""``registry history`` and ``tenures``: what happened, and which version a name meant when."""

import re
from shlex import quote
from typing import Annotated, Final

import typer
from pydantic import JsonValue

from registry_tasks.entities.event import Event
from registry_tasks.entities.instant import to_instant
from registry_tasks.entities.stage import slot
from registry_tasks.faces.cli.options import Before, Json, Limit
from registry_tasks.faces.cli.output import cell, cut, print_items, print_table, print_text
from registry_tasks.faces.cli.session import ask

Kinds = Annotated[
    list[str] | None,
    typer.Option("--kind", metavar="KIND", help="Such as version.promoted; repeatable."),
]
Whose = Annotated[
    str | None,
    typer.Argument(metavar="[MODEL|REF]", help="A model by its name, or one version; all if none."),
]
Into = Annotated[
    str | None,
    typer.Option("--stage", metavar="STAGE", help="Only what brought a version into STAGE."),
]
Actor = Annotated[str | None, typer.Option("--actor", metavar="NAME", help="Only what NAME did.")]
Since = Annotated[
    str | None, typer.Option("--since", metavar="TIME", help="Such as 2026-03-02T14:05Z.")
]
Until = Annotated[str | None, typer.Option("--until", metavar="TIME", help="The last one to show.")]
Name = Annotated[
    str, typer.Argument(metavar="MODEL@NAME", help="A stage with one place, or an alias.")
]
_DIGEST: Final = re.compile(r"[0-9a-f]{32,64}")
_DIGITS: Final = 11
_WORD: Final = 40
_TOLD: Final = 120


def history(
    context: typer.Context,
    subject: Whose = None,
    kind: Kinds = None,
    stage: Into = None,
    actor: Actor = None,
    since: Since = None,
    until: Until = None,
    before: Before = None,
    limit: Limit = 100,
    json: Json = False,
) -> None:
    """List what happened to a model, a version or all: who and why."""
    from registry_tasks.registry.catalogue.show import list_history

    found = ask(
        context,
        list_history,
        subject,
        kinds=tuple(kind or ()),
        stage=stage,
        actor=actor,
        since=None if since is None else to_instant(since, "since"),
        until=None if until is None else to_instant(until, "until"),
        before=before,
        limit=limit,
    )
    if json:
        print_items(found)
        return
    model = ("model",) if subject is None else ()
    columns = ("#event", "when", "who", "what", *model, "#version", "before", "after", "why")
    rows = (_row(event, with_model=subject is None) for event in found)
    print_table(columns, rows, giving=("before", "who", "why", "after"))
    if len(found) == limit:
        named = [*(("", subject),), *(("--kind", name) for name in kind or ())]
        named += [("--stage", stage), ("--actor", actor), ("--since", since), ("--until", until)]
        named += [("--before", str(found[-1].sequence))]
        asked = (f"{option} {quote(value)}".strip() for option, value in named if value)
        print_text(f"older ones: registry history {' '.join(asked)}")


def tenures(
    context: typer.Context,
    name: Name,
    before: Before = None,
    limit: Limit = 100,
    json: Json = False,
) -> None:
    """List which version a stage or an alias named, and when."""
    from registry_tasks.registry.catalogue.tenures import list_tenures

    found = ask(context, list_tenures, name, before=before, limit=limit)
    if json:
        print_items(found)
        return
    rows = (
        (tenure.version, tenure.since, tenure.until or "now", tenure.by, tenure.reason or "-")
        for tenure in found
    )
    print_table(("version", "since", "until", "by", "why"), rows, giving=("why", "by"))
    if len(found) == limit:
        print_text(f"older ones: registry tenures {name} --before {found[-1].sequence}")


def _row(event: Event, *, with_model: bool) -> tuple[object, ...]:
    model = (event.model or "-",) if with_model else ()
    facts = (event.sequence, event.at, event.actor, event.kind, *model, event.version)
    return *facts, told(event.before), told(event.after), event.reason or "-"


def told(document: JsonValue) -> str:
    """Say what an event holds in words, in short; the whole of it is in ``--json``."""
    if not isinstance(document, dict):
        return cut(_word(document), _TOLD)
    said = dict(document)
    match said:
        case {"stage": str(stage), "environment": str(environment)}:
            said["stage"] = slot(stage, environment)
            del said["environment"]
    words = [f"{key} {cut(_word(value), _WORD)}" for key, value in said.items()]
    return cut(", ".join(words), _TOLD) or "-"


def _word(value: JsonValue) -> str:
    match value:
        case {"gate": gate, "outcome": outcome}:
            return f"{gate} {outcome}"
        case dict():
            return " ".join(f"{key}={_word(inner)}" for key, inner in value.items()) or "-"
        case list():
            return "; ".join(map(_word, value)) or "-"
        case str() if _DIGEST.fullmatch(value):
            return cut(value, _DIGITS)
    return cell(value) or "-"
