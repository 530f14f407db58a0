"""What a page shows of the subjects on it: a few statements for all of them."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeAlias

from registry_tasks.entities.run import Cost, Origin, RunStatus
from registry_tasks.entities.search import Subject
from registry_tasks.stores.metadata.lookup import read_fields, read_standing, to_time
from registry_tasks.stores.metadata.model_rows import read_model_fields
from registry_tasks.stores.metadata.query import Query
from registry_tasks.stores.metadata.search.sql import marks

Fields: TypeAlias = dict[str, Any]
_RUN: Final = """
SELECT r.id, r.uuid, m.name, e.name, r.status, r.project, r.repository, r.base_commit, r.uncommitted,
    r."commit", r.flow_run, r.started_at, r.started_by, r.ended_at, r.duration_s, r.cpu_s,
    r.peak_memory_bytes, r.exit_code, r.failure, v.id, v.number
FROM run r JOIN model m ON m.id = r.model_id JOIN experiment e ON e.id = r.experiment_id
    LEFT JOIN version v ON v.run_id = r.id
WHERE r.id IN
"""


def read_rows(query: Query, subject: Subject, ids: Sequence[int]) -> list[Fields]:
    """Return the fields of the subjects, in the order of ``ids``."""
    found = _READERS[subject](query, ids) if ids else {}
    return [found[row_id] for row_id in ids]


def _versions(query: Query, ids: Sequence[int]) -> Mapping[int, Fields]:
    rows = read_fields(query, f"WHERE v.id IN ({marks(len(ids))})", tuple(ids))
    return {row_id: fields for row_id, _, fields in rows}


def _runs(query: Query, ids: Sequence[int]) -> Mapping[int, Fields]:
    rows = query(f"{_RUN} ({marks(len(ids))})", tuple(ids))
    standing = read_standing(query, [row[-2] for row in rows if row[-2] is not None])
    return {row[0]: _run(row, standing.get(row[-2], ({}, ()))) for row in rows}


def _run(row: Any, standing: tuple[dict[str, str], tuple[str, ...]]) -> Fields:
    _, uuid, model, experiment, status, project, repository, base, uncommitted, *rest = row
    commit, flow_run, started_at, started_by, ended_at, *rest = rest
    duration, cpu, memory, exit_code, failure, _, number = rest
    cost = None
    if duration is not None:
        cost = Cost(duration_s=duration, cpu_s=cpu, peak_memory_bytes=memory)
    paths = json.loads(uncommitted) if isinstance(uncommitted, str) else uncommitted
    stages, aliases = standing
    return {
        "uuid": uuid,
        "model": model,
        "experiment": experiment,
        "status": RunStatus(status),
        "origin": Origin(
            project=project, repository=repository, base_commit=base, uncommitted=tuple(paths)
        ),
        "commit": commit,
        "flow_run": flow_run,
        "started_at": to_time(started_at),
        "started_by": started_by,
        "ended_at": None if ended_at is None else to_time(ended_at),
        "cost": cost,
        "exit_code": exit_code,
        "failure": failure,
        "version": None if number is None else f"{model}@{number}",
        "stages": stages,
        "aliases": aliases,
    }


_READERS: Final[Mapping[Subject, Callable[[Query, Sequence[int]], Mapping[int, Fields]]]] = {
    Subject.VERSIONS: _versions,
    Subject.RUNS: _runs,
    Subject.MODELS: read_model_fields,
}
