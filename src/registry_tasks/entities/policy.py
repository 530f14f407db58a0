"""A model's policy as it stands in params.yaml: gates per stage, evaluation, retention."""

from typing import Annotated, Literal

from pydantic import Field, FiniteFloat

from registry_tasks.entities.entity import Entity
from registry_tasks.entities.names import Label


class MetricBound(Entity):
    """The candidate's recorded metric must lie within the bounds."""

    gate: Literal["metric"] = "metric"
    metric: str
    at_least: FiniteFloat | None = None
    at_most: FiniteFloat | None = None


class BetterThanProduction(Entity):
    """The candidate must beat the incumbent on the same holdout.

    The lower end of the paired bootstrap's interval of the improvement must be above
    ``margin``, in the unit of the metric. Without an incumbent the gate passes.
    """

    gate: Literal["better-than-production"] = "better-than-production"
    margin: FiniteFloat = 0.0


class SignatureCompatible(Entity):
    """Whoever calls production today can call the candidate: same outputs, no new inputs."""

    gate: Literal["signature-compatible"] = "signature-compatible"


class Reproduced(Entity):
    """A reproduction of the candidate must have ended with one of these verdicts."""

    gate: Literal["reproduced"] = "reproduced"
    verdicts: tuple[Literal["identical", "equivalent"], ...] = Field(
        default=("identical",), min_length=1
    )


class Described(Entity):
    """The candidate must have a description of at least so many characters."""

    gate: Literal["described"] = "described"
    characters: int = Field(default=1, ge=1)


class Graded(Entity):
    """The candidate's provenance grade must be at least this one."""

    gate: Literal["grade"] = "grade"
    at_least: Literal["A", "B", "C", "D", "E"]


class Approved(Entity):
    """So many people must have approved. Until they have, the promotion waits, but not for ever.

    Whoever registered the version or asked for its promotion is not among them, unless
    ``author_may_approve``, which only a registry without accounts accepts.
    """

    gate: Literal["approved"] = "approved"
    people: int = Field(default=1, ge=1, le=100)
    expires_days: int = Field(default=14, ge=1, le=366)
    author_may_approve: bool = False


Gate = Annotated[
    MetricBound
    | BetterThanProduction
    | SignatureCompatible
    | Reproduced
    | Described
    | Graded
    | Approved,
    Field(discriminator="gate"),
]


class Evaluation(Entity):
    """How a candidate is compared with the incumbent."""

    metric: str
    higher_is_better: bool
    resamples: int = Field(default=1000, ge=100, le=100_000)
    confidence: float = Field(default=0.95, gt=0.5, lt=1)
    seed: int = 0


class Retention(Entity):
    """What the archive flow may take out of sight; what is in use is never taken.

    A version is superseded when it has left production, and stale when a newer version has
    reached staging or production without it. ``None`` keeps all of the kind.
    """

    keep_superseded: int | None = Field(default=1, ge=0)
    keep_stale: int | None = Field(default=1, ge=0)


class Policy(Entity):
    """Everything that is decided per model, from ``registry: models: <name>``."""

    require_clean: bool = False
    evaluation: Evaluation | None = None
    stages: dict[Label, tuple[Gate, ...]] = Field(default_factory=dict)
    aliases: dict[Label, Label] = Field(default_factory=dict)  # alias -> the stage that it follows
    retention: Retention = Retention()
    reproduction_tolerance: FiniteFloat = Field(default=1e-9, ge=0)  # relative, of each metric


class JudgingPolicy(Entity):
    """A policy with the commit of params.yaml it was read from."""

    policy: Policy
    commit: str | None
