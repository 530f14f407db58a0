"""Versions that let go of their bytes, which can be made again, and get them back."""

from datetime import datetime
from typing import ClassVar

from registry_tasks.entities.entity import Entity
from registry_tasks.entities.model_version import ModelVersion
from registry_tasks.entities.names import ModelName
from registry_tasks.entities.permission import Permission
from registry_tasks.entities.request import Request


class DropBytes(Request):
    """Let go of an archived version's bytes: a rebuild gave the same ones, and can again."""

    needs: ClassVar = Permission.KEEP

    ref: str
    reason: str = ""


class DropBytesByPolicy(Request):
    """Let go of the bytes that a model's policy does not keep."""

    needs: ClassVar = Permission.KEEP

    model: ModelName


class DroppedBytes(Entity):
    """Who let go of a version's bytes, when and why."""

    reason: str
    at: datetime
    by: str


class Dropping(Entity):
    """A version that let go of its bytes, and how many of them nobody else needs."""

    version: ModelVersion
    dropped: DroppedBytes
    objects: int
    size_bytes: int


class Droppings(Entity):
    """The answer of dropping by policy."""

    dropped: tuple[Dropping, ...]


class Remaking(Entity):
    """A version whose bytes are back: the very same ones."""

    version: ModelVersion
    objects: int
    size_bytes: int
