"""Read what a pipeline wrote about itself: metrics, metric series, signature."""

import csv
import json
from math import isfinite
from pathlib import Path

from pydantic import ValidationError

from registry_tasks.entities.errors import InvalidMetrics, InvalidProject
from registry_tasks.entities.run import Point
from registry_tasks.entities.signature import Signature

_STEP = "step"


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
        if not isfinite(value):
            raise InvalidMetrics(file, f"{key} is {value}; a metric must be a finite number")
    return metrics


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

    Raises: InvalidMetrics for a file without them, or with a step twice.
    """
    root = folder / curves
    points: dict[tuple[str, int], Point] = {}
    for file in sorted(root.rglob("*.tsv")):
        name = file.relative_to(folder).as_posix()
        for row in _rows(file, name):
            point = _point(name, file.relative_to(root).with_suffix("").as_posix(), row)
            if (point.key, point.step) in points:
                raise InvalidMetrics(name, f"step {point.step} is there twice")
            points[point.key, point.step] = point
    return tuple(points.values())


def _rows(file: Path, name: str) -> list[dict[str, str]]:
    try:
        with file.open(newline="", encoding="utf-8") as lines:
            return list(csv.DictReader(lines, delimiter="\t"))
    except (csv.Error, UnicodeDecodeError) as error:
        raise InvalidMetrics(name, f"it is not a table of tab-separated values: {error}") from None


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
