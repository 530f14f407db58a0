"""Registered models, and what people say of them."""

import sqlalchemy as sa
from sqlalchemy import Column, Index, Table, Text

from registry_tasks.stores.metadata.tables.base import (
    UtcDateTime,
    metadata,
    row_id,
    said_columns,
    text,
    to,
)

model = Table(
    "model",
    metadata,
    row_id(),
    Column("name", Text, nullable=False, unique=True),
    text("owner"),
    text("description"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("tagged_at", UtcDateTime),
    *said_columns(),
)

model_schema = Table(
    "model_schema",
    metadata,
    to("model", "model_id", key=True),
    Column("schema", sa.JSON, nullable=False),
)

model_tag = Table(
    "model_tag",
    metadata,
    to("model", "model_id", key=True),
    Column("key", Text, primary_key=True),
    text("value"),
    Index(None, "key", "value", "model_id"),
)

note = Table(
    "note",
    metadata,
    row_id(),
    to("model", "model_id"),
    to("version", "version_id", optional=True),
    text("text"),
    Column("at", UtcDateTime, nullable=False),
    text("by"),
    Index(None, "model_id", "id"),
    Index(None, "version_id", "id"),
)
