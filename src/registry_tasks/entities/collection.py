"""Collecting: bytes that nobody needs any more, and what stores that share a remote say of theirs."""

from datetime import datetime
from enum import StrEnum

from pydantic import Field

from registry_tasks.entities.entity import Entity


class Why(StrEnum):
    """How an object came to be needed by nobody."""

    LET_GO = "its versions were deleted or let go of their bytes"
    LEFT = "a writer died before anything named it"


class Unneeded(Entity):
    """An object that nobody needs."""

    md5: str
    size_bytes: int
    at: datetime  # when it was written or last wanted
    why: Why


class Collection(Entity):
    """What there was to collect; ``taken`` of it is gone, none in a dry run."""

    place: str
    before: datetime  # only what is older
    unneeded: tuple[Unneeded, ...]
    size_bytes: int
    taken: int


class Stake(Entity):
    """What a store says in a remote that it shares: which objects it needs, as of when.

    ``at`` is None until it has said so; ``sequence`` is the store's newest event then.
    """

    store: str  # where it is, for people
    at: datetime | None = None
    sequence: int = Field(default=0, ge=0)
    objects: tuple[str, ...] = ()
