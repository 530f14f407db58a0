"""Everything the registry knows of a run, and of an experiment."""

from datetime import datetime

from pydantic import JsonValue

from registry_tasks.entities.dataset import DatasetUse
from registry_tasks.entities.entity import Entity
from registry_tasks.entities.environment import Environment
from registry_tasks.entities.hardware import Hardware
from registry_tasks.entities.manifest import Manifest
from registry_tasks.entities.run import Run
from registry_tasks.entities.signature import Signature


class Series(Entity):
    """A metric series in short; every point of it is told by ``read_curves``."""

    key: str
    points: int
    first_step: int
    last_step: int
    lowest: float
    highest: float
    final: float


class RunSummary(Entity):
    """What a run was told, what it came to, what it took, and how it ended, but for its files."""

    run: Run
    parameters: dict[str, JsonValue]
    metrics: dict[str, float]
    series: tuple[Series, ...]
    importance: dict[str, float]  # by feature, the most important one first
    plots: tuple[str, ...]  # paths in its manifest
    datasets: tuple[DatasetUse, ...]
    environment: Environment | None  # None while it runs, and where it ended before that was known
    hardware: Hardware | None
    model_path: str | None
    model_format: str | None
    signature: Signature | None
    log_tail: str | None


class RunRecord(RunSummary):
    """The same, and all its files."""

    manifest: Manifest


class Experiment(Entity):
    """Runs that belong together, by a name that they share, in numbers."""

    name: str
    models: tuple[str, ...]
    runs: int
    running: int
    finished: int
    failed: int
    registered: int  # of which a version was made
    last_started_at: datetime
