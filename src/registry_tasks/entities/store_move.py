"""Moving a metadata store to another database."""

from registry_tasks.entities.entity import Entity


class MoveStore(Entity):
    """Copy the whole store to a database that is empty; ``to`` is its URL."""

    to: str


class StoreMoved(Entity):
    """Where from and where to, as may be shown, and the rows of each table; none when undone."""

    source: str
    target: str
    rows: dict[str, int]
