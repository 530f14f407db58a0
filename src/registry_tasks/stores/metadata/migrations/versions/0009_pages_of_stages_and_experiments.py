"""Indexes for pages: what entered a stage, by its kind; an experiment's last run, and how many it has."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
_ENTERED = sa.text("entered IS NOT NULL")


def upgrade() -> None:
    op.create_index(
        "ix_event_kind_entered",
        "event",
        ["kind", "entered", "sequence"],
        sqlite_where=_ENTERED,
        postgresql_where=_ENTERED,
    )
    op.create_index("ix_run_experiment_id_started_at", "run", ["experiment_id", "started_at"])
    op.create_index(
        "ix_run_experiment_id_model_id_status", "run", ["experiment_id", "model_id", "status"]
    )


def downgrade() -> None:
    op.drop_index("ix_run_experiment_id_model_id_status", "run")
    op.drop_index("ix_run_experiment_id_started_at", "run")
    op.drop_index("ix_event_kind_entered", "event")
