"""The columns of a table as text, of files whose shape can be told as well."""

import csv
import gzip
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Final

from registry_tasks.entities.errors import ExtraMissing, InvalidProject

MAX_ROWS: Final = 1_000_000
"""Of a file, from its beginning."""
_DELIMITERS: Final = {".csv": ",", ".tsv": "\t"}


def read_columns(path: Path, name: str) -> dict[str, list[str]]:
    """Read a CSV, TSV or Parquet file: column -> values; ``name`` tells its format.

    Raises: InvalidProject for another format or no table, ExtraMissing.
    """
    suffix = Path(name.removesuffix(".gz")).suffix.lower()
    if suffix in {".parquet", ".pq"}:
        return _read_parquet(path)
    if suffix not in _DELIMITERS:
        raise InvalidProject(name, "it is no CSV, TSV or Parquet file, so it has no columns")
    try:
        return _read_text(path, _DELIMITERS[suffix], is_packed=name.endswith(".gz"))
    except (OSError, EOFError, ValueError, csv.Error) as error:
        raise InvalidProject(name, f"it cannot be read: {error}") from error


def _read_text(path: Path, delimiter: str, *, is_packed: bool) -> dict[str, list[str]]:
    with gzip.open(path, "rt", newline="") if is_packed else path.open(newline="") as lines:
        rows = csv.reader(lines, delimiter=delimiter)
        names = next(rows, [])
        found: dict[str, list[str]] = {name: [] for name in names}
        columns = [found[name] for name in names]
        for row in islice(rows, MAX_ROWS):
            for column, value in zip(columns, row, strict=False):
                column.append(value)
    return found


def _read_parquet(path: Path) -> dict[str, list[str]]:
    if find_spec("pyarrow") is None:
        raise ExtraMissing("reading Parquet", "parquet")
    from pyarrow import parquet

    with parquet.ParquetFile(path) as file:
        table = file.read().slice(0, MAX_ROWS)
    return {name: list(_texts(table.column(name).to_pylist())) for name in table.column_names}


def _texts(values: list[object]) -> Iterator[str]:
    for value in values:
        yield "" if value is None else str(value)
