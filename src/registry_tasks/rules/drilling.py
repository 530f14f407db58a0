"""Drills: which versions come first, and what the looks at one come to."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from registry_tasks.entities.drill import DueDrill, Findings, Looked
from registry_tasks.entities.reproduction import Verdict

_NEVER: Final = datetime.min.replace(tzinfo=UTC)


def choose(
    production: Sequence[DueDrill], archived: Sequence[DueDrill], sample: int, seed: int
) -> tuple[DueDrill, ...]:
    """Return all that is in production and a sample of what is archived, what waited longest first.

    Of the archived ones that were never drilled chance takes some. What a night did not reach has
    waited longer than what it did, so it comes first the next time.
    """
    mixed = list(archived)
    random.Random(seed).shuffle(mixed)
    sampled = sorted(mixed, key=_last)[:sample]
    in_production = {due.version for due in production}
    return tuple(
        sorted((*production, *(d for d in sampled if d.version not in in_production)), key=_last)
    )


def verdict_of(found: Findings) -> Looked:
    """Return failed if any look failed, passed if all passed, else unknown."""
    looks = {found.bytes, found.environment, found.rebuild}
    if Looked.FAILED in looks:
        return Looked.FAILED
    return Looked.PASSED if looks == {Looked.PASSED} else Looked.UNKNOWN


def judge_rebuild(now: Verdict, before: Sequence[Verdict]) -> tuple[Looked, str]:
    """Say what a rebuild means for whoever relies on it, by those before it.

    Other bytes with the same metrics are all that some pipelines can give. Where they were the same
    once, something that they come from has changed.
    """
    if now is Verdict.IDENTICAL:
        return Looked.PASSED, ""
    if now is Verdict.DIFFERENT:
        return Looked.FAILED, "it came out different"
    if Verdict.IDENTICAL in before:
        return Looked.FAILED, "its bytes came out the same before, and do not any more"
    return Looked.PASSED, ""


def _last(due: DueDrill) -> datetime:
    return due.last or _NEVER
