"""What a gate found: the evidence of a promotion."""

from datetime import datetime
from enum import StrEnum

from registry_tasks.entities.entity import Entity


class Outcome(StrEnum):
    """A gate passes, fails, or waits for a person."""

    PASSED = "passed"
    FAILED = "failed"
    WAITING = "waiting"


class GateResult(Entity):
    """One gate's finding; ``measured`` and ``bound`` are in the gate's own unit."""

    gate: str
    outcome: Outcome
    measured: str
    bound: str
    reason: str


class Stay(Entity):
    """A version's last stay in a stage; ``until`` is None while it goes on.

    ``spoiled`` says what happened to it there that should not have.
    """

    since: datetime
    until: datetime | None
    spoiled: str | None
