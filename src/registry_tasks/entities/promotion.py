"""Moving a version from stage to stage: requests, attempts, results."""

from datetime import datetime
from typing import ClassVar

from pydantic import Field

from registry_tasks.entities.entity import Entity
from registry_tasks.entities.errors import GateFailed
from registry_tasks.entities.gate import GateResult
from registry_tasks.entities.names import EnvironmentName, Label, ModelName
from registry_tasks.entities.permission import Permission
from registry_tasks.entities.policy import JudgingPolicy
from registry_tasks.entities.request import Request
from registry_tasks.entities.stage import DEFAULT_ENVIRONMENT, Stage, slot

NOBODY = 0


class Promote(Request):
    """Move a version into a stage if its gates hold.

    ``expect_current`` is the number of the version that must hold the place now (0: nobody);
    None takes whoever holds it.
    """

    needs: ClassVar = Permission.MOVE_STAGE

    ref: str
    to: Label
    environment: EnvironmentName = DEFAULT_ENVIRONMENT
    expect_current: int | None = Field(default=None, ge=NOBODY)
    reason: str = ""

    def moves(self) -> str:
        return slot(self.to, self.environment)


class RollBack(Request):
    """Give production back to the version that held it before."""

    needs: ClassVar = Permission.MOVE_STAGE

    model: ModelName
    environment: EnvironmentName = DEFAULT_ENVIRONMENT
    expect_current: int | None = Field(default=None, ge=NOBODY)
    reason: str = ""

    def moves(self) -> str:
        return slot(Stage.PRODUCTION, self.environment)


class Archive(Request):
    """Take a version out of sight; its bytes stay."""

    needs: ClassVar = Permission.MOVE_STAGE

    ref: str
    reason: str = ""

    def moves(self) -> str:
        return Stage.ARCHIVED


class ArchiveByPolicy(Request):
    """Archive what a model's policy says."""

    needs: ClassVar = Permission.MOVE_STAGE

    model: ModelName

    def moves(self) -> str:
        return Stage.ARCHIVED


class Restore(Request):
    """Bring an archived version back to experiment."""

    needs: ClassVar = Permission.MOVE_STAGE

    ref: str
    reason: str = ""

    def moves(self) -> str:
        return Stage.EXPERIMENT


class Move(Entity):
    """One version's change of stage, as part of a promotion, roll-back or archiving."""

    ref: str
    environment: str
    source: str
    target: str


class Transition(Entity):
    """All that one transaction moved."""

    moves: tuple[Move, ...]
    aliases: dict[str, str]  # alias -> reference it points to now
    gates: tuple[GateResult, ...] = ()


class Refusal(Entity):
    """A promotion that gates refused, as an answer: retraining goes on living with it."""

    ref: str
    stage: str
    failures: tuple[tuple[str, str], ...]  # gate, reason

    def error(self) -> GateFailed:
        """Return it as the error that callers of ``promote`` get."""
        return GateFailed(self.ref, self.stage, self.failures)


class PromotionAttempt(Entity):
    """A promotion that was tried, and the evidence that decided it."""

    version: str  # reference
    source: str
    target: str
    environment: str
    incumbent: str | None
    promoted: bool
    judged_by: JudgingPolicy
    gates: tuple[GateResult, ...]
    at: datetime
    by: str
    reason: str
