"""A sweep: many runs of one commit over a space of parameters, compared by one metric."""

import math
from datetime import datetime
from enum import StrEnum
from typing import Annotated, ClassVar, Final, Literal, Self

from pydantic import Field, JsonValue, model_validator

from registry_tasks.entities.entity import Entity
from registry_tasks.entities.errors import InvalidSpace
from registry_tasks.entities.names import ModelName
from registry_tasks.entities.parameters import check_parameters
from registry_tasks.entities.permission import Permission
from registry_tasks.entities.registration import Registration
from registry_tasks.entities.request import Request
from registry_tasks.entities.run import RunStatus

MAX_TRIALS: Final = 1_000
MAX_PARALLEL: Final = 64
MAX_VALUES: Final = 1_000
"""How many values one parameter may be chosen from."""
MAX_KEYS: Final = 100
MAX_NUMBER: Final = 2**53
"""Beyond it not every integer is a number of its own."""


class Sampler(StrEnum):
    """How the parameters of a trial are drawn."""

    GRID = "grid"
    RANDOM = "random"
    OPTUNA = "optuna"


class Choice(Entity):
    """One of these values, such as ``choice(15, 31, 63)``."""

    kind: Literal["choice"] = "choice"
    values: tuple[JsonValue, ...]

    @model_validator(mode="after")
    def _check(self) -> Self:
        if not 1 <= len(self.values) <= MAX_VALUES:
            found = f"it has {len(self.values):,} values"
            raise InvalidSpace("choice", f"{found}; 1 to {MAX_VALUES:,} are allowed")
        if any(isinstance(v, float) and not math.isfinite(v) for v in self.values):
            raise InvalidSpace("choice", "one of its values is not a finite number")
        return self


class Between(Entity):
    """A number between two, each as likely: ``uniform(0, 1)``; or each order of magnitude."""

    kind: Literal["uniform", "loguniform"]
    low: float
    high: float

    @model_validator(mode="after")
    def _check(self) -> Self:
        _check_bounds(self.kind, self.low, self.high)
        if self.kind == "loguniform" and self.low <= 0:
            raise InvalidSpace(self.kind, f"its lower bound is {self.low}; it must be above 0")
        return self


class Integers(Entity):
    """A whole number of ``int(low, high, step)``, both ends included."""

    kind: Literal["int"] = "int"
    low: int
    high: int
    step: int = 1

    @model_validator(mode="after")
    def _check(self) -> Self:
        if max(abs(self.low), abs(self.high), self.step) > MAX_NUMBER:
            raise InvalidSpace(self.kind, "one of its numbers is beyond 2**53")
        _check_bounds(self.kind, self.low, self.high)
        if self.step < 1:
            raise InvalidSpace(self.kind, f"its step is {self.step}; it must be 1 or more")
        return self

    @property
    def count(self) -> int:
        """How many numbers there are."""
        return (self.high - self.low) // self.step + 1


def _check_bounds(kind: str, low: float, high: float) -> None:
    if not (math.isfinite(low) and math.isfinite(high)):
        raise InvalidSpace(kind, f"its bounds are {low} and {high}; they must be finite")
    if not low < high:
        raise InvalidSpace(kind, f"its bounds are {low} and {high}; the first must be lower")


Values = Annotated[Choice | Between | Integers, Field(discriminator="kind")]
"""What one parameter may be."""
Space = dict[str, Values]
"""By dotted key of params.yaml."""


class StartSweep(Entity):
    """Search a space of parameters.

    ``trials`` None means all points of a grid, ten for the other samplers; ``metric`` None the one
    that policy evaluates by, and its direction. ``commit`` None means HEAD.
    """

    model: ModelName
    space: Space
    sampler: Sampler = Sampler.GRID
    trials: int | None = Field(default=None, ge=1, le=MAX_TRIALS)
    metric: str | None = Field(default=None, min_length=1, max_length=200)
    higher_is_better: bool | None = None
    commit: str | None = None
    seed: int = Field(default=0, ge=0, lt=2**32)
    parallel: int = Field(default=2, ge=1, le=MAX_PARALLEL)

    @model_validator(mode="after")
    def _check(self) -> Self:
        if not 1 <= len(self.space) <= MAX_KEYS:
            found = f"it names {len(self.space)} parameters"
            raise InvalidSpace("space", f"{found}; 1 to {MAX_KEYS} are allowed")
        choices = {k: list(v.values) for k, v in self.space.items() if isinstance(v, Choice)}
        check_parameters(choices)
        return self


class SweepPlan(Entity):
    """All that decides which trials a sweep has; the same plan draws the same ones again."""

    commit: str
    space: Space
    sampler: Sampler
    trials: int
    metric: str
    higher_is_better: bool
    seed: int
    parallel: int


class SweepStart(Entity):
    """A sweep to be: known to the store from its first trial on."""

    uuid: str
    model: ModelName
    plan: SweepPlan

    @property
    def experiment(self) -> str:
        """Return what the runs of its trials are grouped under."""
        return f"sweep-{self.uuid[:8]}"

    def told(self) -> dict[str, JsonValue]:
        """Return what an event tells of it."""
        plan = self.plan.model_dump(mode="json")
        return {"uuid": self.uuid, "experiment": self.experiment, "plan": plan}


class TrialStart(Entity):
    """A trial that begins: which one of which sweep, and what it is told."""

    sweep: SweepStart
    number: int
    parameters: dict[str, JsonValue]


class Trial(Entity):
    """One point of the space and the newest run that tried it; ``value`` is of the metric."""

    number: int
    parameters: dict[str, JsonValue]
    run: str
    status: RunStatus
    value: float | None
    failure: str | None


class Sweep(Entity):
    """A sweep as lists show it; ``best`` is the finished trial with the best value."""

    uuid: str
    model: str
    experiment: str
    plan: SweepPlan
    started_at: datetime
    started_by: str
    ended_at: datetime | None
    finished: int
    failed: int
    running: int
    best: Trial | None


class SweepRecord(Entity):
    """A sweep with its trials, the best first, then those without a value by number.

    ``registration`` is what came of registering the best, where that was asked for just now.
    """

    sweep: Sweep
    trials: tuple[Trial, ...]
    registration: Registration | None = None


class EndSweep(Request):
    """Record that a sweep has come to its end, whatever became of its trials."""

    needs: ClassVar = Permission.RECORD

    sweep: str  # UUID
