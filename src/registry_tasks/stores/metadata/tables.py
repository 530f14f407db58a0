"""The tables, in SQLAlchemy Core; migrations/ makes them, a test compares the two.

Rows of versions, artifacts, parameters, metrics, confirmations, evidence and events are only ever
added: triggers (migrations/triggers.py) refuse to change them.
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint


class UtcDateTime(sa.TypeDecorator[datetime]):
    """An aware UTC time; SQLite keeps it as text without an offset."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError(f"time without a zone: {value}")
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True)


def _to(target: str, name: str, *, optional: bool = False, key: bool = False) -> Column[int]:
    return Column(name, Integer, ForeignKey(f"{target}.id"), nullable=optional, primary_key=key)


def _text(name: str, *, optional: bool = False) -> Column[str]:
    return Column(name, Text, nullable=optional)


model = Table(
    "model",
    metadata,
    _id(),
    Column("name", Text, nullable=False, unique=True),
    _text("owner"),
    _text("description"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("tagged_at", UtcDateTime),
)

experiment = Table("experiment", metadata, _id(), Column("name", Text, nullable=False, unique=True))

environment = Table(
    "environment",
    metadata,
    _id(),
    Column("digest", Text, nullable=False, unique=True),
    _text("python"),
    _text("platform"),
)

environment_package = Table(
    "environment_package",
    metadata,
    _to("environment", "environment_id", key=True),
    Column("name", Text, primary_key=True),
    _text("version"),
    Index(None, "name", "version"),
)

run = Table(
    "run",
    metadata,
    _id(),
    Column("uuid", Text, nullable=False, unique=True),
    _to("model", "model_id"),
    _to("experiment", "experiment_id"),
    _text("status"),
    _text("project"),
    _text("repository"),
    _text("base_commit", optional=True),
    Column("uncommitted", sa.JSON, nullable=False),
    _text("flow_run", optional=True),
    Column("started_at", UtcDateTime, nullable=False),
    _text("started_by"),
    Column("ended_at", UtcDateTime),
    _text("failure", optional=True),
    _text("commit", optional=True),
    Column("recipe", sa.JSON),
    _text("recipe_hash", optional=True),
    _text("outputs_hash", optional=True),
    _to("environment", "environment_id", optional=True),
    Column("environment_files", sa.JSON),
    _text("model_path", optional=True),
    _text("model_format", optional=True),
    Column("signature", sa.JSON),
    Column("duration_s", sa.Float),
    Column("cpu_s", sa.Float),
    Column("peak_memory_bytes", sa.BigInteger),
    Index(None, "model_id", "started_at"),
    Index(None, "model_id", "id"),
    Index("ix_run_running", "status", sqlite_where=sa.text("status = 'running'")),
)

parameter = Table(
    "parameter",
    metadata,
    _to("run", "run_id", key=True),
    Column("key", Text, primary_key=True),
    Column("value", sa.JSON, nullable=False),
)

metric = Table(
    "metric",
    metadata,
    _to("run", "run_id", key=True),
    Column("key", Text, primary_key=True),
    Column("value", sa.Float, nullable=False),
)

metric_point = Table(
    "metric_point",
    metadata,
    _to("run", "run_id", key=True),
    Column("key", Text, primary_key=True),
    Column("step", Integer, primary_key=True),
    Column("value", sa.Float, nullable=False),
)

artifact = Table(
    "artifact",
    metadata,
    _to("run", "run_id", key=True),
    Column("path", Text, primary_key=True),
    _text("md5"),
    _text("sha256"),
    Column("size_bytes", sa.BigInteger, nullable=False),
    _text("home"),
    _text("stage", optional=True),
    Column("own", sa.Boolean, nullable=False),
    _text("source", optional=True),
    Index(None, "md5"),
)

dataset = Table("dataset", metadata, _id(), Column("name", Text, nullable=False, unique=True))

dataset_version = Table(
    "dataset_version",
    metadata,
    _id(),
    _to("dataset", "dataset_id"),
    _text("md5"),
    Column("size_bytes", sa.BigInteger, nullable=False),
    Column("files", Integer, nullable=False),
    UniqueConstraint("dataset_id", "md5"),
    Index(None, "md5"),
)

dataset_use = Table(
    "dataset_use",
    metadata,
    _to("run", "run_id", key=True),
    _to("dataset_version", "dataset_version_id", key=True),
    Column("stage", Text, primary_key=True),
    Index(None, "dataset_version_id"),
)

version = Table(
    "version",
    metadata,
    _id(),
    Column("uuid", Text, nullable=False, unique=True),
    _to("model", "model_id"),
    Column("number", Integer, nullable=False),
    Column("major", Integer, nullable=False),
    Column("minor", Integer, nullable=False),
    Column("patch", Integer, nullable=False),
    _text("bump"),
    Column("bump_reasons", sa.JSON, nullable=False),
    _to("version", "based_on_id", optional=True),
    _to("version", "same_recipe_id", optional=True),
    Column("run_id", Integer, ForeignKey("run.id"), nullable=False, unique=True),
    _text("project"),
    _text("repository"),
    _text("commit", optional=True),
    _text("recipe_hash"),
    _text("outputs_hash"),
    _text("model_path"),
    _text("model_format"),
    _text("sha256"),
    _text("md5"),
    Column("size_bytes", sa.BigInteger, nullable=False),
    _text("grade"),
    Column("grade_reasons", sa.JSON, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    _text("created_by"),
    UniqueConstraint("model_id", "number"),
    UniqueConstraint("model_id", "major", "minor", "patch"),
    UniqueConstraint("model_id", "recipe_hash", "outputs_hash"),
    Index(None, "sha256"),
)

confirmation = Table(
    "confirmation",
    metadata,
    _to("version", "version_id", key=True),
    _to("run", "run_id", key=True),
    Column("at", UtcDateTime, nullable=False),
    _text("by"),
)

stage_assignment = Table(
    "stage_assignment",
    metadata,
    _to("version", "version_id", key=True),
    Column("environment", Text, primary_key=True),
    _to("model", "model_id"),
    _text("stage"),
    Column("single", sa.Boolean, nullable=False),
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
    _to("model", "model_id", key=True),
    Column("name", Text, primary_key=True),
    _to("version", "version_id"),
    Index(None, "version_id"),
)

tag = Table(
    "tag",
    metadata,
    _to("version", "version_id", key=True),
    Column("key", Text, primary_key=True),
    _text("value"),
)

description = Table(
    "description",
    metadata,
    _to("version", "version_id", key=True),
    _text("text"),
)

event = Table(
    "event",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=True),
    Column("at", UtcDateTime, nullable=False),
    _text("actor"),
    _text("kind"),
    _to("model", "model_id", optional=True),
    _to("version", "version_id", optional=True),
    _to("run", "run_id", optional=True),
    _text("reason"),
    Column("before", sa.JSON, nullable=False),
    Column("after", sa.JSON, nullable=False),
    Index(None, "model_id", "sequence"),
    Index(None, "version_id", "sequence"),
    Index(None, "run_id"),
    sqlite_autoincrement=True,
)

comparison = Table(
    "comparison",
    metadata,
    _id(),
    _to("run", "run_id"),
    _to("version", "incumbent_id"),
    _text("holdout"),
    _text("holdout_sha256"),
    _text("metric"),
    Column("higher_is_better", sa.Boolean, nullable=False),
    Column("bootstrap", sa.JSON, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    _text("by"),
    Index(None, "run_id", "incumbent_id"),
)

promotion_attempt = Table(
    "promotion_attempt",
    metadata,
    _id(),
    _to("version", "version_id"),
    _text("source"),
    _text("target"),
    _text("environment"),
    _to("version", "incumbent_id", optional=True),
    Column("promoted", sa.Boolean, nullable=False),
    Column("judged_by", sa.JSON, nullable=False),
    Column("gates", sa.JSON, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    _text("by"),
    _text("reason"),
    Index(None, "version_id"),
)

reproduction = Table(
    "reproduction",
    metadata,
    _id(),
    _to("version", "version_id"),
    _text("verdict"),
    _text("first_different_stage", optional=True),
    Column("differences", sa.JSON, nullable=False),
    Column("outputs", Integer, nullable=False),
    Column("duration_s", sa.Float, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    _text("by"),
    Index(None, "version_id"),
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
    _text("repository"),
    Column("tag", sa.JSON, nullable=False),
    sqlite_autoincrement=True,
)

request = Table(
    "request",
    metadata,
    Column("key", Text, primary_key=True),
    _text("verb"),
    _text("body_sha256"),
    _text("answer"),
    Column("at", UtcDateTime, nullable=False),
    _text("by"),
)

tombstone = Table(
    "tombstone",
    metadata,
    _to("version", "version_id", key=True),
    _text("reason"),
    Column("at", UtcDateTime, nullable=False),
    _text("by"),
)

hold = Table(
    "hold",
    metadata,
    _to("version", "version_id", key=True),
    _text("reason"),
    Column("at", UtcDateTime, nullable=False),
    _text("by"),
)

repository = Table(
    "repository",
    metadata,
    Column("name", Text, primary_key=True),
    _text("identity"),
)

moved = Table(
    "moved",
    metadata,
    Column("url", Text, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    _text("by"),
)
