"""What is annotated: a model, or one of its versions."""

from typing import NamedTuple

import sqlalchemy as sa

from registry_tasks.entities.reference import Reference
from registry_tasks.entities.subject import names_version
from registry_tasks.stores.metadata.lookup import get_recorded, get_version
from registry_tasks.stores.metadata.models import get_model
from registry_tasks.stores.metadata.query import through


class Subject(NamedTuple):
    """A model or a version by row ids, and what it is called."""

    name: str
    model: str
    model_id: int
    version_id: int | None


def get_subject(connection: sa.Connection, text: str, *, recorded: bool = False) -> Subject:
    """Return what a text names, to change it, or to look at it if ``recorded``.

    Raises: ModelNotFound, VersionNotFound, VersionDeleted, MalformedReference.
    """
    if names_version(text):
        look = get_recorded if recorded else get_version
        stored = look(through(connection), Reference.parse(text))
        return Subject(stored.version.ref, stored.version.model, stored.model_id, stored.id)
    return Subject(text, text, get_model(connection, text), None)
