"""A run outside DVC, such as a notebook's: what can be said of it while it goes on."""

import math
import operator
import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Annotated, Any, ClassVar, Final
from uuid import NAMESPACE_OID, uuid4, uuid5

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from registry_tasks.entities.entity import Entity
from registry_tasks.entities.environment import Environment
from registry_tasks.entities.errors import InvalidPoint, MalformedText
from registry_tasks.entities.hardware import Hardware
from registry_tasks.entities.logged_data import LoggedData
from registry_tasks.entities.names import ExperimentName, ModelName
from registry_tasks.entities.parameters import Parameters
from registry_tasks.entities.permission import Permission
from registry_tasks.entities.reference import UUID_FORM
from registry_tasks.entities.request import Request
from registry_tasks.entities.run import MAX_FEATURES, MAX_POINTS, Cost, ToldOrigin
from registry_tasks.entities.signature import Signature
from registry_tasks.entities.texts import Prose, check_line

MAX_KEY: Final = 250  # characters
MAX_FILES: Final = 10_000
"""In one folder of artifacts."""
MAX_STEP: Final = 2**31 - 1
_SERIES: Final = {"loss": [[1, 0.4], [2, 0.3]]}
METRIC: Final = "name of a metric"
_NO_NUMBERS: Final = (str, bytes, bool)
"""What Python makes a number of without being asked."""
_KEY: Final = re.compile(r"[!-~](?:[ -~]*[!-~])?")


class FileRole(StrEnum):
    """What a logged file is to its run."""

    ARTIFACT = "artifact"
    PLOT = "plot"
    MODEL = "model"


def check_metric_key(text: str) -> str:
    """Check the name of a metric or a series: ``train/loss``. Raises MalformedText."""
    if len(text) > MAX_KEY:
        what = f"it has {len(text):,} characters; {MAX_KEY} are allowed"
        raise MalformedText(METRIC, what)
    if not _KEY.fullmatch(text):
        raise MalformedText(f"metric {text!r}", "use printable ASCII, with no blank at its ends")
    return text


def check_metric(key: str, value: Any, step: int | None = None) -> float:
    """Return a number that can be kept. Raises InvalidPoint."""
    if isinstance(value, _NO_NUMBERS):
        reason = f"a {type(value).__name__} is no number; write it as one"
        raise InvalidPoint(key, step, reason)
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        reason = f"a {type(value).__name__} is no number that can be kept"
        raise InvalidPoint(key, step, reason) from None
    if not math.isfinite(number):
        raise InvalidPoint(key, step, f"{number} is not a finite number")
    return number


def check_step(key: str, step: Any) -> int:
    """Return a step that can be kept. Raises InvalidPoint."""
    try:
        whole = operator.index(step)
    except TypeError:
        raise InvalidPoint(key, None, f"its step {step!r} is not a whole number") from None
    if not 0 <= whole <= MAX_STEP:
        raise InvalidPoint(key, whole, f"a step is between 0 and {MAX_STEP}")
    return whole


def _check_metrics(metrics: Any) -> dict[str, float]:
    named = _named("metrics", metrics)
    return {check_metric_key(key): check_metric(key, value) for key, value in named.items()}


def _check_results(metrics: Any) -> dict[str, float]:
    named = _named("metrics", metrics)
    return {check_line(METRIC, key): check_metric(key, value) for key, value in named.items()}


def _named(what: str, values: Any) -> Mapping[str, Any]:
    if not isinstance(values, Mapping):
        raise MalformedText(what, "write numbers by their names")
    return values


def _check_series(series: Any) -> dict[str, list[tuple[int, float]]]:
    if not isinstance(series, Mapping):
        raise MalformedText("points", "write the name of a series, then its steps and values")
    checked = {check_metric_key(key): _check_points(key, of) for key, of in series.items()}
    if (count := sum(map(len, checked.values()))) > MAX_POINTS:
        reason = f"{count:,} points at once; a run may have {MAX_POINTS:,} in all its series"
        raise InvalidPoint(next(iter(checked)), None, reason)
    return checked


