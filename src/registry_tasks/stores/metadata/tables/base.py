"""What the tables are made of."""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Integer, Text


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


def row_id() -> Column[int]:
    """A key of the database's own; nobody outside sees it."""
    return Column("id", Integer, primary_key=True)


def to(target: str, name: str, *, optional: bool = False, key: bool = False) -> Column[int]:
    """A reference to a row of ``target``."""
    return Column(name, Integer, ForeignKey(f"{target}.id"), nullable=optional, primary_key=key)


def text(name: str, *, optional: bool = False) -> Column[str]:
    """Text of any length."""
    return Column(name, Text, nullable=optional)


def said_columns() -> tuple[Column[Any], ...]:
    """What people say of a model or a version beside its description: entities/profile.py."""
    return (
        text("purpose"),
        text("team"),
        Column("related", sa.JSON, nullable=False),
        Column("links", sa.JSON, nullable=False),
        Column("document", sa.JSON, nullable=False),
    )
