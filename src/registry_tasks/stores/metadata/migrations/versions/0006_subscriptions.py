"""Subscriptions to events, and deliveries that wait or were given up."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "subscription",
        sa.Column("id", sa.Integer(), nullable=False),
        *(_text(name) for name in ("uuid", "name", "receiver", "to")),
        sa.Column("kinds", sa.JSON(), nullable=False),
        *(_text("model", optional=True), _number("position")),
        *(_time("created_at"), _text("created_by")),
        *(_number("delivered"), _time("delivered_at", optional=True)),
        sa.PrimaryKeyConstraint("id", name="pk_subscription"),
        sa.UniqueConstraint("uuid", name="uq_subscription_uuid"),
        sa.UniqueConstraint("name", name="uq_subscription_name"),
    )
    op.create_table(
        "delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        *(_number("subscription_id"), _number("sequence"), _number("model_id", optional=True)),
        *(_time("queued_at"), _number("attempts"), _time("next_at"), _text("why")),
        *(_text("taken_by", optional=True), _time("taken_until", optional=True)),
        _time("dead_at", optional=True),
        *(_to("subscription_id", "subscription.id"), _to("sequence", "event.sequence")),
        _to("model_id", "model.id"),
        sa.PrimaryKeyConstraint("id", name="pk_delivery"),
        sa.UniqueConstraint(
            "subscription_id", "sequence", name="uq_delivery_subscription_id_sequence"
        ),
    )
    waiting = sa.text("dead_at IS NULL")
    where: dict[str, Any] = {"sqlite_where": waiting, "postgresql_where": waiting}
    lane = ["subscription_id", "model_id", "sequence"]
    op.create_index("ix_delivery_waiting", "delivery", lane, **where)


def downgrade() -> None:
    """Lose who was subscribed, and what waited for them."""
    op.drop_table("delivery")
    op.drop_table("subscription")


def _number(name: str, *, optional: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=optional)


def _text(name: str, *, optional: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=optional)


def _time(name: str, *, optional: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=optional)


def _to(column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=f"fk_delivery_{column}")