def _check_points(key: str, points: Iterable[Any]) -> list[tuple[int, float]]:
    """Check many points in one go; the slow way only to say which one is wrong."""
    if not isinstance(points, Iterable):
        raise InvalidPoint(key, None, f"{points!r} is no list of steps and values")
    points = list(points)
    try:
        found = [(operator.index(step), float(value)) for step, value in points]
        if not {type(value) for _, value in points}.isdisjoint(_NO_NUMBERS):
            raise TypeError
    except (TypeError, ValueError, OverflowError):
        found = []
        for point in points:
            step, value = _pair(key, point)
            step = check_step(key, step)
            found.append((step, check_metric(key, value, step)))
        return found
    for step, value in found:
        if not (math.isfinite(value) and 0 <= step <= MAX_STEP):
            check_metric(key, value, check_step(key, step))
    return found


def _pair(key: str, point: Any) -> tuple[Any, Any]:
    try:
        step, value = point
    except (TypeError, ValueError):
        raise InvalidPoint(key, None, f"{point!r} is not a step and a value") from None
    return step, value


def _check_importance(importance: Any) -> dict[str, float]:
    if len(_named("importance", importance)) > MAX_FEATURES:
        raise MalformedText("importance", f"it has more than {MAX_FEATURES:,} features")
    return {
        check_line("name of a feature", str(feature)): check_metric(str(feature), value)
        for feature, value in importance.items()
    }


def check_artifact_name(text: str) -> str:
    """Check how a logged file is called within its run. Raises MalformedText."""
    check_line("name of an artifact", text)
    pure = PurePosixPath(text)
    if pure.is_absolute() or ".." in pure.parts or str(pure) != text or text == ".":
        reason = "write a relative path with forward slashes, such as plots/roc.png"
        raise MalformedText(f"name of an artifact {text!r}", reason)
    return text


Metrics = Annotated[dict[str, float], BeforeValidator(_check_metrics)]
Results = Annotated[dict[str, float], BeforeValidator(_check_results)]
"""Metrics that something else named, such as a pipeline's file: in any alphabet."""
SeriesOfPoints = Annotated[
    Any, AfterValidator(_check_series), WithJsonSchema({"type": "object", "examples": [_SERIES]})
]
Importance = Annotated[dict[str, float], BeforeValidator(_check_importance)]
FormatName = Annotated[str, AfterValidator(lambda text: check_line("format", text))]
ArtifactName = Annotated[str, AfterValidator(check_artifact_name)]


def _new_run(told: dict[str, Any]) -> str:
    """Choose a run's UUID: with one key always the same."""
    key = told.get("key")
    return str(uuid4() if key is None else uuid5(NAMESPACE_OID, key))


class LogRun(Request):
    """Begin a run outside DVC. ``run`` is its UUID, ``origin`` where it runs, if not beside the store."""

    needs: ClassVar = Permission.RECORD

    run: str = Field(default_factory=_new_run, pattern=f"^{UUID_FORM}$")
    model: ModelName
    experiment: ExperimentName = "default"
    parameters: Parameters = Field(default_factory=dict)
    origin: ToldOrigin | None = None

    def body(self) -> str:
        """Leave out the origin: whoever asks again may have gone on to another commit."""
        return self.model_dump_json(exclude={"key", "origin"})


class LogValues(Request):
    """Add numbers, parameters and what it read to a run that goes on: all of them or none.

    ``points`` is series -> (step, value) pairs. What is there already is a conflict.
    """

    needs: ClassVar = Permission.RECORD

    run: str
    parameters: Parameters = Field(default_factory=dict)
    metrics: Metrics = Field(default_factory=dict)
    points: SeriesOfPoints = Field(default_factory=dict)
    importance: Importance = Field(default_factory=dict)
    datasets: tuple[LoggedData, ...] = Field(default=(), max_length=MAX_FILES)


class LogFile(Request):
    """Add a file, or each file of a folder, to a run that goes on."""

    needs: ClassVar = Permission.RECORD

    run: str
    path: str
    name: ArtifactName
    role: FileRole = FileRole.ARTIFACT
    format: FormatName = "file"  # of a model
    signature: Signature | None = None


class FinishRun(Request):
    """End a logged run well; it ran with the software and on the machine named, else with those here."""

    needs: ClassVar = Permission.RECORD

    run: str
    cost: Cost
    environment: Environment | None = None
    hardware: Hardware | None = None


class FailRun(Request):
    """End a logged run badly."""

    needs: ClassVar = Permission.RECORD

    run: str
    why: Prose
    cost: Cost | None = None
    log_tail: str | None = None


class Logged(Entity):
    """How much was written."""

    run: str
    parameters: int = 0
    metrics: int = 0
    points: int = 0
    features: int = 0
    datasets: int = 0
    files: tuple[str, ...] = ()
