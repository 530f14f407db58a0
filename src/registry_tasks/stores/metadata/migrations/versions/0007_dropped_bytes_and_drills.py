"""Versions that let go of their bytes, and drills.

Going down forgets both: the older schema expects the bytes of every version, so remake those that
were dropped before.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from registry_tasks.stores.metadata.migrations import triggers

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "dropped_bytes",
        sa.Column("version_id", sa.Integer(), nullable=False),
        *(_text("reason"), _time("at"), _text("by")),
        _to_version("dropped_bytes"),
        sa.PrimaryKeyConstraint("version_id", name="pk_dropped_bytes"),
    )
    op.create_table(
        "drill",
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("id", "version_id")),
        *(_text(name) for name in ("verdict", "bytes", "environment", "rebuild")),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("packages", sa.Integer(), nullable=False),
        _text("failure"),
        *(sa.Column(name, sa.Float(), nullable=False) for name in ("duration_s", "cpu_s")),
        *(_time("at"), _text("by")),
        _to_version("drill"),
        sa.PrimaryKeyConstraint("id", name="pk_drill"),
    )
    op.create_index("ix_drill_version_id", "drill", ["version_id"])
    for table in triggers.ADDED_ONLY_SINCE_0007:
        triggers.forbid_changes(table)


def downgrade() -> None:
    for table in triggers.ADDED_ONLY_SINCE_0007:
        triggers.allow_changes(table)
    for table in ("drill", "dropped_bytes"):
        op.drop_table(table)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _time(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def _to_version(table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_version_id"
    return sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=name)
