"""One of everything that today's schema can hold, and what text, numbers and JSON can do."""

from datetime import date
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from registry_tasks.stores.metadata import requests, tables as t
from registry_tasks.stores.metadata.copying import Content, digest_store
from registry_tasks.stores.metadata.store import MetadataStore, Transaction

ODD: Final = "tab\t, \\N \\. \u2028 'quoted' \"twice\" \u00e9\U0001f600 {}\r\nnext"
DOCUMENT: Final = {"tab\t": [None, 1e-300, -0.1, 2**60, True, ODD], "$json": "{}", "empty": {}}


def fill(tx: Transaction) -> None:
    """Add rows, so that no table of an older store is left without one."""
    said = {"purpose": ODD, "team": "\\N", "related": ["a"], "links": [], "document": DOCUMENT}
    signed = {"reason": "\\N", "at": tx.at, "by": "ada"}
    run, state = _running(tx), _state(tx)
    tx.connection.execute(sa.delete(t.version_grade).where(t.version_grade.c.version_id == 2))
    for table, row in (
        (t.event, {"at": tx.at, "actor": "\u00f6", "kind": "model.created", "model_id": 1,
                   "reason": "a\tb\nc\\N \\.", "before": None, "after": DOCUMENT}),
        (t.tombstone, {"version_id": 1, **signed}),
        (t.hold, {"version_id": 3, **signed}),
        (t.dropped_bytes, {"version_id": 2, **signed}),
        (t.drill, {"version_id": 2, "verdict": "failed", "bytes": "passed", "environment": "left out",
                   "rebuild": "failed", "files": 1, "size_bytes": 2**40, "packages": 0, "failure": ODD,
                   "duration_s": 5e-324, "cpu_s": -0.0, "at": tx.at, "by": ODD}),
        (t.repository, {"name": "/old", "identity": "1" * 40}),
        (t.model_schema, {"model_id": 2, "schema": {"type": "object"}}),
        (t.model_tag, {"model_id": 1, "key": "team", "value": ODD}),
        (t.note, {"model_id": 1, "version_id": None, "text": ODD, "at": tx.at, "by": "ada"}),
        (t.note, {"model_id": 1, "version_id": 2, "text": "", "at": tx.at, "by": ODD}),
        (t.dataset_profile, {"dataset_id": 1, "description": ODD, "owner": "", "source": "x",
                             "sensitivity": "", "retain_until": date(2031, 2, 3)}),
        (t.dataset_shape, {"dataset_version_id": state, "run_id": run, "format": "csv", "rows": 2**40,
                           "columns": {ODD: "any"}, "note": "", "source": ODD}),
        (t.feature_importance, {"run_id": run, "feature": ODD, "value": 5e-324}),
        (t.metric, {"run_id": run, "key": ODD, "value": 1.7976931348623157e308}),
        (t.metric_point, {"run_id": run, "key": "a", "step": 0, "value": -0.0}),
        (t.parameter, {"run_id": run, "key": "one", "value": 1.5, "number": 1.5, "text": None}),
        (t.parameter, {"run_id": run, "key": "null", "value": None, "number": None, "text": ODD}),
        (t.sweep, {"uuid": _uuid(2), "model_id": 1, "experiment_id": 1, "plan": DOCUMENT,
                   "started_at": tx.at, "started_by": "ada", "ended_at": None}),
        (t.trial, {"sweep_id": 1, "number": 0, "parameters": {"a": 0.1, ODD: None}, "run_id": run}),
        (t.version_grade, {"version_id": 2, "grade": "A", "reasons": [ODD], "pushed_to": ODD}),
        (t.deployment, {"uuid": _uuid(3), "model_id": 1, "version_id": 2, "environment": "eu",
                        "place": ODD, "reason": "", "since": tx.at, "by": "ada",
                        "until": None, "ended_by": None}),
        (t.account, {"name": "ada", "kind": "person", "created_at": tx.at, "created_by": "ada",
                     "closed_at": None}),
        (t.access_right, {"account_id": 1, "model_id": None, "role": "admin"}),
        (t.access_right, {"account_id": 1, "model_id": 1, "alias": "*"}),
        (t.token, {"uuid": _uuid(4), "account_id": 1, "sha256": "a" * 64, "label": ODD,
                   "created_at": tx.at, "created_by": "ada", "expires_at": tx.at,
                   "revoked_at": None, "parent_id": None}),
        (t.token, {"uuid": _uuid(5), "account_id": 1, "sha256": "b" * 64, "label": "",
                   "created_at": tx.at, "created_by": "ada", "expires_at": tx.at,
                   "revoked_at": None, "parent_id": 1}),
        (t.subscription, {"uuid": _uuid(7), "name": "hook", "receiver": "webhook", "to": ODD,
                          "kinds": [ODD], "model": ODD, "position": 1, "created_at": tx.at,
                          "created_by": "ada", "delivered": 3, "delivered_at": tx.at,
                          "ended_at": tx.at}),
        (t.delivery, {"subscription_id": 1, "sequence": 1, "model_id": 1, "queued_at": tx.at,
                      "attempts": 2, "next_at": tx.at, "why": ODD, "taken_by": None,
                      "taken_until": None, "dead_at": tx.at}),
        (t.approval_request, {"uuid": _uuid(6), "model_id": 1, "version_id": 2, "people": 2,
                              "stage": "production", "environment": "eu", "evidence": DOCUMENT,
                              "evidence_sha256": "c" * 64, "reason": ODD, "requested_at": tx.at,
                              "requested_by": "ada", "expires_at": tx.at, "outcome": None,
                              "closed_at": None, "closed_by": None}),
        (t.approval_decision, {"approval_request_id": 1, "by": ODD, "choice": "approved",
                               "role": None, "own_work": True, "reason": ODD, "at": tx.at}),
    ):  # fmt: skip
        tx.connection.execute(sa.insert(table), row)
    profile = sa.update(t.model).where(t.model.c.id == 1).values(**said)
    tx.connection.execute(profile)
    ended = sa.update(t.run).where(t.run.c.id == run)
    tx.connection.execute(ended.values(status="failed", ended_at=tx.at, failure=ODD))
    requests.keep(tx, "a key", "Promote", "0" * 64, "{}")


def digest(url: str) -> dict[str, Content]:
    """Return what each table of a store holds."""
    store = MetadataStore(url)
    with store.reading() as connection:
        found = digest_store(connection)
    store.close()
    return found


def _running(tx: Transaction) -> int:
    row: dict[str, Any] = {
        "uuid": _uuid(1), "model_id": 1, "experiment_id": 1, "status": "running",
        "project": "p", "repository": "r", "base_commit": None, "uncommitted": [ODD],
        "flow_run": None, "started_at": tx.at, "started_by": "ada",
    }  # fmt: skip
    made: int = tx.connection.execute(sa.insert(t.run).returning(t.run.c.id), row).scalar_one()
    return made


def _state(tx: Transaction) -> int:
    row = {"dataset_id": 1, "md5": "9" * 32, "size_bytes": 2**40, "files": 1}
    insert = sa.insert(t.dataset_version).returning(t.dataset_version.c.id)
    made: int = tx.connection.execute(insert, row).scalar_one()
    return made


def _uuid(number: int) -> str:
    return str(UUID(int=number))
