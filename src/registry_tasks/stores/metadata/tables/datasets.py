"""Named data by content hash, and who read it."""

import sqlalchemy as sa
from sqlalchemy import Column, Index, Integer, Table, Text, UniqueConstraint

from registry_tasks.stores.metadata.tables.base import metadata, row_id, text, to

dataset = Table("dataset", metadata, row_id(), Column("name", Text, nullable=False, unique=True))

dataset_profile = Table(
    "dataset_profile",
    metadata,
    to("dataset", "dataset_id", key=True),
    text("description"),
    text("owner"),
    text("sensitivity"),
    text("source"),
    Column("retain_until", sa.Date),
    Index(None, "owner"),
)

dataset_version = Table(
    "dataset_version",
    metadata,
    row_id(),
    to("dataset", "dataset_id"),
    text("md5"),
    Column("size_bytes", sa.BigInteger, nullable=False),
    Column("files", Integer, nullable=False),
    UniqueConstraint("dataset_id", "md5"),
    Index(None, "dataset_id", "id"),
    Index(None, "md5"),
)

dataset_shape = Table(
    "dataset_shape",
    metadata,
    to("dataset_version", "dataset_version_id", key=True),
    to("run", "run_id"),
    text("format"),
    Column("rows", sa.BigInteger),
    Column("columns", sa.JSON, nullable=False),
    text("note"),
    text("source"),
    Index(None, "run_id"),
)

dataset_use = Table(
    "dataset_use",
    metadata,
    to("run", "run_id", key=True),
    to("dataset_version", "dataset_version_id", key=True),
    Column("stage", Text, primary_key=True),
    Index(None, "dataset_version_id", "run_id"),
)
