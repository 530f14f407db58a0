"""A store as text, the same for any two that tell the same: by names, without row ids.

What a store cannot get back from Git is left out, and named here: texts that people write or
programs print, answers kept for retries, and what still waits for Git.
"""

import json
from datetime import date
from typing import Any, Final

import sqlalchemy as sa

from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.store import MetadataStore

LEFT_OUT: Final = frozenset(
    {"tag", "model_tag", "note", "request", "repository", "outbox", "moved"}
    | {"account", "access_right", "token", "subscription", "delivery"}
)
PROSE: Final = ("description", "purpose", "links", "document")
TEXTS: Final = frozenset(
    {
        *("run.failure", "run.log_tail", "event.reason", "promotion_attempt.reason"),
        *(
            "tombstone.reason",
            "hold.reason",
            "drill.failure",
            "dropped_bytes.reason",
            "dataset_profile.description",
        ),
        "dataset_profile.source",
        *("deployment.reason", "approval_request.reason", "approval_decision.reason"),
        *(f"{table}.{name}" for table in ("model", "version_profile") for name in PROSE),
    }
)
TEXTS_OF_EVENTS: Final = frozenset({*PROSE, "failure", "source", "tags", "text"})
IN_ORDER: Final = frozenset({"comparison", "promotion_attempt", "reproduction", "drill"})
NAMES: Final = {
    "model": "SELECT id, name FROM model",
    "experiment": "SELECT id, name FROM experiment",
    "environment": "SELECT id, digest FROM environment",
    "run": "SELECT id, uuid FROM run",
    "sweep": "SELECT id, uuid FROM sweep",
    "approval_request": "SELECT id, uuid FROM approval_request",
    "version": "SELECT v.id, m.name || '@' || v.number FROM version v "
    "JOIN model m ON m.id = v.model_id",
    "dataset": "SELECT id, name FROM dataset",
    "dataset_version": "SELECT v.id, d.name || '@' || v.md5 FROM dataset_version v "
    "JOIN dataset d ON d.id = v.dataset_id",
}

Dump = dict[str, list[str]]


def dump(store: MetadataStore) -> Dump:
    """Return table -> its rows as JSON; sorted, but for evidence, whose order tells the newest."""
    with store.reading() as connection:
        names = {
            table: dict(connection.execute(sa.text(query)).all()) for table, query in NAMES.items()
        }
        learned = dict(connection.execute(sa.select(t.repository)).all())
        found: Dump = {}
        for table in t.metadata.sorted_tables:
            if table.name in LEFT_OUT:
                continue
            rows = connection.execute(sa.select(table).order_by(*table.primary_key.columns))
            told = [_row(table, row, names, learned) for row in rows if not _is_prose(table, row)]
            lines = [json.dumps(row, sort_keys=True) for row in told]
            found[table.name] = lines if table.name in IN_ORDER else sorted(lines)
    return found


def _is_prose(table: sa.Table, row: Any) -> bool:
    """Whether a profile holds nothing but texts."""
    return table is t.version_profile and not (row.owner or row.team or row.related)


def _row(table: sa.Table, row: Any, names: Any, learned: dict[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for column in table.columns:
        value = row._mapping[column.name]
        if column.name == "id" or f"{table.name}.{column.name}" in TEXTS:
            continue
        for key in column.foreign_keys:
            value = None if value is None else names[key.column.table.name][value]
        if column.name == "repository":
            value = learned.get(value, value)
        if table.name == "event" and column.name in ("before", "after"):
            value = _without_texts(value)
        if column.name == "differences":
            value = _without_output(value)
        if isinstance(value, date):
            value = value.isoformat()
        found[column.name] = value
    return found


def _without_texts(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    kept = {key: item for key, item in value.items() if key not in TEXTS_OF_EVENTS}
    if "differences" in kept:
        kept["differences"] = _without_output(kept["differences"])
    return kept


def _without_output(differences: Any) -> Any:
    """A DVC stage that failed leaves the end of its output."""
    return [{**d, "found": None} if d["recorded"] == "ran" else d for d in differences]
