"""Parquet: rows and columns stand at the end of the file; pyarrow reads them where it is there."""

from typing import Any, Final

from registry_tasks.stores.data.column_types import ANY
from registry_tasks.stores.data.table import (
    MAX_COLUMNS,
    Allowance,
    DataFile,
    Table,
    column_names,
    width_note,
)

FORMAT: Final = "parquet"
_KINDS: Final = (
    ("is_boolean", "boolean"),
    ("is_integer", "integer"),
    ("is_floating", "number"),
    ("is_decimal", "number"),
    ("is_string", "string"),
    ("is_large_string", "string"),
    ("is_date", "date"),
    ("is_timestamp", "datetime"),
    ("is_time", "time"),
    ("is_list", "array"),
    ("is_large_list", "array"),
    ("is_struct", "object"),
    ("is_map", "object"),
)
"""Questions to pyarrow, and the word where the answer is yes."""


def read_parquet(file: DataFile, left: Allowance) -> Table:
    """Read rows and columns of a file; no value is looked at."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ModuleNotFoundError:
        return Table(FORMAT, None, {}, "reading Parquet needs pyarrow")
    try:
        with pyarrow.parquet.ParquetFile(file.path) as opened:
            rows, schema = opened.metadata.num_rows, opened.schema_arrow
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        told = " ".join(str(error).replace(str(file.path), file.name).split())[:200]
        return Table(FORMAT, None, {}, f"it cannot be read: {told}")
    kept = schema.types[:MAX_COLUMNS]
    columns = dict(zip(column_names(schema.names), map(_type, kept), strict=True))
    empty = (
        name
        for name, type_ in zip(columns, kept, strict=True)
        if rows == 0 or pyarrow.types.is_null(type_)
    )
    return Table(FORMAT, rows, columns, width_note(len(schema.names)), frozenset(empty))


def _type(found: Any) -> str:
    import pyarrow

    if pyarrow.types.is_dictionary(found):
        found = found.value_type
    return next((word for ask, word in _KINDS if getattr(pyarrow.types, ask)(found)), ANY)
