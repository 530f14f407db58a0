"""Why a metric changed: its change split by cause, with the counterfactual runs behind it."""

from typing import Final

from registry_tasks.entities.difference import Cause
from registry_tasks.entities.entity import Entity

EXPERIMENT: Final = "counterfactual"
"""What counterfactual runs are grouped under."""


class Counterfactual(Entity):
    """What would have come out with some causes as they are after, the others as before.

    ``value`` is None where it did not come out; ``failure`` says why.
    """

    causes: tuple[Cause, ...]  # taken from after
    run: str | None  # UUID
    value: float | None
    failure: str | None = None


class Part(Entity):
    """How much of the change is due to causes; to several together where one cannot be alone."""

    causes: tuple[Cause, ...]
    change: float


class Explanation(Entity):
    """The change of a metric from one version or run to another, on the holdout of the latter.

    The changes of ``parts`` and the ``remainder`` sum to ``change``. The remainder is what the
    same recipes gave when run again: by ``remainder_is`` packages, or today's environment.
    """

    before: str
    after: str
    metric: str
    higher_is_better: bool
    holdout: str
    rows: int
    value_before: float
    value_after: float
    change: float
    parts: tuple[Part, ...]
    remainder: float
    remainder_is: str | None  # None where nothing was left over
    labels_differ: bool  # the causes changed also what is predicted
    runs: tuple[Counterfactual, ...]
