"""A model's policy as it stands in params.yaml: gates per stage, evaluation, retention."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, FiniteFloat

from registry_tasks.entities.entity import Entity
from registry_tasks.entities.names import EnvironmentName, Label


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


class Soaked(Entity):
    """The candidate's last stay in a stage must have lasted so many hours.

    A rebuild that came out different meanwhile spoils it; it then has to enter the stage anew.
    """

    gate: Literal["soaked"] = "soaked"
    hours: FiniteFloat = Field(gt=0, le=24 * 366)
    stage: Label = "staging"


class Approved(Entity):
    """So many people must have approved. Until they have, the promotion waits, but not for ever.

    Whoever started the version's run, registered it or asked for its promotion is not among them, unless
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
    | Soaked
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
    """What the archive flow may take out of sight; what is in use or held is never taken.

    A version is superseded when it has left production, and stale when a newer version has
    reached staging or production without it. ``None`` keeps all of the kind. Any other is old
    after ``archive_after_days``, but for the newest; what is younger than ``keep_days`` stays.
    ``drop_bytes_after_days`` counts from when it was archived.
    """

    keep_superseded: int | None = Field(default=1, ge=0)
    keep_stale: int | None = Field(default=1, ge=0)
    keep_days: int = Field(default=0, ge=0, le=36_525)
    archive_after_days: int | None = Field(default=None, ge=1, le=36_525)
    drop_bytes_after_days: int | None = Field(default=None, ge=0, le=36_525)


class Overlapping(StrEnum):
    """What a retraining that comes by itself does while another one of its model is under way."""

    WAIT = "wait"
    END = "end"


class DriftBound(Entity):
    """How far a column of the newest data may be from what the newest version was trained on.

    ``training`` and ``newest`` are paths of tables with parameters filled in, such as
    ``data/features/{data.months}.csv``: those of the version, and those of the newest window. A
    list makes several files. The measure is the population stability index.
    """

    training: str = Field(min_length=1)
    newest: str = Field(min_length=1)
    at_most: FiniteFloat = Field(default=0.25, gt=0)
    columns: tuple[str, ...] = ()  # none named: all
    bins: int = Field(default=10, ge=2, le=100)


class RetrainingPolicy(Entity):
    """How a model is retrained by itself: by the clock, by new data, by drift.

    ``window`` is a command of the project that tells which parameters choose the newest data. It is
    run in a working copy. ``{trained}`` in it is a JSON file with the parameters of the newest
    version (without one: an empty object), ``{next}`` is the JSON file that it writes: the dotted
    parameters of the next retraining, the same as before if there is nothing new.
    """

    overlapping: Overlapping = Overlapping.WAIT
    window: str | None = Field(default=None, min_length=1)
    drift: DriftBound | None = None


class Policy(Entity):
    """Everything that is decided per model, from ``registry: models: <name>``."""

    require_clean: bool = False
    environments: tuple[EnvironmentName, ...] = ()  # beside the default one
    evaluation: Evaluation | None = None
    stages: dict[Label, tuple[Gate, ...]] = Field(default_factory=dict)
    stages_in: dict[EnvironmentName, dict[Label, tuple[Gate, ...]]] = Field(default_factory=dict)
    """What an environment asks instead of ``stages``, for the stages that it names."""
    aliases: dict[Label, Label] = Field(default_factory=dict)  # alias -> the stage that it follows
    retention: Retention = Retention()
    retraining: RetrainingPolicy = RetrainingPolicy()
    reproduction_tolerance: FiniteFloat = Field(default=1e-9, ge=0)  # relative, of each metric


class JudgingPolicy(Entity):
    """A policy with the commit of params.yaml it was read from."""

    policy: Policy
    commit: str | None
