"""Parquet: typed columns, compressed; pyarrow writes and reads them."""

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from registry_tasks.entities.errors import ExtraMissing
from registry_tasks.stores.artifacts.digests import digest_file
from registry_tasks.stores.exports.columns import Column, Kind
from registry_tasks.stores.exports.files import Malformed, Numbered, Row, Written

_GROUP_ROWS: Final = 10_000
_GROUP_BYTES: Final = 1 << 23  # of text
_BATCH: Final = 1000
place: Final = "row"


class ParquetFileWriter:
    """Writes one file, a row group at a time."""

    def __init__(self, path: Path, columns: Sequence[Column]) -> None:
        parquet = _pyarrow("parquet")
        self._path, self._rows = path, 0
        self._schema = _schema(columns)
        self._writer: Any = parquet.ParquetWriter(path, self._schema, compression="zstd")
        self._waiting: list[Row] = []
        self._waiting_bytes = 0

    def write(self, rows: Iterable[Row]) -> None:
        """Add rows."""
        for row in rows:
            self._waiting.append(row)
            self._waiting_bytes += sum(len(value) for value in row if isinstance(value, str))
            if len(self._waiting) >= _GROUP_ROWS or self._waiting_bytes >= _GROUP_BYTES:
                self._write_group()

    def finish(self) -> Written:
        """End the file and make it durable."""
        self._write_group()
        self._writer.close()
        with self._path.open("rb") as file:
            os.fsync(file.fileno())
        digests = digest_file(self._path)
        return Written(self._rows, digests.size_bytes, digests.sha256, ())

    def close(self) -> None:
        """Leave the file."""
        self._writer.close()

    def _write_group(self) -> None:
        if not self._waiting:
            return
        arrow = _pyarrow()
        turned = zip(*self._waiting, strict=True)
        arrays = [
            _array(column, field.type) for column, field in zip(turned, self._schema, strict=True)
        ]
        self._writer.write_batch(arrow.RecordBatch.from_arrays(arrays, schema=self._schema))
        self._rows += len(self._waiting)
        self._waiting, self._waiting_bytes = [], 0


def writer(path: Path, own: Sequence[Column], beside: Sequence[Column]) -> ParquetFileWriter:
    """Begin a file. Raises ExtraMissing."""
    return ParquetFileWriter(path, (*own, *beside))


def rows(path: Path, own: Sequence[Column], beside: Sequence[Column]) -> Iterator[Numbered]:
    """Give the own columns of each row. Raises Malformed, ExtraMissing."""
    arrow, parquet = _pyarrow(), _pyarrow("parquet")
    number = 0
    try:
        with parquet.ParquetFile(path) as file:
            if file.schema_arrow.types != _schema((*own, *beside)).types or (
                file.schema_arrow.names != [c.name for c in (*own, *beside)]
            ):
                raise Malformed(0, "its columns are not those that are documented")
            names = [c.name for c in own]
            for batch in file.iter_batches(_BATCH, columns=names):
                for row in zip(*map(_values, batch.columns), strict=True):
                    number += 1
                    _check(number, row, own)
                    yield Numbered(number, row)
    except (arrow.ArrowException, OSError, ValueError) as error:
        told = " ".join(str(error).replace(str(path), path.name).split())[:200]
        raise Malformed(number + 1, f"it cannot be read: {told}") from None


def _check(number: int, row: Row, own: Sequence[Column]) -> None:
    for value, column in zip(row, own, strict=True):
        if value is None and not column.optional:
            raise Malformed(number, f"column {column.name!r} has no value")


def _schema(columns: Sequence[Column]) -> Any:
    arrow = _pyarrow()
    types = {
        Kind.INTEGER: arrow.int64(),
        Kind.NUMBER: arrow.float64(),
        Kind.BOOLEAN: arrow.bool_(),
        Kind.TEXT: arrow.string(),
        Kind.TIME: arrow.timestamp("us", tz="UTC"),
        Kind.DATE: arrow.date32(),
        Kind.JSON: arrow.json_(arrow.string()),
    }
    return arrow.schema([arrow.field(c.name, types[c.kind]) for c in columns])


def _array(column: Sequence[Any], kind: Any) -> Any:
    arrow = _pyarrow()
    if isinstance(kind, arrow.JsonType):
        return arrow.ExtensionArray.from_storage(kind, arrow.array(column, kind.storage_type))
    return arrow.array(column, kind, from_pandas=False)


def _values(column: Any) -> list[Any]:
    found: list[Any] = getattr(column, "storage", column).to_pylist()
    return found


def _pyarrow(part: str = "") -> Any:
    """Return pyarrow or a part of it. Raises ExtraMissing."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ModuleNotFoundError:
        raise ExtraMissing("an export as Parquet", "parquet") from None
    return getattr(pyarrow, part) if part else pyarrow
