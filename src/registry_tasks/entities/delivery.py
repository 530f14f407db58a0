"""A delivery: one event on its way to one receiver."""

from datetime import datetime

from registry_tasks.entities.entity import Entity
from registry_tasks.entities.event import EventKind


class Delivery(Entity):
    """An event that waits for a receiver, or was given up (``dead_at``).

    ``attempts`` have failed so far, the last one for ``why``; the next one is not before ``next_at``.
    """

    id: int
    subscription: str
    sequence: int
    kind: EventKind
    model: str | None
    version: int | None
    queued_at: datetime
    attempts: int
    next_at: datetime
    why: str
    dead_at: datetime | None = None


class Replayed(Entity):
    """How many deliveries that were given up are tried again."""

    subscription: str
    events: int


class Delivered(Entity):
    """What delivering came to."""

    sent: int = 0
    failed: int = 0  # attempts; each is made again later, or was the last one
    dead: int = 0  # deliveries given up
