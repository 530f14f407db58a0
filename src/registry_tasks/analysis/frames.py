"""What was read from a registry, as pandas' data frames."""

from typing import Final

import pandas as pd

from registry_tasks.entities.errors import MetricNotFound
from registry_tasks.entities.side_by_side import Curves, SideBySide
from registry_tasks.entities.trend import Trend

MAX_AXES: Final = 12
"""Of parallel coordinates, unless more are asked for; more could not be read."""
MAX_METRICS: Final = 3
"""Among them, beside the one that gives the colour."""


def compared_frame(found: SideBySide) -> pd.DataFrame:
    """Return a row for each version and a column for each property, named (group, name).

    So ``frame["metrics"]["auc"]`` is a series over the versions.
    """
    names = [(row.group, row.name) for row in found.rows]
    columns = pd.MultiIndex.from_tuples(names, names=["group", "name"])
    values = {place: list(row.values) for place, row in enumerate(found.rows)}
    frame = pd.DataFrame(values, index=pd.Index(found.versions, name="version"))
    frame.columns = columns
    return frame


def curves_frame(found: Curves) -> pd.DataFrame:
    """Return a row for each point: version, series, step, value."""
    parts = {
        "version": [curve.version for curve in found.curves for _ in curve.steps],
        "series": [curve.series for curve in found.curves for _ in curve.steps],
        "step": [step for curve in found.curves for step in curve.steps],
        "value": [value for curve in found.curves for value in curve.values],
    }
    return pd.DataFrame(parts)


def trend_frames(found: Trend) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return versions (number, semantic_version, created_at, value) and stage changes."""
    points = pd.DataFrame([point.model_dump() for point in found.points])
    changes = pd.DataFrame(
        [change.model_dump() for change in found.changes], columns=["number", "stage", "at", "by"]
    )
    changes["at"] = pd.to_datetime(changes["at"], utc=True)
    return points.astype({"value": "float64"}), changes


def parallel_table(found: SideBySide, colour: str, wanted: tuple[str, ...] = ()) -> pd.DataFrame:
    """Return a row for each version: parameters that differ, or those wanted, then metrics.

    The parameters come first with the most different values; ``colour`` is the last column.
    Raises: MetricNotFound.
    """
    metrics = {row.name: row for row in found.rows if row.group == "metrics"}
    if colour not in metrics:
        raise MetricNotFound("what is compared", colour, tuple(metrics)[:20])
    parameters = {row.name: row for row in found.rows if row.group == "parameters"}
    if unknown := [name for name in wanted if name not in parameters and name not in metrics]:
        raise MetricNotFound("what is compared", unknown[0], tuple(parameters)[:20])
    if wanted:
        chosen = [(parameters | metrics)[name] for name in wanted if name != colour]
    else:
        differing = [row for row in parameters.values() if row.differs]
        differing.sort(key=lambda row: -len({repr(value) for value in row.values}))
        others = [row for row in metrics.values() if row.differs and row.name != colour]
        chosen = differing[: MAX_AXES - 1 - min(len(others), MAX_METRICS)] + others[:MAX_METRICS]
    columns = {row.name: list(row.values) for row in (*chosen, metrics[colour])}
    index = pd.Index(found.versions, name="version")
    return pd.DataFrame(columns, index=index, dtype=object)
