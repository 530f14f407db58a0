"""What the doctor saw."""

from registry_tasks.entities.entity import Entity


class Finding(Entity):
    """One thing that is not as it should be, and the command that mends it."""

    what: str
    where: str
    repair: str
