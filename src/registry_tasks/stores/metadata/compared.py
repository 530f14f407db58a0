"""Read the same things of many runs at once: one statement each, however many runs."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from pydantic import JsonValue

from registry_tasks.stores.metadata.query import Query, marks

_RUNS: Final = """
SELECT r.id, r.uuid, m.name, e.name, r.status, r.base_commit, r."commit", r.duration_s, r.cpu_s,
    r.peak_memory_bytes, r.environment_id, CAST(r.recipe AS TEXT), CAST(r.signature AS TEXT)
FROM run r JOIN model m ON m.id = r.model_id JOIN experiment e ON e.id = r.experiment_id
WHERE r.id IN ({})
"""
_VERSIONS: Final = """
SELECT v.run_id, v.id, v.number, v.major, v.minor, v.patch, coalesce(g.grade, v.grade), v.model_format,
    v.size_bytes, v.sha256, p.description
FROM version v LEFT JOIN version_profile p ON p.version_id = v.id
    LEFT JOIN version_grade g ON g.version_id = v.id WHERE v.run_id IN ({})
"""
_TAGS: Final = "SELECT version_id, key, value FROM tag WHERE version_id IN ({})"
_METRICS: Final = "SELECT run_id, key, value FROM metric WHERE run_id IN ({})"
_PARAMETERS: Final = "SELECT run_id, key, CAST(value AS TEXT) FROM parameter WHERE run_id IN ({})"
_CURVES: Final = """
SELECT s.run_id, s.key, s.lowest, s.highest, p.value FROM (
    SELECT run_id, key, min(value) AS lowest, max(value) AS highest, max(step) AS last
    FROM metric_point WHERE run_id IN ({}) GROUP BY run_id, key
) s JOIN metric_point p ON p.run_id = s.run_id AND p.key = s.key AND p.step = s.last
"""
_POINTS: Final = "SELECT run_id, key, step, value FROM metric_point WHERE run_id IN ({})"
_IN_ORDER: Final = " ORDER BY run_id, key, step"
_ENVIRONMENTS: Final = "SELECT id, python, platform FROM environment WHERE id IN ({})"
_PACKAGES: Final = (
    "SELECT environment_id, name, version FROM environment_package WHERE environment_id IN ({})"
)


class RunRow(NamedTuple):
    """What a run's own row says; texts of JSON as they are kept."""

    id: int
    uuid: str
    model: str
    experiment: str
    status: str
    base_commit: str | None
    commit: str | None
    duration_s: float | None
    cpu_s: float | None
    peak_memory_bytes: int | None
    environment_id: int | None
    recipe: str | None
    signature: str | None


class VersionRow(NamedTuple):
    """What a run's version says of itself."""

    run_id: int
    id: int
    number: int
    major: int
    minor: int
    patch: int
    grade: str
    model_format: str
    size_bytes: int
    sha256: str
    description: str | None


class Summary(NamedTuple):
    """One metric series of a run, without its points."""

    run_id: int
    key: str
    lowest: float
    highest: float
    final: float


def read_runs(query: Query, run_ids: Sequence[int]) -> dict[int, RunRow]:
    """Return runs by row id."""
    return {row[0]: RunRow(*row) for row in _read(query, _RUNS, run_ids)}


def read_run_versions(query: Query, run_ids: Sequence[int]) -> dict[int, VersionRow]:
    """Return the versions that runs became, by the run's row id."""
    return {row[0]: VersionRow(*row) for row in _read(query, _VERSIONS, run_ids)}


def read_tags(query: Query, version_ids: Sequence[int]) -> Sequence[tuple[int, str, str]]:
    """Return version, key and value."""
    return _read(query, _TAGS, version_ids)


def read_metrics(query: Query, run_ids: Sequence[int]) -> Sequence[tuple[int, str, float]]:
    """Return run, key and value."""
    return _read(query, _METRICS, run_ids)


def read_parameters(query: Query, run_ids: Sequence[int]) -> Iterable[tuple[int, str, JsonValue]]:
    """Give run, key and value."""
    rows = _read(query, _PARAMETERS, run_ids)
    values = parse_all([text for _, _, text in rows])
    return ((run_id, key, value) for (run_id, key, _), value in zip(rows, values, strict=True))


def read_summaries(query: Query, run_ids: Sequence[int]) -> Iterator[Summary]:
    """Give every metric series' ends."""
    return map(Summary._make, _read(query, _CURVES, run_ids))


def read_points(
    query: Query, run_ids: Sequence[int], series: Sequence[str] = ()
) -> Sequence[tuple[int, str, int, float]]:
    """Return run, key, step and value, in this order; of the named series, of all if none is."""
    among = f" AND key IN ({marks(series)})" if series else ""
    statement = _POINTS.format(marks(run_ids)) + among + _IN_ORDER
    return query(statement, (*run_ids, *series)) if run_ids else ()


def read_environments(
    query: Query, environment_ids: Sequence[int]
) -> Sequence[tuple[int, str, str]]:
    """Return environment, Python and platform."""
    return _read(query, _ENVIRONMENTS, environment_ids)


def read_packages(query: Query, environment_ids: Sequence[int]) -> Sequence[tuple[int, str, str]]:
    """Return environment, name of a distribution and its version."""
    return _read(query, _PACKAGES, environment_ids)


def parse_all(texts: Sequence[str | None]) -> list[Any]:
    """Parse many JSON documents at the price of one; None is null."""
    found: list[Any] = json.loads(f"[{','.join(text or 'null' for text in texts)}]")
    return found


def _read(query: Query, statement: str, ids: Sequence[int]) -> Sequence[Any]:
    return query(statement.format(marks(ids)), tuple(ids)) if ids else ()
