"""When a receiver said that it is gone, so that nothing is sent there any more."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    ended = sa.Column("ended_at", sa.DateTime(timezone=True))
    op.add_column("subscription", ended)


def downgrade() -> None:
    """Forget it: the receiver is asked again, and says so again."""
    op.drop_column("subscription", "ended_at")
