"""Runs: what they ran on, what they were told, what they came to."""

import sqlalchemy as sa
from sqlalchemy import Column, Index, Integer, Table, Text

from registry_tasks.stores.metadata.tables.base import (
    UtcDateTime,
    metadata,
    row_id,
    text,
    to,
)

experiment = Table(
    "experiment", metadata, row_id(), Column("name", Text, nullable=False, unique=True)
)

environment = Table(
    "environment",
    metadata,
    row_id(),
    Column("digest", Text, nullable=False, unique=True),
    text("python"),
    text("platform"),
    Index(None, "python"),
)

environment_package = Table(
    "environment_package",
    metadata,
    to("environment", "environment_id", key=True),
    Column("name", Text, primary_key=True),
    text("version"),
    Index(None, "name", "version"),
)

run = Table(
    "run",
    metadata,
    row_id(),
    Column("uuid", Text, nullable=False, unique=True),
    to("model", "model_id"),
    to("experiment", "experiment_id"),
    text("status"),
    text("project"),
    text("repository"),
    text("base_commit", optional=True),
    Column("uncommitted", sa.JSON, nullable=False),
    text("flow_run", optional=True),
    Column("started_at", UtcDateTime, nullable=False),
    text("started_by"),
    Column("ended_at", UtcDateTime),
    text("failure", optional=True),
    text("commit", optional=True),
    Column("recipe", sa.JSON),
    text("recipe_hash", optional=True),
    text("outputs_hash", optional=True),
    to("environment", "environment_id", optional=True),
    Column("environment_files", sa.JSON),
    Column("hardware", sa.JSON),
    Column("direct_urls", sa.JSON),
    Column("kept_by", sa.JSON),
    text("model_path", optional=True),
    text("model_format", optional=True),
    Column("signature", sa.JSON),
    Column("duration_s", sa.Float),
    Column("cpu_s", sa.Float),
    Column("peak_memory_bytes", sa.BigInteger),
    Column("exit_code", Integer),
    text("log_tail", optional=True),
    Column("plots", sa.JSON),
    Index(None, "model_id", "started_at"),
    Index(None, "model_id", "id"),
    Index(None, "started_at"),
    Index(None, "experiment_id", "id"),
    Index(None, "experiment_id", "started_at"),
    Index(None, "experiment_id", "model_id", "status"),
    Index(None, "environment_id"),
    Index("ix_run_running", "status", sqlite_where=sa.text("status = 'running'")),
)

parameter = Table(
    "parameter",
    metadata,
    to("run", "run_id", key=True),
    Column("key", Text, primary_key=True),
    Column("value", sa.JSON, nullable=False),
    Column("number", sa.Float),
    Column("text", Text),
    Index(None, "key", "number", "run_id"),
    Index(None, "key", "text", "run_id"),
)

metric = Table(
    "metric",
    metadata,
    to("run", "run_id", key=True),
    Column("key", Text, primary_key=True),
    Column("value", sa.Float, nullable=False),
    Index(None, "key", "value", "run_id"),
)

metric_point = Table(
    "metric_point",
    metadata,
    to("run", "run_id", key=True),
    Column("key", Text, primary_key=True),
    Column("step", Integer, primary_key=True),
    Column("value", sa.Float, nullable=False),
)

feature_importance = Table(
    "feature_importance",
    metadata,
    to("run", "run_id", key=True),
    Column("feature", Text, primary_key=True),
    Column("value", sa.Float, nullable=False),
)

artifact = Table(
    "artifact",
    metadata,
    to("run", "run_id", key=True),
    Column("path", Text, primary_key=True),
    text("md5"),
    text("sha256"),
    Column("size_bytes", sa.BigInteger, nullable=False),
    text("home"),
    text("stage", optional=True),
    Column("own", sa.Boolean, nullable=False),
    text("source", optional=True),
    Index(None, "md5"),
)

sweep = Table(
    "sweep",
    metadata,
    row_id(),
    Column("uuid", Text, nullable=False, unique=True),
    to("model", "model_id"),
    to("experiment", "experiment_id"),
    Column("plan", sa.JSON, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    text("started_by"),
    Column("ended_at", UtcDateTime),
    Index(None, "model_id", "id"),
)

trial = Table(
    "trial",
    metadata,
    to("sweep", "sweep_id", key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("parameters", sa.JSON, nullable=False),
    to("run", "run_id"),
)
