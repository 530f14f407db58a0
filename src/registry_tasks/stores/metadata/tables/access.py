"""Who may do what, and what waits for a person. Secrets are kept as hashes only."""

import sqlalchemy as sa
from sqlalchemy import Boolean, Column, Index, Integer, Table, Text

from registry_tasks.stores.metadata.tables.base import UtcDateTime, metadata, row_id, text, to

account = Table(
    "account",
    metadata,
    row_id(),
    Column("name", Text, nullable=False, unique=True),
    text("kind"),
    Column("created_at", UtcDateTime, nullable=False),
    text("created_by"),
    Column("closed_at", UtcDateTime),
)

access_right = Table(
    "access_right",
    metadata,
    row_id(),
    to("account", "account_id"),
    to("model", "model_id", optional=True),
    text("role", optional=True),
    text("stage", optional=True),
    text("alias", optional=True),
    Index(None, "account_id"),
)

token = Table(
    "token",
    metadata,
    row_id(),
    Column("uuid", Text, nullable=False, unique=True),
    to("account", "account_id"),
    Column("sha256", Text, nullable=False, unique=True),
    text("label"),
    Column("created_at", UtcDateTime, nullable=False),
    text("created_by"),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("revoked_at", UtcDateTime),
    to("token", "parent_id", optional=True),
    Index(None, "account_id"),
    Index(None, "parent_id"),
)

approval_request = Table(
    "approval_request",
    metadata,
    row_id(),
    Column("uuid", Text, nullable=False, unique=True),
    to("model", "model_id"),
    to("version", "version_id"),
    text("stage"),
    text("environment"),
    Column("evidence", sa.JSON, nullable=False),
    text("evidence_sha256"),
    Column("people", Integer, nullable=False),
    text("reason"),
    Column("requested_at", UtcDateTime, nullable=False),
    text("requested_by"),
    Column("expires_at", UtcDateTime, nullable=False),
    text("outcome", optional=True),
    Column("closed_at", UtcDateTime),
    text("closed_by", optional=True),
    text("because", optional=True),
    Index(None, "model_id", "id"),
    Index(None, "version_id"),
    Index(
        "uq_approval_request_open",
        *("version_id", "stage", "environment"),
        unique=True,
        sqlite_where=sa.text("outcome IS NULL"),
        postgresql_where=sa.text("outcome IS NULL"),
    ),
    Index(
        "ix_approval_request_waiting",
        "id",
        sqlite_where=sa.text("outcome IS NULL"),
        postgresql_where=sa.text("outcome IS NULL"),
    ),
)

approval_decision = Table(
    "approval_decision",
    metadata,
    Column("approval_request_id", Integer, sa.ForeignKey("approval_request.id"), primary_key=True),
    Column("by", Text, primary_key=True),
    text("choice"),
    text("role", optional=True),
    Column("own_work", Boolean, nullable=False),
    text("reason"),
    Column("at", UtcDateTime, nullable=False),
)
