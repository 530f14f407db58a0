"""Read how a metric went over the versions of a model."""

import json
from typing import Any, Final

from registry_tasks.entities.event import EventKind
from registry_tasks.entities.semantic_version import SemanticVersion
from registry_tasks.entities.stage import slot
from registry_tasks.entities.trend import StageChange, TrendPoint
from registry_tasks.stores.metadata.lookup import to_time
from registry_tasks.stores.metadata.query import Query

_POINTS: Final = """
SELECT v.number, v.major, v.minor, v.patch, v.created_at, x.value
FROM version v LEFT JOIN tombstone d ON d.version_id = v.id
    LEFT JOIN metric x ON x.run_id = v.run_id AND x.key = ?
WHERE v.model_id = ? AND d.version_id IS NULL ORDER BY v.number DESC LIMIT ?
"""
_ENTERED: Final = (EventKind.VERSION_PROMOTED, EventKind.VERSION_ROLLED_BACK)
# The sign keeps SQLite from walking all events of the model in order instead of these few kinds.
_CHANGES: Final = """
SELECT v.number, CAST(e.after AS TEXT), e.at, e.actor
FROM event e JOIN version v ON v.id = e.version_id
WHERE e.model_id = ? AND e.kind IN (?, ?) AND v.number >= ? ORDER BY +e.sequence
"""
_KEYS: Final = """
SELECT DISTINCT x.key FROM metric x JOIN version v ON v.run_id = x.run_id
WHERE v.id IN (SELECT id FROM version WHERE model_id = ? ORDER BY number DESC LIMIT 100)
ORDER BY x.key
"""


def read_points(query: Query, model_id: int, metric: str, limit: int) -> tuple[TrendPoint, ...]:
    """Return the newest versions that are not deleted, oldest first."""
    rows = query(_POINTS, (metric, model_id, limit))
    return tuple(
        TrendPoint(
            number=number,
            semantic_version=str(SemanticVersion(major, minor, patch)),
            created_at=to_time(created_at),
            value=value,
        )
        for number, major, minor, patch, created_at, value in reversed(rows)
    )


def read_changes(query: Query, model_id: int, first: int) -> tuple[StageChange, ...]:
    """Return which versions, from a number on, entered a stage and when, oldest first."""
    rows = query(_CHANGES, (model_id, *map(str, _ENTERED), first))
    return tuple(_change(*row) for row in rows)


def metric_keys(query: Query, model_id: int) -> tuple[str, ...]:
    """Return the metrics that a model's newest versions have."""
    return tuple(key for (key,) in query(_KEYS, (model_id,)))


def _change(number: int, after: str, at: Any, actor: str) -> StageChange:
    entered = json.loads(after)
    stage = slot(entered["stage"], entered["environment"])
    return StageChange(number=number, stage=stage, at=to_time(at), by=actor)
