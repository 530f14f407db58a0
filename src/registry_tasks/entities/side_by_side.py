"""Versions and runs side by side: one row for everything that can be said of each."""

from typing import Final

from pydantic import JsonValue

from registry_tasks.entities.entity import Entity
from registry_tasks.entities.errors import MalformedReference
from registry_tasks.entities.reference import Reference, ReferenceKind

MAX_COMPARED: Final = 1000
"""How many can be put side by side at once."""
RUN_PREFIX: Final = "run:"
"""What makes a UUID name a run and nothing else: ``run:<uuid>``."""
GROUPS: Final = (
    *("version", "run", "metrics", "curves", "parameters", "tags", "signature", "data"),
    *("code", "commands", "environment", "packages"),
)
"""Of rows, in their order."""


def read_name(text: str) -> tuple[Reference, bool]:
    """Read a reference, or ``run:<uuid>``; the second is whether it names a run and nothing else.

    Raises: MalformedReference.
    """
    if not text.startswith(RUN_PREFIX):
        return Reference.parse(text), False
    reference = Reference.parse(text.removeprefix(RUN_PREFIX))
    if reference.kind is not ReferenceKind.UUID:
        raise MalformedReference(text, f"after {RUN_PREFIX!r} comes the UUID of a run")
    return reference, True


class Row(Entity):
    """One property; ``values`` are in the order of the versions, None where one lacks it.

    ``nulls`` are the places of those that have it and say null.
    """

    group: str  # one of GROUPS
    name: str
    values: tuple[JsonValue, ...]
    differs: bool
    nulls: tuple[int, ...] = ()


class SideBySide(Entity):
    """What two or more versions or runs are, property by property."""

    versions: tuple[str, ...]  # references; ``run:<uuid>`` where a run was named
    runs: tuple[str, ...]  # UUIDs, in the same order
    rows: tuple[Row, ...]

    def differing(self) -> "SideBySide":
        """Return it without the rows that are the same for all."""
        return self.model_copy(update={"rows": tuple(row for row in self.rows if row.differs)})


class Curve(Entity):
    """Every point of one metric series of one run."""

    version: str  # as in ``SideBySide.versions``
    series: str
    steps: tuple[int, ...]
    values: tuple[float, ...]


class Curves(Entity):
    """Metric series of versions or runs, in the order named, then by series."""

    versions: tuple[str, ...]
    curves: tuple[Curve, ...]
