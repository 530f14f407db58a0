"""Versions: written once; where they stand, and what people say of them."""

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from registry_tasks.stores.metadata.tables.base import (
    UtcDateTime,
    metadata,
    row_id,
    said_columns,
    text,
    to,
)

version = Table(
    "version",
    metadata,
    row_id(),
    Column("uuid", Text, nullable=False, unique=True),
    to("model", "model_id"),
    Column("number", Integer, nullable=False),
    Column("major", Integer, nullable=False),
    Column("minor", Integer, nullable=False),
    Column("patch", Integer, nullable=False),
    text("bump"),
    Column("bump_reasons", sa.JSON, nullable=False),
    to("version", "based_on_id", optional=True),
    to("version", "same_recipe_id", optional=True),
    Column("run_id", Integer, ForeignKey("run.id"), nullable=False, unique=True),
    text("project"),
    text("repository"),
    text("commit", optional=True),
    text("recipe_hash"),
    text("outputs_hash"),
    text("model_path"),
    text("model_format"),
    text("sha256"),
    text("md5"),
    Column("size_bytes", sa.BigInteger, nullable=False),
    text("grade"),
    Column("grade_reasons", sa.JSON, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    text("created_by"),
    UniqueConstraint("model_id", "number"),
    UniqueConstraint("model_id", "major", "minor", "patch"),
    UniqueConstraint("model_id", "recipe_hash", "outputs_hash"),
    Index(None, "sha256"),
    Index(None, "commit"),
    Index(None, "created_at"),
)

version_profile = Table(
    "version_profile",
    metadata,
    to("version", "version_id", key=True),
    text("description"),
    text("owner"),
    *said_columns(),
    Index(None, "owner"),
    Index(None, "team"),
)

version_grade = Table(
    "version_grade",
    metadata,
    to("version", "version_id", key=True),
    text("grade"),
    Column("reasons", sa.JSON, nullable=False),
    text("pushed_to", optional=True),
)

tag = Table(
    "tag",
    metadata,
    to("version", "version_id", key=True),
    Column("key", Text, primary_key=True),
    text("value"),
    Index(None, "key", "value", "version_id"),
)

confirmation = Table(
    "confirmation",
    metadata,
    to("version", "version_id", key=True),
    to("run", "run_id", key=True),
    Column("at", UtcDateTime, nullable=False),
    text("by"),
)

stage_assignment = Table(
    "stage_assignment",
    metadata,
    to("version", "version_id", key=True),
    Column("environment", Text, primary_key=True),
    to("model", "model_id"),
    text("stage"),
    Column("single", sa.Boolean, nullable=False),
    Index(None, "stage", "environment", "version_id"),
    Index(
        "uq_stage_assignment_slot",
        "model_id",
        "environment",
        "stage",
        unique=True,
        sqlite_where=sa.text("single"),
        postgresql_where=sa.text("single"),
    ),
)

alias = Table(
    "alias",
    metadata,
    to("model", "model_id", key=True),
    Column("name", Text, primary_key=True),
    to("version", "version_id"),
    Index(None, "version_id"),
    Index(None, "name"),
)

deployment = Table(
    "deployment",
    metadata,
    row_id(),
    Column("uuid", Text, nullable=False, unique=True),
    to("model", "model_id"),
    to("version", "version_id"),
    text("environment"),
    text("place"),
    text("reason"),
    Column("since", UtcDateTime, nullable=False),
    text("by"),
    Column("until", UtcDateTime),
    text("ended_by", optional=True),
    Index(None, "model_id", "until"),
    Index(None, "version_id"),
)

tombstone = Table(
    "tombstone",
    metadata,
    to("version", "version_id", key=True),
    text("reason"),
    Column("at", UtcDateTime, nullable=False),
    text("by"),
)

dropped_bytes = Table(
    "dropped_bytes",
    metadata,
    to("version", "version_id", key=True),
    text("reason"),
    Column("at", UtcDateTime, nullable=False),
    text("by"),
)

hold = Table(
    "hold",
    metadata,
    to("version", "version_id", key=True),
    text("reason"),
    Column("at", UtcDateTime, nullable=False),
    text("by"),
)
