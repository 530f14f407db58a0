"""The columns of an exported file: those of its table, and beside each reference what it means."""

from enum import StrEnum
from typing import Any, Final, NamedTuple

import sqlalchemy as sa
from sqlalchemy.sql.selectable import NamedFromClause

from registry_tasks.stores.metadata import copying, tables as t

LEFT_OUT: Final = (t.token, t.subscription, t.delivery)
"""Not even hashes of secrets leave the store: after an import, an admin is let in again. Who gets
events is of the place where the registry runs, and not of what happened.
"""
TABLES: Final = tuple(table for table in copying.TABLES if table not in LEFT_OUT)
"""In the order in which they can be read back: what is referred to comes first."""


class Kind(StrEnum):
    """What a column holds."""

    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    TEXT = "text"
    TIME = "time"
    DATE = "date"
    JSON = "json"


class Column(NamedTuple):
    """One column of a file; ``refers_to`` is the table whose ``id`` it holds."""

    name: str
    kind: Kind
    optional: bool
    refers_to: str | None = None


class Beside(NamedTuple):
    """Columns more that say in words what the references of a table say in row numbers."""

    columns: tuple[Column, ...]
    values: tuple[sa.ColumnElement[Any], ...]
    joined: sa.FromClause


def own_columns(table: sa.Table) -> tuple[Column, ...]:
    """Return the columns of a table, in order."""
    return tuple(Column(c.name, _kind(c.type), bool(c.nullable), _target(c)) for c in table.c)


def beside(table: sa.Table) -> Beside:
    """Return what is written beside the columns of a table, and how it is joined."""
    joined: sa.FromClause = table
    columns, values = [], []
    for column in table.c:
        if (target := _target(column)) is None:
            continue
        name = column.name.removesuffix("_id")
        other = t.metadata.tables[target].alias(f"of_{name}")
        joined = joined.outerjoin(other, other.c.id == column)
        value, joined = _in_words(target, other, joined)
        columns.append(Column(name, Kind.TEXT, bool(column.nullable)))
        values.append(value.label(f"{name}_in_words"))
    return Beside(tuple(columns), tuple(values), joined)


def _in_words(
    target: str, row: NamedFromClause[Any], joined: sa.FromClause
) -> tuple[sa.ColumnElement[Any], sa.FromClause]:
    """Say which row is meant as people would; ``mower@3`` for a version."""
    match target:
        case "version":
            model = t.model.alias(f"{row.name}_model")
            joined = joined.outerjoin(model, model.c.id == row.c.model_id)
            return model.c.name + "@" + sa.cast(row.c.number, sa.Text), joined
        case "dataset_version":
            dataset = t.dataset.alias(f"{row.name}_dataset")
            joined = joined.outerjoin(dataset, dataset.c.id == row.c.dataset_id)
            return dataset.c.name + "@" + row.c.md5, joined
        case "run" | "sweep" | "approval_request":
            return row.c.uuid, joined
        case "environment":
            return row.c.digest, joined
        case _:
            return row.c.name, joined


def _target(column: sa.Column[Any]) -> str | None:
    return next((key.column.table.name for key in column.foreign_keys), None)


def _kind(found: sa.types.TypeEngine[Any]) -> Kind:
    kinds = (
        (sa.JSON, Kind.JSON),
        (sa.Boolean, Kind.BOOLEAN),
        (sa.Integer, Kind.INTEGER),
        (sa.Float, Kind.NUMBER),
        (sa.Date, Kind.DATE),
        (t.UtcDateTime, Kind.TIME),
        (sa.Text, Kind.TEXT),
    )
    return next(kind for known, kind in kinds if isinstance(found, known))
