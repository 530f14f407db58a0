"""Read what a pipeline wrote about itself: metrics, series, importance, plots, signature."""

import csv
import json
from collections.abc import Iterator
from math import isfinite
from pathlib import Path, PurePosixPath

from pydantic import ValidationError

from registry_tasks.entities.errors import InvalidMetrics, InvalidProject, MalformedText
from registry_tasks.entities.logged_run import METRIC
from registry_tasks.entities.manifest import Manifest
from registry_tasks.entities.run import MAX_FEATURES, MAX_POINTS, Point
from registry_tasks.entities.signature import Signature
from registry_tasks.entities.texts import check_line
from registry_tasks.stores.dvc.project import drawn_files, plot_outputs

_STEP = "step"
_FEATURE = "feature"


def read_metrics(folder: Path, file: str) -> dict[str, float]:
    """Read a JSON file of numbers, nested keys joined by dots.

    Raises: InvalidMetrics when it is missing, not JSON, or holds NaN or infinity.
    """
    try:
        # Without Python's own integers, which can be too large for a float.
        document = json.loads((folder / file).read_text(encoding="utf-8"), parse_int=float)
    except FileNotFoundError:
        raise InvalidMetrics(file, "the pipeline did not write it") from None
    except (ValueError, RecursionError) as error:
        raise InvalidMetrics(file, f"it is not JSON: {error}") from None
    except OSError as error:
        raise InvalidMetrics(file, f"it cannot be read: {error.strerror}") from None
    if not isinstance(document, dict):
        raise InvalidMetrics(file, "it must be a JSON object of names and numbers")
    metrics = _flatten(file, document, "")
    for key, value in metrics.items():
        _check_name(file, key)
        if not isfinite(value):
            raise InvalidMetrics(file, f"{key} is {value}; a metric must be a finite number")
    return metrics


def _check_name(file: str, key: str) -> None:
    try:
        check_line(METRIC, key)
    except MalformedText as error:
        raise InvalidMetrics(file, str(error)) from None


def _flatten(file: str, document: dict[str, object], prefix: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for key, value in document.items():
        if isinstance(value, dict):
            found |= _flatten(file, value, f"{prefix}{key}.")
        elif isinstance(value, int | float):
            found[prefix + key] = float(value)
        else:
            raise InvalidMetrics(file, f"{prefix}{key} is {value!r}, not a number")
    return found


def read_points(folder: Path, curves: str) -> tuple[Point, ...]:
    """Read every ``<series>.tsv`` below ``curves``: a step column and a value column.

    Raises: InvalidMetrics for a file without them, with a step twice, or with too many points.
    """
    points: list[Point] = []
    for file in series_files(folder, curves):
        for point in read_series(folder, curves, file):
            points.append(point)
            if len(points) > MAX_POINTS:
                reason = f"there are more than {MAX_POINTS:,} points; log fewer steps"
                raise InvalidMetrics(curves, reason)
    return tuple(points)


def series_files(folder: Path, curves: str) -> list[Path]:
    """Return the files of all series, in order."""
    return sorted((folder / curves).rglob("*.tsv"))


def read_series(folder: Path, curves: str, file: Path) -> Iterator[Point]:
    """Give the points of one series one by one. Raises InvalidMetrics at the first bad one."""
    name = file.relative_to(folder).as_posix()
    key = file.relative_to(folder / curves).with_suffix("").as_posix()
    _check_name(name, key)
    seen: set[int] = set()
    for row in _rows(file, name, "\t"):
        point = _point(name, key, row)
        if point.step in seen:
            raise InvalidMetrics(name, f"step {point.step} is there twice")
        seen.add(point.step)
        yield point


def _rows(file: Path, name: str, delimiter: str) -> Iterator[dict[str, str]]:
    try:
        with file.open(newline="", encoding="utf-8") as lines:
            yield from csv.DictReader(lines, delimiter=delimiter)
    except (csv.Error, UnicodeDecodeError) as error:
        raise InvalidMetrics(name, f"it is not a table of separated values: {error}") from None


def _point(file: str, key: str, row: dict[str, str]) -> Point:
    try:
        step = int(row.pop(_STEP))
        (value,) = (v for name, v in row.items() if name != "timestamp")
        point = Point(key=key, step=step, value=float(value))
    except (KeyError, ValueError, TypeError):
        raise InvalidMetrics(file, "a series needs a step and one value in every row") from None
    if not isfinite(point.value):
        raise InvalidMetrics(file, f"step {point.step} is {point.value}, not a finite number")
    return point


def read_importance(folder: Path, file: str) -> dict[str, float]:
    """Read a CSV file with a column ``feature`` and one of numbers. Raises InvalidMetrics."""
    found: dict[str, float] = {}
    try:
        for row in _rows(folder / file, file, ","):
            feature = check_line("feature", row.pop(_FEATURE))
            (value,) = row.values()
            if feature in found:
                raise InvalidMetrics(file, f"the feature {feature!r} is there twice")
            found[feature] = float(value)
            if not isfinite(found[feature]):
                raise InvalidMetrics(file, f"{feature} is {value}, not a finite number")
            if len(found) > MAX_FEATURES:
                raise InvalidMetrics(file, f"it has more than {MAX_FEATURES:,} features")
    except MalformedText as error:
        raise InvalidMetrics(file, str(error)) from None
    except FileNotFoundError:
        raise InvalidMetrics(file, "the pipeline did not write it") from None
    except (KeyError, ValueError, TypeError):
        reason = "importance needs a column `feature` and one of numbers in every row"
        raise InvalidMetrics(file, reason) from None
    return found


def find_plots(folder: Path, manifest: Manifest) -> tuple[str, ...]:
    """Return the files that ``plots:`` in dvc.yaml name, within a stage or at its top."""
    outputs, drawn = plot_outputs(folder), drawn_files(folder)
    found = []
    for artifact in manifest.files:
        path = PurePosixPath(artifact.path)
        places = [str(place) for place in (path, *path.parents)]
        written = outputs.get((artifact.stage or "").partition("@")[0])
        if not drawn.isdisjoint(places) or (written and any(map(written.fullmatch, places))):
            found.append(artifact.path)
    return tuple(found)


def read_signature(folder: Path, file: str) -> Signature:
    """Read a JSON signature. Raises InvalidProject."""
    try:
        return Signature.model_validate_json((folder / file).read_bytes())
    except FileNotFoundError:
        raise InvalidProject(file, "the pipeline did not write the signature") from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise InvalidProject(file, f"not a signature: {where} {first['msg']}") from None
