"""How a metric went over the versions of a model, and which version held which stage meanwhile."""

from datetime import datetime
from typing import Final

from registry_tasks.entities.entity import Entity

MAX_TREND: Final = 10_000
"""How many versions a trend can span."""


class TrendPoint(Entity):
    """One version; ``value`` is None where it lacks the metric."""

    number: int
    semantic_version: str
    created_at: datetime
    value: float | None


class StageChange(Entity):
    """A version entered a stage, which it may have left since."""

    number: int
    stage: str  # with its environment: ``production-eu``
    at: datetime
    by: str


class Trend(Entity):
    """Versions by number and stage changes by time, both oldest first."""

    model: str
    metric: str
    points: tuple[TrendPoint, ...]
    changes: tuple[StageChange, ...]
