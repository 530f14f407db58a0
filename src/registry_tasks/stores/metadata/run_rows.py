"""Runs as lists show them, at a cost that grows with the list. Loads no SQLAlchemy."""

from typing import Any, Final, NamedTuple

from registry_tasks.entities.run import Cost, Origin, RunStatus
from registry_tasks.stores.metadata.lookup import to_time
from registry_tasks.stores.metadata.query import Query, read_document

_RUN: Final = """
SELECT r.id, r.uuid, m.name, e.name, r.status, r.project, r.repository, r.base_commit, r.uncommitted,
    r."commit", r.flow_run, r.started_at, r.started_by, r.ended_at, r.duration_s, r.cpu_s,
    r.peak_memory_bytes, r.exit_code, r.failure, v.id, v.number
FROM run r JOIN model m ON m.id = r.model_id JOIN experiment e ON e.id = r.experiment_id
    LEFT JOIN version v ON v.run_id = r.id
"""


class RunFields(NamedTuple):
    """A run's row id, that of its version if it has one, and the fields of ``Run``."""

    id: int
    version_id: int | None
    fields: dict[str, Any]


def read_run_fields(query: Query, where: str, values: tuple[Any, ...]) -> list[RunFields]:
    """Return runs ``r`` of models ``m`` in experiments ``e``; ``where`` may order and limit."""
    return [_fields(row) for row in query(_RUN + where, values)]


def _fields(row: Any) -> RunFields:
    row_id, uuid, model, experiment, status, project, repository, base, uncommitted, *rest = row
    commit, flow_run, started_at, started_by, ended_at, *rest = rest
    duration, cpu, memory, exit_code, failure, version_id, number = rest
    cost = None
    if duration is not None:
        cost = Cost(duration_s=duration, cpu_s=cpu, peak_memory_bytes=memory)
    paths = tuple(read_document(uncommitted))
    fields = {
        "uuid": uuid,
        "model": model,
        "experiment": experiment,
        "status": RunStatus(status),
        "origin": Origin(
            project=project, repository=repository, base_commit=base, uncommitted=paths
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
    }
    return RunFields(row_id, version_id, fields)
