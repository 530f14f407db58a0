"""CSV, TSV and JSON Lines, read once from beginning to end, a line at a time."""

import csv
import gzip
import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, TextIO

from registry_tasks.stores.data.column_types import ANY, ColumnTypes, type_of_json, type_of_text
from registry_tasks.stores.data.table import (
    MAX_LINE,
    Allowance,
    DataFile,
    Table,
    TooMuch,
    column_names,
    width_note,
)

_DELIMITERS: Final = (",", ";", "\t", "|")
_FAILURES: Final = (OSError, EOFError, ValueError, RecursionError, csv.Error, zlib.error)
_Rows = Iterator[str]


def read_csv(file: DataFile, left: Allowance) -> Table:
    """Read a file whose first row names the columns, with the delimiter that the row has most."""
    return _read(
        file, "csv", "string", lambda lines, types: _separated(lines, types, None, left), left
    )


def read_tsv(file: DataFile, left: Allowance) -> Table:
    """Read a file of tab-separated values whose first row names the columns."""
    return _read(
        file, "tsv", "string", lambda lines, types: _separated(lines, types, "\t", left), left
    )


def read_json_lines(file: DataFile, left: Allowance) -> Table:
    """Read a file of one JSON object a line; columns are the keys, as they come."""
    return _read(file, "jsonl", ANY, lambda lines, types: _objects(lines, types, left), left)


def _read(
    file: DataFile,
    form: str,
    mixed: str,
    rows: Callable[[_Rows, ColumnTypes], Iterator[object]],
    left: Allowance,
) -> Table:
    types, count, note = ColumnTypes(mixed), 0, ""
    try:
        with _open(file) as opened:
            for count, _ in enumerate(rows(_lines(opened, left), types), start=1):
                pass
    except TooMuch as reason:
        note = f"rows were not counted: {reason}"
    except _FAILURES as error:
        note = f"it cannot be read to its end: {_words(error)}"
    rows_, note = None if note else count, note or width_note(types.width)
    return Table(form, rows_, types.found(), note, types.empty())


def _separated(
    lines: _Rows, types: ColumnTypes, delimiter: str | None, left: Allowance
) -> Iterator[list[str]]:
    first = next((line for line in lines if line.strip()), "")
    mark = delimiter or max(_DELIMITERS, key=first.count)
    reader = csv.reader(_joined(first, lines), delimiter=mark)
    header = next(reader, [])
    names, sample = column_names(header), _Sample(types, left)
    for name in names:
        types.add(name, None)
    types.width = len(header)
    for row in reader:
        if not row:
            continue
        if not sample.is_over:
            sample.take(names, row, type_of_text)
        yield row


def _objects(lines: _Rows, types: ColumnTypes, left: Allowance) -> Iterator[str]:
    sample = _Sample(types, left)
    for line in lines:
        if not line.strip():
            continue
        if not sample.is_over:
            row = json.loads(line)
            if not isinstance(row, dict):
                raise ValueError("a line is not a JSON object")
            sample.take(column_names(list(row)), row.values(), type_of_json)
            types.width = max(types.width, len(row))
        yield line


class _Sample:
    """Tells types from the first values, and those of columns without one from the next there is."""

    def __init__(self, types: ColumnTypes, left: Allowance) -> None:
        self._types, self._left = types, left
        self._is_begun, self._is_open = False, True
        self._waiting = frozenset[str]()

    @property
    def is_over(self) -> bool:
        return not self._is_open and not self._waiting

    def take(
        self, names: list[str], values: Iterable[Any], type_of: Callable[[Any], str | None]
    ) -> None:
        """Look at a row, the first one whatever is allowed."""
        pairs = zip(names, values, strict=False)
        if self._is_open and (self._left.look_at(len(names)) or not self._is_begun):
            self._is_begun = True
            for name, value in pairs:
                self._types.add(name, type_of(value))
            return
        if self._is_open:
            self._is_open, self._waiting = False, self._types.empty()
        found = [(name, type_of(value)) for name, value in pairs if name in self._waiting]
        for name, type_ in found:
            self._types.add(name, type_)
        if any(type_ for _, type_ in found):
            self._waiting = self._types.empty()


def _open(file: DataFile) -> TextIO:
    if file.name.lower().endswith(".gz"):
        return gzip.open(file.path, "rt", encoding="utf-8-sig", newline="")
    return file.path.open(encoding="utf-8-sig", newline="")


def _lines(file: TextIO, left: Allowance) -> Iterator[str]:
    while line := file.readline(MAX_LINE):
        if len(line) == MAX_LINE and line[-1] != "\n":
            raise ValueError(f"a line has more than {MAX_LINE:,} characters")
        left.read(len(line))
        yield line


def _joined(first: str, rest: _Rows) -> Iterator[str]:
    if first:
        yield first
    yield from rest


def _words(error: BaseException) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "it is not UTF-8"
    told = error.strerror if isinstance(error, OSError) else str(error)
    return " ".join((told or type(error).__name__).split())[:200]
