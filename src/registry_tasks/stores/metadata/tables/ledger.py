"""What happened, what led to what, and what Git and callers have still to be told."""

import sqlalchemy as sa
from sqlalchemy import Column, Index, Integer, Table, Text

from registry_tasks.stores.metadata.tables.base import UtcDateTime, metadata, text, to

event = Table(
    "event",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=True),
    Column("at", UtcDateTime, nullable=False),
    text("actor"),
    text("kind"),
    to("model", "model_id", optional=True),
    to("version", "version_id", optional=True),
    to("run", "run_id", optional=True),
    text("reason"),
    Column("before", sa.JSON, nullable=False),
    Column("after", sa.JSON, nullable=False),
    text("entered", optional=True),
    text("vacated", optional=True),
    Index(None, "model_id", "sequence"),
    Index(None, "model_id", "at", "sequence"),
    *(
        Index(
            f"ix_event_{name}",
            *("model_id", name, "sequence"),
            sqlite_where=sa.text(f"{name} IS NOT NULL"),
            postgresql_where=sa.text(f"{name} IS NOT NULL"),
        )
        for name in ("entered", "vacated")
    ),
    Index(
        "ix_event_kind_entered",
        *("kind", "entered", "sequence"),
        sqlite_where=sa.text("entered IS NOT NULL"),
        postgresql_where=sa.text("entered IS NOT NULL"),
    ),
    Index(None, "model_id", "kind", "sequence"),
    Index(None, "version_id", "sequence"),
    Index(None, "run_id"),
    *(Index(None, *of) for of in (("at", "sequence"), ("kind", "sequence"))),
    Index(None, "actor", "kind", "sequence"),
    sqlite_autoincrement=True,
)

lineage_edge = Table(
    "lineage_edge",
    metadata,
    Column("source_kind", Text, primary_key=True),
    Column("source_id", Text, primary_key=True),
    Column("target_kind", Text, primary_key=True),
    Column("target_id", Text, primary_key=True),
    Column("by", Text, primary_key=True),
    Index(None, "target_kind", "target_id"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=True),
    text("repository"),
    Column("tag", sa.JSON, nullable=False),
    sqlite_autoincrement=True,
)

request = Table(
    "request",
    metadata,
    Column("key", Text, primary_key=True),
    text("verb"),
    text("body_sha256"),
    text("answer"),
    Column("at", UtcDateTime, nullable=False),
    text("by"),
)

repository = Table(
    "repository",
    metadata,
    Column("name", Text, primary_key=True),
    text("identity"),
)

moved = Table(
    "moved",
    metadata,
    Column("url", Text, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    text("by"),
)
