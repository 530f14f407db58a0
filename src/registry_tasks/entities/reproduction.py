"""What came of rebuilding a version from its record."""

from datetime import datetime
from enum import StrEnum

from registry_tasks.entities.entity import Entity


class Verdict(StrEnum):
    """Graded: the same bytes, the same metrics within tolerance, or neither."""

    IDENTICAL = "identical"
    EQUIVALENT = "equivalent"
    DIFFERENT = "different"


class Difference(Entity):
    """One output or metric that came out otherwise; ``found`` is None when it is missing."""

    stage: str | None
    what: str
    recorded: str
    found: str | None


class Reproduction(Entity):
    """A verdict, with the first DVC stage in pipeline order whose outputs differ."""

    version: str  # reference
    verdict: Verdict
    first_different_stage: str | None
    differences: tuple[Difference, ...]
    outputs: int  # how many files were compared
    duration_s: float
    at: datetime
    by: str
