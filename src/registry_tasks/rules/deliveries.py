"""Which events a subscription gets, when one is tried again, and when it is given up."""

import random
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from registry_tasks.entities.event import EventKind

FOR_PEOPLE: Final = (
    "approval.requested",
    "version.refused",
    "version.drill_failed",
    "version.promoted",
    "version.rolled_back",
)
"""What people are told unless a subscription says its kinds."""
_FACTOR: Final = 4


class Patience(NamedTuple):
    """How long a receiver is waited for."""

    answer_s: float = 10.0
    first_pause_s: float = 5.0
    longest_pause_s: float = 3600.0
    gives_up_after_s: float = 172_800.0
    """So that a receiver may be away for a weekend."""
    round_s: float = 5.0
    """How long one process sends before it writes down what arrived: what is sent again after a crash."""
    lease_s: float = 60.0
    """How long others leave to a process what it has taken: longer than a round and an answer."""


USUAL: Final = Patience()


def wants(kinds: tuple[str, ...], model: str | None, kind: EventKind, of_model: str | None) -> bool:
    """Whether a subscription to these kinds and this model gets an event."""
    if model is not None and model != of_model:
        return False
    noun = f"{kind.partition('.')[0]}.*"
    return not kinds or str(kind) in kinds or noun in kinds


def pause_after(attempts: int, patience: Patience) -> timedelta:
    """Return how long to wait after so many failed attempts: longer each time, never quite alike.

    Half of it is chance, so that those who failed together do not come back together.
    """
    whole = min(patience.longest_pause_s, patience.first_pause_s * _FACTOR ** (attempts - 1))
    return timedelta(seconds=whole * (0.5 + random.random() / 2))


def is_over(queued_at: datetime, now: datetime, patience: Patience) -> bool:
    """Whether an event that failed again is given up."""
    return now - queued_at >= timedelta(seconds=patience.gives_up_after_s)
