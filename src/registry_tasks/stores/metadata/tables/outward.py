"""Which events go where, and what has not arrived yet. No secret and no whole address is here."""

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from registry_tasks.stores.metadata.tables.base import UtcDateTime, metadata, row_id, text, to

subscription = Table(
    "subscription",
    metadata,
    row_id(),
    Column("uuid", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False, unique=True),
    text("receiver"),
    text("to"),
    Column("kinds", sa.JSON, nullable=False),
    text("model", optional=True),
    Column("position", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    text("created_by"),
    Column("delivered", Integer, nullable=False),
    Column("delivered_at", UtcDateTime),
    Column("ended_at", UtcDateTime),
)

delivery = Table(
    "delivery",
    metadata,
    row_id(),
    to("subscription", "subscription_id"),
    Column("sequence", Integer, ForeignKey("event.sequence"), nullable=False),
    to("model", "model_id", optional=True),
    Column("queued_at", UtcDateTime, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_at", UtcDateTime, nullable=False),
    text("why"),
    text("taken_by", optional=True),
    Column("taken_until", UtcDateTime),
    Column("dead_at", UtcDateTime),
    UniqueConstraint("subscription_id", "sequence"),
    Index(
        "ix_delivery_waiting",
        *("subscription_id", "model_id", "sequence"),
        sqlite_where=sa.text("dead_at IS NULL"),
        postgresql_where=sa.text("dead_at IS NULL"),
    ),
)
