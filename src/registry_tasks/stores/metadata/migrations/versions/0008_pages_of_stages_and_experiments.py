"""Two indexes: what entered a stage, by its kind, and the runs of an experiment, by time."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
_ENTERED = sa.text("entered IS NOT NULL")


def upgrade() -> None:
    op.create_index(
        "ix_event_entered_kind",
        "event",
        ["entered", "kind", "sequence"],
        sqlite_where=_ENTERED,
        postgresql_where=_ENTERED,
    )
    op.create_index("ix_run_standing", "run", ["experiment_id", "started_at", "model_id", "status"])


def downgrade() -> None:
    op.drop_index("ix_run_standing", "run")
    op.drop_index("ix_event_entered_kind", "event")
