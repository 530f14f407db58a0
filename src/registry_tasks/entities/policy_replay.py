"""What a changed policy would have said of the promotions there were; and what is wrong with one."""

from datetime import datetime
from enum import StrEnum

from registry_tasks.entities.entity import Entity
from registry_tasks.entities.policy import JudgingPolicy, Policy


class PolicyMistake(Entity):
    """One thing in params.yaml that cannot be meant so; ``line`` is None where it stands nowhere."""

    model: str | None
    reason: str
    line: int | None


class PolicyCheck(Entity):
    """All that is wrong with the policies of a params.yaml, and the models it speaks of."""

    models: tuple[str, ...]
    mistakes: tuple[PolicyMistake, ...]


class PolicyShown(Entity):
    """The policy that decides about a model now, or the one that judged a version last."""

    subject: str
    judging: JudgingPolicy | None
    at: datetime | None = None  # when it judged
    target: str | None = None  # what it judged: the stage, with its environment


class Answer(StrEnum):
    """What became of an attempt to promote, or would have."""

    PROMOTED = "promoted"
    STOPPED = "stopped"
    WAITED = "waited"  # for people
    UNKNOWN = "unknown"  # nothing says no, but not all that decides is known


class GateThen(StrEnum):
    """What a gate of the changed policy finds in what was known at the time."""

    PASSED = "passed"
    FAILED = "failed"
    UNKNOWN = "unknown"


class ReplayedGate(Entity):
    """One gate, and why."""

    gate: str
    outcome: GateThen
    reason: str


class ReplayedAttempt(Entity):
    """One attempt, what became of it, and what would have."""

    version: str  # reference
    source: str
    target: str
    environment: str
    at: datetime
    by: str
    then: Answer
    now: Answer
    gates: tuple[ReplayedGate, ...]

    @property
    def differs(self) -> bool:
        """Whether it would certainly have come out otherwise."""
        return self.now is not Answer.UNKNOWN and self.now is not self.then


class PolicyReplay(Entity):
    """A model's past attempts under another policy, newest first.

    Each is judged by itself, against what was in production then.
    """

    model: str
    policy: Policy
    commit: str | None  # None: it is not committed
    attempts: tuple[ReplayedAttempt, ...]
    more: bool  # whether there are older ones that were not looked at
    next: str | None  # the cursor of these
