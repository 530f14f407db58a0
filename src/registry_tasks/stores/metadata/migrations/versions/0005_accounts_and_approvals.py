"""Accounts with rights and tokens; promotions that wait for a person."""

from typing import Any, Final

import sqlalchemy as sa
from alembic import op

from registry_tasks.stores.metadata.migrations import triggers

revision = "0005"
down_revision = "0004"

_TABLES: Final = ("approval_decision", "approval_request", "token", "access_right", "account")
_EVENT_INDEXES: Final = (("at", "sequence"), ("kind", "sequence"), ("actor", "kind", "sequence"))
"""So that the history of everything is found by time, by kind and by who did it."""


def upgrade() -> None:
    _access()
    _approvals()
    for columns in _EVENT_INDEXES:
        op.create_index(f"ix_event_{'_'.join(columns)}", "event", [*columns])
    triggers.freeze_accounts()
    triggers.freeze_tokens()
    triggers.freeze_approval_requests()
    for table in triggers.ADDED_ONLY_SINCE_0005:
        triggers.forbid_changes(table)


def downgrade() -> None:
    for columns in _EVENT_INDEXES:
        op.drop_index(f"ix_event_{'_'.join(columns)}", "event")
    for table in ("account", "token", "approval_request", *triggers.ADDED_ONLY_SINCE_0005):
        triggers.allow_changes(table)
    for table in _TABLES:
        op.drop_table(table)


def _access() -> None:
    op.create_table(
        "account",
        _id(),
        *(_text("name"), _text("kind"), _time("created_at"), _text("created_by")),
        _time("closed_at", optional=True),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("name", name="uq_account_name"),
    )
    op.create_table(
        "access_right",
        _id(),
        _number("account_id"),
        _number("model_id", optional=True),
        *(_text(name, optional=True) for name in ("role", "stage", "alias")),
        *(_to("access_right", target) for target in ("account", "model")),
        sa.PrimaryKeyConstraint("id", name="pk_access_right"),
    )
    op.create_index("ix_access_right_account_id", "access_right", ["account_id"])
    op.create_table(
        "token",
        _id(),
        _text("uuid"),
        _number("account_id"),
        *(_text("sha256"), _text("label"), _time("created_at"), _text("created_by")),
        *(_time("expires_at"), _time("revoked_at", optional=True)),
        _number("parent_id", optional=True),
        _to("token", "account"),
        sa.ForeignKeyConstraint(["parent_id"], ["token.id"], name="fk_token_parent_id"),
        sa.PrimaryKeyConstraint("id", name="pk_token"),
        sa.UniqueConstraint("uuid", name="uq_token_uuid"),
        sa.UniqueConstraint("sha256", name="uq_token_sha256"),
    )
    for column in ("account_id", "parent_id"):
        op.create_index(f"ix_token_{column}", "token", [column])


def _approvals() -> None:
    table = "approval_request"
    op.create_table(
        table,
        _id(),
        *(_text("uuid"), _number("model_id"), _number("version_id")),
        *(_text("stage"), _text("environment")),
        sa.Column("evidence", sa.JSON(), nullable=False),
        *(_text("evidence_sha256"), _number("people"), _text("reason")),
        *(_time("requested_at"), _text("requested_by"), _time("expires_at")),
        *(_text("outcome", optional=True), _time("closed_at", optional=True)),
        *(_text("closed_by", optional=True), _text("because", optional=True)),
        *(_to(table, target) for target in ("model", "version")),
        sa.PrimaryKeyConstraint("id", name="pk_approval_request"),
        sa.UniqueConstraint("uuid", name="uq_approval_request_uuid"),
    )
    op.create_index("ix_approval_request_model_id_id", table, ["model_id", "id"])
    op.create_index("ix_approval_request_version_id", table, ["version_id"])
    waiting = sa.text("outcome IS NULL")
    where: dict[str, Any] = {"sqlite_where": waiting, "postgresql_where": waiting}
    one = ["version_id", "stage", "environment"]
    op.create_index("uq_approval_request_open", table, one, unique=True, **where)
    op.create_index("ix_approval_request_waiting", table, ["id"], **where)
    op.create_table(
        "approval_decision",
        *(_number("approval_request_id"), _text("by"), _text("choice")),
        *(_text("role", optional=True), sa.Column("own_work", sa.Boolean(), nullable=False)),
        *(_text("reason"), _time("at")),
        _to("approval_decision", "approval_request"),
        sa.PrimaryKeyConstraint("approval_request_id", "by", name="pk_approval_decision"),
    )


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer(), nullable=False)


def _number(name: str, *, optional: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=optional)


def _text(name: str, *, optional: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=optional)


def _time(name: str, *, optional: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=optional)


def _to(table: str, target: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{target}_id"
    return sa.ForeignKeyConstraint([f"{target}_id"], [f"{target}.id"], name=name)
