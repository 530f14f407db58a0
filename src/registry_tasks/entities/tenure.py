"""The time for which a stage with one place, or an alias, named a version."""

from datetime import datetime

from registry_tasks.entities.entity import Entity


class Tenure(Entity):
    """Which version, from when to when; ``until`` is None while it lasts."""

    sequence: int  # of the event it began with
    version: str  # reference
    since: datetime
    until: datetime | None
    by: str
    reason: str
