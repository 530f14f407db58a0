"""Sort what differs between two runs by what it is a change of."""

from collections.abc import Iterator, Mapping
from typing import Final

from registry_tasks.entities.difference import Cause, Change, MetricChange
from registry_tasks.entities.policy import Evaluation
from registry_tasks.entities.side_by_side import Row, SideBySide
from registry_tasks.rules.directions import higher_is_better
from registry_tasks.rules.semantic_versions import is_data_parameter

_GROUPS: Final = {
    "code": (Cause.CODE, "file"),
    "commands": (Cause.CODE, "command"),
    "data": (Cause.DATA, "data"),
    "parameters": (Cause.PARAMETERS, "parameter"),
    "packages": (Cause.PACKAGES, "package"),
    "environment": (Cause.PACKAGES, ""),  # python, platform
    "signature": (Cause.SIGNATURE, "column"),
}


def find_changes(found: SideBySide, readers: Mapping[str, tuple[str, ...]]) -> tuple[Change, ...]:
    """Return what differs between two, cause by cause.

    ``readers`` tells which DVC stages read a path; those of other models are left out. A parameter
    that chooses data counts as data.
    """
    own = {row.name for row in found.rows if row.group == "commands"}
    readers = {
        path: tuple(stage for stage in stages if stage.partition("@")[0] in own)
        for path, stages in readers.items()
    }
    changes = [change for row in found.rows if row.differs for change in _change(row, readers)]
    order = list(Cause)
    return tuple(sorted(changes, key=lambda change: order.index(change.cause)))


def find_metric_changes(
    found: SideBySide, evaluation: Evaluation | None
) -> tuple[MetricChange, ...]:
    """Return every metric of two, the one that policy compares by first."""
    metrics = (_metric(row, evaluation) for row in found.rows if row.group == "metrics")
    return tuple(sorted(metrics, key=lambda change: not change.primary))


def _change(row: Row, readers: Mapping[str, tuple[str, ...]]) -> Iterator[Change]:
    if row.group not in _GROUPS:
        return
    cause, kind = _GROUPS[row.group]
    if cause is Cause.PARAMETERS and is_data_parameter(row.name):
        cause = Cause.DATA
    before, after = row.values
    stages = (row.name,) if kind == "command" else readers.get(row.name, ())
    is_path = kind in ("command", "file", "data")
    yield Change(
        cause=cause,
        kind=kind or row.name,
        name=row.name,
        before=before,
        after=after,
        stages=stages if is_path else (),
        nulls=row.nulls,
    )


def _metric(row: Row, evaluation: Evaluation | None) -> MetricChange:
    before, after = (float(v) if isinstance(v, int | float) else None for v in row.values)
    difference = None if before is None or after is None else after - before
    is_higher = higher_is_better(row.name, evaluation)
    better = None if not difference or is_higher is None else (difference > 0) is is_higher
    return MetricChange(
        metric=row.name,
        before=before,
        after=after,
        difference=difference,
        better=better,
        primary=evaluation is not None and evaluation.metric == row.name,
    )
