"""Points of metric series: many in one statement, one at a time without detours."""

from collections.abc import Collection, Iterable, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Final

import sqlalchemy as sa

from registry_tasks.entities.run import Point
from registry_tasks.entities.run_record import Series
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.query import through

_ADD: Final = "INSERT INTO metric_point (run_id, key, step, value) VALUES (?, ?, ?, ?)"
_ADD_MANY: Final = """
INSERT INTO metric_point (run_id, key, step, value)
SELECT %s, %s, * FROM unnest(%s::int[], %s::float8[])
"""
_COUNT: Final = """
SELECT count(*) FROM (SELECT 1 FROM metric_point WHERE run_id = ? LIMIT ?) AS counted
"""
_SUMMARIES: Final = """
SELECT s.key, s.points, s.first_step, s.last_step, s.lowest, s.highest, p.value
FROM (SELECT key, count(*) AS points, min(step) AS first_step, max(step) AS last_step,
             min(value) AS lowest, max(value) AS highest
      FROM metric_point WHERE run_id = ? GROUP BY key) AS s
JOIN metric_point p ON p.run_id = ? AND p.key = s.key AND p.step = s.last_step
ORDER BY s.key
"""
_LAST_AS_METRICS: Final = """
INSERT INTO metric (run_id, key, value)
SELECT p.run_id, p.key, p.value
FROM (SELECT key, max(step) AS step FROM metric_point WHERE run_id = ? GROUP BY key) AS s
JOIN metric_point p ON p.run_id = ? AND p.key = s.key AND p.step = s.step
WHERE NOT EXISTS (SELECT 1 FROM metric m WHERE m.run_id = p.run_id AND m.key = p.key)
"""


def add(
    connection: sa.Connection, run_id: int, key: str, points: Sequence[tuple[int, float]]
) -> None:
    """Write points of one series; the database refuses one that is there already."""
    if connection.dialect.name == "sqlite":
        driver = connection.connection.driver_connection
        assert driver is not None
        rows = ((run_id, key, step, value) for step, value in points)
        driver.executemany(_ADD, rows)
    elif points:
        steps, values = zip(*points, strict=True)
        connection.exec_driver_sql(_ADD_MANY, (run_id, key, list(steps), list(values)))


def add_all(connection: sa.Connection, run_id: int, points: Iterable[Point]) -> None:
    """Write points of several series."""
    for key, of in groupby(points, itemgetter(0)):
        add(connection, run_id, key, [(step, value) for _, step, value in of])


def count(connection: sa.Connection, run_id: int, most: int) -> int:
    """Return how many points a run has, counting no further than ``most``."""
    found: int = through(connection)(_COUNT, (run_id, most))[0][0]
    return found


def summarise(connection: sa.Connection, run_id: int) -> tuple[Series, ...]:
    """Return each series of a run in short, by name."""
    rows = through(connection)(_SUMMARIES, (run_id, run_id))
    return tuple(Series(**dict(zip(Series.model_fields, row, strict=True))) for row in rows)


def keep_last_as_metrics(connection: sa.Connection, run_id: int) -> None:
    """Make the last value of each series a final metric, unless there is one of that name."""
    values = (run_id, run_id)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_LAST_AS_METRICS, values)
    else:
        connection.exec_driver_sql(_LAST_AS_METRICS.replace("?", "%s"), values)


def which_are_there(
    connection: sa.Connection, run_id: int, key: str, steps: Collection[int]
) -> list[int]:
    """Return those steps of a series that are there already, in order."""
    point = t.metric_point.c
    query = sa.select(point.step).where(
        point.run_id == run_id, point.key == key, point.step.between(min(steps), max(steps))
    )
    found = set(connection.execute(query).scalars())
    return sorted(found.intersection(steps))
