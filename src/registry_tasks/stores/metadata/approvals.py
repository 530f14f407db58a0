"""Requests for approval and what people decided: opened once, closed once, kept for ever."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import uuid4

import sqlalchemy as sa

from registry_tasks.entities.approval import Approval, Closing, Decision, Evidence
from registry_tasks.entities.errors import ApprovalNotFound
from registry_tasks.entities.policy import Approved
from registry_tasks.entities.promotion import Promote
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.inserting import insert_many, insert_one, update_one
from registry_tasks.stores.metadata.lookup import StoredVersion
from registry_tasks.stores.metadata.store import Transaction

_A: Final = t.approval_request.c
_D: Final = t.approval_decision.c
_SHOWN: Final = (
    sa.select(
        *(column for column in t.approval_request.c if column.name != "evidence"),
        t.model.c.name.label("model"),
        t.version.c.number,
    )
    .join(t.model, t.model.c.id == _A.model_id)
    .join(t.version, t.version.c.id == _A.version_id)
)
_OPEN: Final = _A.outcome.is_(None)
_HERE: Final = _SHOWN.where(
    _OPEN,
    _A.version_id == sa.bindparam("version"),
    _A.stage == sa.bindparam("stage"),
    _A.environment == sa.bindparam("environment"),
)
_BY_UUID: Final = _SHOWN.where(_A.uuid == sa.bindparam("uuid"))
_EVIDENCE: Final = sa.select(_A.evidence).where(_A.uuid == sa.bindparam("uuid"))
_ALL_OPEN: Final = _SHOWN.where(_OPEN).order_by(_A.id)
_PROMOTED_SINCE: Final = _SHOWN.where(
    _A.outcome == Closing.PROMOTED.value, _A.closed_at > sa.bindparam("since")
).order_by(_A.id)
_DECISIONS: Final = (
    sa.select(t.approval_decision)
    .where(_D.approval_request_id.in_(sa.bindparam("ids", expanding=True)))
    .order_by(_D.at, _D.by)
)


def open_request(
    tx: Transaction, stored: StoredVersion, asked: Promote, evidence: Evidence, gate: Approved
) -> Approval:
    """Write that a promotion waits for people; the database refuses a second one for a place."""
    made = Approval(
        uuid=str(uuid4()),
        model=stored.version.model,
        version=stored.version.ref,
        stage=asked.to,
        environment=asked.environment,
        evidence_sha256=evidence.digest(),
        people=gate.people,
        reason=asked.reason,
        requested_at=tx.at,
        requested_by=tx.actor,
        expires_at=tx.at + timedelta(days=gate.expires_days),
    )
    row = made.model_dump(exclude={"model", "version", "decisions"})
    ids = {"model_id": stored.model_id, "version_id": stored.id}
    document = {"evidence": evidence.model_dump(mode="json")}
    insert_one(tx.connection, t.approval_request, {**row, **ids, **document})
    return made


def decide(tx: Transaction, approval: Approval, made: Decision) -> None:
    """Write what a person decided; the database refuses a second decision of theirs."""
    row = {"approval_request_id": _id(tx.connection, approval.uuid), **made.model_dump()}
    insert_many(tx.connection, t.approval_decision, [row])


def close(tx: Transaction, approval: Approval, outcome: Closing, because: str | None) -> Approval:
    """Write how a request ended."""
    over = {"outcome": outcome, "closed_at": tx.at, "closed_by": tx.actor, "because": because}
    update_one(tx.connection, t.approval_request, {"uuid": approval.uuid}, over)
    return approval.model_copy(update=over)


def find_open(
    connection: sa.Connection, version_id: int, stage: str, environment: str
) -> Approval | None:
    """Return the request that waits for a version to enter a place, or None."""
    asked = {"version": version_id, "stage": stage, "environment": environment}
    row = connection.execute(_HERE, asked).one_or_none()
    return None if row is None else _approvals(connection, [row])[0]


def get(connection: sa.Connection, uuid: str) -> Approval:
    """Return a request by its id. Raises ApprovalNotFound."""
    row = connection.execute(_BY_UUID, {"uuid": uuid}).one_or_none()
    if row is None:
        raise ApprovalNotFound(uuid)
    return _approvals(connection, [row])[0]


def read_evidence(connection: sa.Connection, uuid: str) -> Evidence:
    """Return what a request that is there shows."""
    return Evidence(**connection.execute(_EVIDENCE, {"uuid": uuid}).scalar_one())


def list_open(connection: sa.Connection) -> tuple[Approval, ...]:
    """Return all requests that wait, the oldest first."""
    return _approvals(connection, connection.execute(_ALL_OPEN).all())


def list_promoted(connection: sa.Connection, since: datetime) -> tuple[Approval, ...]:
    """Return requests that were carried out after a time, the oldest request first."""
    return _approvals(connection, connection.execute(_PROMOTED_SINCE, {"since": since}).all())


def list_approvals(
    connection: sa.Connection,
    *,
    model: int | None = None,
    version: int | None = None,
    over: bool = False,
    before: str | None = None,
    limit: int = 100,
) -> tuple[Approval, ...]:
    """Return requests newest first; ``model`` and ``version`` are row ids.

    Those that wait; with ``over`` all there ever were. ``before`` is the id of one to go on from.
    """
    wanted: list[sa.ColumnElement[bool]] = [] if over else [_OPEN]
    if model is not None:
        wanted.append(_A.model_id == model)
    if version is not None:
        wanted.append(_A.version_id == version)
    if before is not None:
        wanted.append(_A.id < sa.select(_A.id).where(_A.uuid == before).scalar_subquery())
    query = _SHOWN.where(*wanted).order_by(_A.id.desc()).limit(limit)
    return _approvals(connection, connection.execute(query).all())


def _id(connection: sa.Connection, uuid: str) -> int:
    found: int = connection.execute(sa.select(_A.id).where(_A.uuid == uuid)).scalar_one()
    return found


def _approvals(connection: sa.Connection, rows: Sequence[Any]) -> tuple[Approval, ...]:
    """Put requests together with their decisions: one statement for all of them."""
    decisions: dict[int, list[Decision]] = {row.id: [] for row in rows}
    if rows:
        for row in connection.execute(_DECISIONS, {"ids": list(decisions)}):
            fields = {name: row._mapping[name] for name in Decision.model_fields}
            decisions[row.approval_request_id].append(Decision(**fields))
    mine = Approval.model_fields.keys() - {"version", "decisions"}
    return tuple(
        Approval(
            version=f"{row.model}@{row.number}",
            decisions=tuple(decisions[row.id]),
            **{name: row._mapping[name] for name in mine},
        )
        for row in rows
    )
