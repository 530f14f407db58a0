"""One execution of the pipeline, registered or not."""

import re
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Final, NamedTuple

from pydantic import AfterValidator, Field, JsonValue

from registry_tasks.entities.dataset import DatasetShape, DatasetUse
from registry_tasks.entities.entity import Entity
from registry_tasks.entities.environment import Environment
from registry_tasks.entities.errors import MalformedText
from registry_tasks.entities.hardware import Hardware
from registry_tasks.entities.keeping import Keeping
from registry_tasks.entities.manifest import Manifest
from registry_tasks.entities.names import ExperimentName, ModelName
from registry_tasks.entities.parameters import Parameters
from registry_tasks.entities.recipe import Recipe
from registry_tasks.entities.signature import Signature
from registry_tasks.entities.texts import MAX_NAME

RUN_REFS: Final = "refs/registry/runs"
"""Below it one Git ref for each run keeps the run's own commit."""
RECORD_FILE: Final = "registry.json"
"""In the run's commit: recipe, environment and manifest, for whoever has Git and nothing else."""
MAX_POINTS: Final = 1_000_000
"""Of all metric series of a run together."""
MAX_FEATURES: Final = 100_000
"""Whose importance a run keeps."""
LOG_TAIL_BYTES: Final = 16_384
"""How much of the end of its logs a run keeps in the store."""
_HASH: Final = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


class RunStatus(StrEnum):
    """Where a run stands; the last two are for ever."""

    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"


class Cost(Entity):
    """What a run took; CPU seconds include all child processes, memory is the largest one's."""

    duration_s: float
    cpu_s: float
    peak_memory_bytes: int


class Execution(Entity):
    """A pipeline that ran to its end: the DVC stages that DVC came to, and what it took."""

    stages: tuple[str, ...]
    cost: Cost


class Point(NamedTuple):
    """One value of a metric series, such as a loss curve; there may be a million of them."""

    key: str
    step: int
    value: float


class Origin(Entity):
    """Where a run's code came from.

    ``base_commit`` is the commit the run started from; ``uncommitted`` names the paths whose
    uncommitted changes went into the run's own commit.
    """

    project: str
    repository: str
    base_commit: str | None
    uncommitted: tuple[str, ...] = ()


def _check_told(origin: Origin) -> Origin:
    """Check an origin that a caller names: Git is asked later for what it says."""
    for what, text in (("repository", origin.repository), ("base commit", origin.base_commit)):
        if text and not _HASH.fullmatch(text):
            raise MalformedText(f"{what} {text[:120]!r}", "write the full hash of a commit")
    if len(origin.project) > MAX_NAME:
        raise MalformedText("project", f"it has more than {MAX_NAME} characters")
    return origin


ToldOrigin = Annotated[Origin, AfterValidator(_check_told)]
"""An origin as a request has it; older releases wrote a folder where a repository is named."""


class DataWanted(StrEnum):
    """Which state of its data a run reads."""

    COMMITTED = "committed"  # what the commit names
    NEWEST = "newest"  # what the sources have now; the run's own commit names it


class Train(Entity):
    """Run a model's pipeline.

    ``commit`` None means the checkout as it stands, uncommitted changes included; ``parameters``
    overrides dotted keys of params.yaml for this run only, also those that newest data brings.
    """

    model: ModelName
    parameters: Parameters = Field(default_factory=dict)
    commit: str | None = None
    experiment: ExperimentName = "default"
    data: DataWanted = DataWanted.COMMITTED


class RunStart(Entity):
    """What is known when a run begins."""

    uuid: str
    model: ModelName
    experiment: str
    origin: Origin
    flow_run: str | None


class RunResult(Entity):
    """What is known when a run has ended well."""

    commit: str | None
    recipe: Recipe
    environment: Environment
    parameters: dict[str, JsonValue]
    metrics: dict[str, float]
    points: tuple[Point, ...]
    datasets: tuple[DatasetUse, ...]
    manifest: Manifest
    cost: Cost | None  # None where nobody measured it
    model_path: str | None  # which file of the manifest is the model
    model_format: str | None
    signature: Signature | None
    importance: dict[str, float] = Field(default_factory=dict)  # by feature
    plots: tuple[str, ...] = ()  # those paths of the manifest that are made to be looked at
    exit_code: int | None = None
    log_tail: str | None = None
    hardware: Hardware | None = None
    shapes: tuple[DatasetShape, ...] = ()  # of states of data that no run had looked into
    kept_by: Keeping | None = None


class RunFailure(Entity):
    """What is known of a run that ended badly: as much of it as there was."""

    why: str
    parameters: dict[str, JsonValue] = Field(default_factory=dict)
    points: tuple[Point, ...] = ()
    cost: Cost | None = None
    exit_code: int | None = None
    log_tail: str | None = None


class Run(Entity):
    """A run as the store shows it in lists."""

    uuid: str
    model: str
    experiment: str
    status: RunStatus
    origin: Origin
    commit: str | None
    flow_run: str | None
    started_at: datetime
    started_by: str
    ended_at: datetime | None
    cost: Cost | None
    exit_code: int | None  # of the DVC stage that failed; 0 if all went well
    failure: str | None
    version: str | None  # which was made of it
