"""Models as lists show them, at a cost that grows with the list. Loads no SQLAlchemy."""

from collections.abc import Sequence
from typing import Any

from registry_tasks.entities.stage import slot
from registry_tasks.stores.metadata.lookup import to_time
from registry_tasks.stores.metadata.query import Query, marks


def read_model_fields(query: Query, ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Return the fields of models by row id; versions that were deleted do not count.

    Nothing is counted but what was deleted: numbers of a model are 1, 2, 3 without a gap.
    """
    if not ids:
        return {}
    values, of = tuple(ids), f"IN ({marks(ids)})"
    rows = query(
        "SELECT m.id, m.name, m.owner, m.description, m.created_at,"
        " (SELECT max(v.number) FROM version v WHERE v.model_id = m.id),"
        " (SELECT v.number FROM version v WHERE v.model_id = m.id AND NOT EXISTS"
        "  (SELECT 1 FROM tombstone d WHERE d.version_id = v.id)"
        f"  ORDER BY v.number DESC LIMIT 1) FROM model m WHERE m.id {of}",
        values,
    )
    deleted = _deleted(query, values, of)
    found = {
        row_id: {
            "name": name,
            "owner": owner,
            "description": description,
            "created_at": to_time(created_at),
            "versions": (last or 0) - deleted.get(row_id, 0),
            "latest": latest,
            "slots": {},
            "aliases": {},
        }
        for row_id, name, owner, description, created_at, last, latest in rows
    }
    places = (
        "SELECT c.model_id, c.stage, c.environment, v.number FROM stage_assignment c"
        f" JOIN version v ON v.id = c.version_id WHERE c.single AND c.model_id {of}"
    )
    for row_id, stage, environment, number in query(places, values):
        found[row_id]["slots"][slot(stage, environment)] = number
    aliases = (
        "SELECT c.model_id, c.name, v.number FROM alias c JOIN version v ON v.id = c.version_id"
        f" WHERE c.model_id {of} ORDER BY c.name"
    )
    for row_id, name, number in query(aliases, values):
        found[row_id]["aliases"][name] = number
    return found


def _deleted(query: Query, values: tuple[int, ...], of: str) -> dict[int, int]:
    counted = (
        "SELECT v.model_id, count(*) FROM tombstone d CROSS JOIN version v"
        f" WHERE v.id = d.version_id AND v.model_id {of} GROUP BY v.model_id"
    )
    return {row_id: count for row_id, count in query(counted, values)}
