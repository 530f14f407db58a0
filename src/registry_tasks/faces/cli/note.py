"""``registry note`` and ``registry notes``: what people write of models and versions."""

from typing import Annotated

import typer

from registry_tasks.entities.profile import Note
from registry_tasks.faces.cli.options import Before, Json, Key, Limit, Subject
from registry_tasks.faces.cli.output import cell, print_items, print_json, print_text
from registry_tasks.faces.cli.session import ask

Words = Annotated[str, typer.Argument(metavar="TEXT", help="The note.")]


def note(
    context: typer.Context, subject: Subject, text: Words, key: Key = None, json: Json = False
) -> None:
    """Write a note of a model or a version."""
    from registry_tasks.entities.annotation import AddNote
    from registry_tasks.registry.catalogue.note import add_note

    made = ask(context, add_note, AddNote(subject=subject, text=text, key=key))
    if json:
        print_json(made)
    else:
        print_text(f"noted {of(made)}")


def notes(
    context: typer.Context,
    subject: Subject,
    before: Before = None,
    limit: Limit = 50,
    json: Json = False,
) -> None:
    """List notes of a model with its versions, or of a version."""
    from registry_tasks.registry.catalogue.note import list_notes

    found = ask(context, list_notes, subject, before=before, limit=limit)
    if json:
        print_items(found)
        return
    for written in found:
        print_text(*lines_of(written))
    if len(found) == limit:
        print_text(f"older ones: registry notes {subject} --before {found[-1].id}")


def of(note: Note) -> str:
    """Name what a note is of."""
    return note.model if note.version is None else f"{note.model}@{note.version}"


def lines_of(note: Note) -> list[str]:
    """Write a note for people."""
    return [f"{cell(note.at)} {note.by} on {of(note)}", *(f"  {x}" for x in note.text.splitlines())]
