"""Two models scored on the same holdout, with a paired bootstrap of the difference."""

from datetime import datetime

from registry_tasks.entities.entity import Entity


class Bootstrap(Entity):
    """The difference candidate minus incumbent in the unit of the metric.

    ``low`` and ``high`` bound the central ``confidence`` share of ``resamples`` paired resamples
    of ``rows`` rows, drawn with ``seed``.
    """

    candidate: float
    incumbent: float
    difference: float
    low: float
    high: float
    confidence: float
    resamples: int
    seed: int
    rows: int


class Comparison(Entity):
    """Evidence: a run scored against the incumbent of a slot."""

    run: str  # UUID of the candidate's run
    incumbent: str  # reference of the incumbent
    incumbent_uuid: str
    holdout: str  # path of the raw partition
    holdout_sha256: str
    metric: str
    higher_is_better: bool
    bootstrap: Bootstrap
    at: datetime
    by: str
