"""Notes: write one of a model or a version, and read them back."""

from typing import Final

from registry_tasks.entities.annotation import AddNote
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.profile import Note
from registry_tasks.registry.carry_out import carry_out
from registry_tasks.registry.catalogue.subject import get_subject
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.metadata import events, notes
from registry_tasks.stores.metadata.store import Transaction

SHOWN: Final = 20
"""How many a page shows."""


def add_note(registry: Registry, request: AddNote) -> Note:
    """Write a note; nobody can change it any more. Raises: ModelNotFound, VersionNotFound."""

    def act(tx: Transaction) -> Note:
        subject = get_subject(tx.connection, request.subject)
        made = notes.add(tx, subject.model_id, subject.version_id, request.text)
        is_model = subject.version_id is None
        events.append(
            tx,
            EventKind.MODEL_NOTED if is_model else EventKind.VERSION_NOTED,
            model=subject.model_id,
            version=subject.version_id,
            after={"text": request.text},
        )
        return made

    return carry_out(registry, request, act, Note)


def list_notes(
    registry: Registry, subject: str, *, before: int | None = None, limit: int = 50
) -> tuple[Note, ...]:
    """Return notes newest first: a version's, or a model's with those of all its versions.

    ``before`` is the id of a note to go on from.
    """
    with registry.metadata.reading() as connection:
        found = get_subject(connection, subject, recorded=True)
        return notes.list_notes(
            connection, found.model_id, found.version_id, before=before, limit=limit
        )
