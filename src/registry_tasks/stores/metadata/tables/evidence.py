"""What was measured and judged of a version: only ever added."""

import sqlalchemy as sa
from sqlalchemy import Column, Index, Integer, Table

from registry_tasks.stores.metadata.tables.base import (
    UtcDateTime,
    metadata,
    row_id,
    text,
    to,
)

comparison = Table(
    "comparison",
    metadata,
    row_id(),
    to("run", "run_id"),
    to("version", "incumbent_id"),
    text("holdout"),
    text("holdout_sha256"),
    text("metric"),
    Column("higher_is_better", sa.Boolean, nullable=False),
    Column("bootstrap", sa.JSON, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    text("by"),
    Index(None, "run_id", "incumbent_id"),
)

promotion_attempt = Table(
    "promotion_attempt",
    metadata,
    row_id(),
    to("version", "version_id"),
    text("source"),
    text("target"),
    text("environment"),
    to("version", "incumbent_id", optional=True),
    Column("promoted", sa.Boolean, nullable=False),
    Column("judged_by", sa.JSON, nullable=False),
    Column("gates", sa.JSON, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    text("by"),
    text("reason"),
    Index(None, "version_id"),
)

reproduction = Table(
    "reproduction",
    metadata,
    row_id(),
    to("version", "version_id"),
    text("verdict"),
    text("first_different_stage", optional=True),
    Column("differences", sa.JSON, nullable=False),
    Column("outputs", Integer, nullable=False),
    Column("duration_s", sa.Float, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    text("by"),
    Index(None, "version_id"),
)

drill = Table(
    "drill",
    metadata,
    row_id(),
    to("version", "version_id"),
    *(text(name) for name in ("verdict", "bytes", "environment", "rebuild")),
    Column("files", Integer, nullable=False),
    Column("size_bytes", sa.BigInteger, nullable=False),
    Column("packages", Integer, nullable=False),
    text("failure"),
    Column("duration_s", sa.Float, nullable=False),
    Column("cpu_s", sa.Float, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    text("by"),
    Index(None, "version_id"),
)
