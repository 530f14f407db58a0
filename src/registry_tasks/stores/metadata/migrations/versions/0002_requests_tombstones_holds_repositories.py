"""Answered requests, tombstones, holds, and repositories by identity."""

import sqlalchemy as sa
from alembic import op

from registry_tasks.stores.metadata.migrations import triggers

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "request",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("body_sha256", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_request"),
    )
    for table in ("tombstone", "hold"):
        op.create_table(
            table,
            sa.Column("version_id", sa.Integer(), nullable=False),
            sa.Column("reason", sa.Text(), nullable=False),
            sa.Column("at", sa.DateTime(timezone=True), nullable=False),
            sa.Column("by", sa.Text(), nullable=False),
            sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=f"fk_{table}_version_id"),
            sa.PrimaryKeyConstraint("version_id", name=f"pk_{table}"),
        )
    op.create_table(
        "repository",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("identity", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_repository"),
    )
    op.add_column("artifact", sa.Column("source", sa.Text()))
    op.create_index("ix_event_run_id", "event", ["run_id"])
    op.create_index("ix_run_model_id_id", "run", ["model_id", "id"])
    for table in triggers.ADDED_ONLY_SINCE_0002:
        triggers.forbid_changes(table)
    triggers.freeze_names("model")


def downgrade() -> None:
    for table in (*triggers.ADDED_ONLY_SINCE_0002, "model"):
        triggers.allow_changes(table)
    op.drop_column("artifact", "source")
    op.drop_index("ix_run_model_id_id", "run")
    op.drop_index("ix_event_run_id", "event")
    for table in ("repository", "hold", "tombstone", "request"):
        op.drop_table(table)
