"""A Git tag that mirrors an event, in the format of GTO."""

from datetime import datetime

from registry_tasks.entities.entity import Entity


class GitTag(Entity):
    """An annotated tag still to be written, or written already."""

    name: str  # flight-delay@v1.2.0, flight-delay#production#3
    commit: str
    message: str
    author: str
    at: datetime
