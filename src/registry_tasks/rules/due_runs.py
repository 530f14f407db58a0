"""Which of the runs that are due is made pointless by a newer one, and which is lost."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple


class Standing(StrEnum):
    """How a due run stands: it will do its work, or it came to nothing."""

    WAITS = "waits"
    RUNS = "runs"
    DONE = "done"
    LOST = "lost"  # failed, crashed or cancelled


class DueRun(NamedTuple):
    """A run of a schedule or a trigger; the id tells apart what was due at the same moment."""

    due: datetime
    id: str
    name: str
    parameters: Mapping[str, Any]
    standing: Standing


def newer_than(mine: DueRun, others: Iterable[DueRun], now: datetime) -> DueRun | None:
    """Return the newest run that is due by now and does what ``mine`` would do, if it is newer.

    The order by moment and id is the same for whoever asks: of runs that are due together, picked
    in any order and by any worker, the newest one finds none. One that was lost does no work.
    """
    newer = [
        run
        for run in others
        if (mine.due, mine.id) < (run.due, run.id)
        and run.due <= now
        and run.parameters == mine.parameters
        and run.standing is not Standing.LOST
    ]
    return max(newer, key=lambda run: (run.due, run.id), default=None)


class Silent(NamedTuple):
    """A run that has not said that it works: ``speaks`` is whether it would, once it had begun."""

    is_pending: bool
    speaks: bool
    silent_for: timedelta


def is_lost(run: Silent, patience: timedelta) -> bool:
    """Whether a silent run's process died, or never came to be.

    One that has begun and never says anything may be at work for hours: it is nobody's to end.
    """
    return (run.is_pending or run.speaks) and run.silent_for > patience
