"""Taking a version away for good, and keeping one from being taken away."""

from datetime import datetime
from typing import Annotated, ClassVar

from pydantic import StringConstraints

from registry_tasks.entities.entity import Entity
from registry_tasks.entities.model_version import ModelVersion
from registry_tasks.entities.permission import Permission
from registry_tasks.entities.request import Request

Why = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=10_000)]


class Delete(Request):
    """Delete a version: its number, record and history stay, with the reason."""

    needs: ClassVar = Permission.KEEP

    ref: str
    reason: Why


class Hold(Request):
    """Keep a version and its bytes from being deleted, whatever else happens to it."""

    needs: ClassVar = Permission.KEEP

    ref: str
    reason: Why


class Release(Request):
    """Take a hold away."""

    needs: ClassVar = Permission.KEEP

    ref: str
    reason: Why


class Tombstone(Entity):
    """What stands where a version was: who deleted it, when and why."""

    reason: str
    at: datetime
    by: str


class LegalHold(Entity):
    """Who forbids that a version is deleted, since when and why."""

    reason: str
    at: datetime
    by: str


class Deletion(Entity):
    """The answer of ``delete``."""

    version: ModelVersion
    tombstone: Tombstone


class Holding(Entity):
    """The answer of ``hold`` and ``release``: the hold that there is now."""

    version: ModelVersion
    hold: LegalHold | None
