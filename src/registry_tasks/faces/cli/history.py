"""``registry history`` and ``tenures``: what happened, and which version a name meant when."""

import re
from typing import Annotated, Final

import typer
from pydantic import JsonValue

from registry_tasks.entities.event import Event
from registry_tasks.entities.stage import slot
from registry_tasks.faces.cli.options import Before, Json, Limit, Subject
from registry_tasks.faces.cli.output import cell, cut, print_items, print_table, print_text
from registry_tasks.faces.cli.session import registry_of

Kinds = Annotated[
    list[str] | None,
    typer.Option("--kind", metavar="KIND", help="Such as version.promoted; repeatable."),
]
Name = Annotated[
    str, typer.Argument(metavar="MODEL@NAME", help="A stage with one place, or an alias.")
]
_DIGEST: Final = re.compile(r"[0-9a-f]{32,64}")
_DIGITS: Final = 11
_WORD: Final = 40
_TOLD: Final = 120


def history(
    context: typer.Context,
    subject: Subject,
    kind: Kinds = None,
    before: Before = None,
    limit: Limit = 100,
    json: Json = False,
) -> None:
    """List what happened to a model or a version: who, when, why."""
    from registry_tasks.registry.catalogue.show import list_history

    registry, kinds = registry_of(context), tuple(kind or ())
    found = list_history(registry, subject, kinds=kinds, before=before, limit=limit)
    if json:
        print_items(found)
        return
    columns = ("#event", "when", "who", "what", "#version", "before", "after", "why")
    rows = (_row(event) for event in found)
    print_table(columns, rows, giving=("before", "who", "why", "after"))
    if len(found) == limit:
        asked = "".join(f" --kind {name}" for name in kinds)
        print_text(f"older ones: registry history {subject}{asked} --before {found[-1].sequence}")


def tenures(
    context: typer.Context,
    name: Name,
    before: Before = None,
    limit: Limit = 100,
    json: Json = False,
) -> None:
    """List which version a stage or an alias named, and when."""
    from registry_tasks.registry.catalogue.tenures import list_tenures

    found = list_tenures(registry_of(context), name, before=before, limit=limit)
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


def _row(event: Event) -> tuple[object, ...]:
    facts = (event.sequence, event.at, event.actor, event.kind, event.version)
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
