"""A registered model: a name with an owner, under which versions are numbered."""

from datetime import datetime

from registry_tasks.entities.entity import Entity


class RegisteredModel(Entity):
    """A model as lists show it; slots map ``production``, ``staging`` to version numbers."""

    name: str
    owner: str
    description: str
    created_at: datetime
    versions: int
    latest: int | None
    slots: dict[str, int]
    aliases: dict[str, int]
