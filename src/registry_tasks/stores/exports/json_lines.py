"""JSON Lines: an object a row, its keys in the order of the columns."""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO, Final

from registry_tasks.entities.export import LINES_A_CHECKPOINT
from registry_tasks.stores.artifacts.digests import open_regular
from registry_tasks.stores.exports import values
from registry_tasks.stores.exports.columns import Column, Kind
from registry_tasks.stores.exports.files import Malformed, Numbered, Row, Written

_LONGEST: Final = 1 << 27  # bytes of a line: more than any row can be
place: Final = "line"


class JsonLinesWriter:
    """Writes one file; hashes it meanwhile."""

    def __init__(self, path: Path, columns: Sequence[Column]) -> None:
        self._file = path.open("xb")
        self._columns = [
            (f'"{c.name}": ', values.written(c.kind), c.kind is Kind.JSON) for c in columns
        ]
        self._hash = hashlib.sha256()
        self._rows, self._size = 0, 0
        self._checkpoints: list[str] = []

    def write(self, rows: Iterable[Row]) -> None:
        """Add rows."""
        for row in rows:
            line = self._line(row).encode()
            self._file.write(line)
            self._hash.update(line)
            self._rows += 1
            self._size += len(line)
            if self._rows % LINES_A_CHECKPOINT == 0:
                self._checkpoints.append(self._hash.hexdigest())

    def finish(self) -> Written:
        """End the file and make it durable."""
        self._file.flush()
        os.fsync(self._file.fileno())
        digest = self._hash.hexdigest()
        return Written(self._rows, self._size, digest, tuple(self._checkpoints))

    def close(self) -> None:
        """Leave the file."""
        self._file.close()

    def _line(self, row: Row) -> str:
        """Write a row. A document that was never written is left out, one that is null is null."""
        parts = []
        for (key, write, is_json), value in zip(self._columns, row, strict=True):
            if value is not None:
                parts.append(key + write(value))
            elif not is_json:
                parts.append(key + "null")
        return "{" + ", ".join(parts) + "}\n"


def writer(path: Path, own: Sequence[Column], beside: Sequence[Column]) -> JsonLinesWriter:
    """Begin a file."""
    return JsonLinesWriter(path, (*own, *beside))


def rows(path: Path, own: Sequence[Column], beside: Sequence[Column]) -> Iterator[Numbered]:
    """Give the own columns of each row. Raises Malformed."""
    parse = _Parser(own, beside)
    with open_regular(path) as raw, os.fdopen(os.dup(raw.fileno()), "rb") as file:
        for number, line in enumerate(_lines(file), start=1):
            yield Numbered(number, parse(number, line))


def find_change(
    path: Path, own: Sequence[Column], beside: Sequence[Column], expected: Written
) -> str:
    """Say where a file that is not as it was written has been changed, as narrowly as is known.

    Raises Malformed if a line tells.
    """
    parse, digest, number = _Parser(own, beside), hashlib.sha256(), 0
    with open_regular(path) as raw, os.fdopen(os.dup(raw.fileno()), "rb") as file:
        for number, line in enumerate(_lines(file), start=1):
            parse(number, line)
            digest.update(line)
            if number % LINES_A_CHECKPOINT == 0:
                so_far = expected.checkpoints[number // LINES_A_CHECKPOINT - 1 :][:1]
                if so_far and so_far[0] != digest.hexdigest():
                    return f"lines {number - LINES_A_CHECKPOINT + 1} to {number}"
    if number != expected.rows:
        raise Malformed(number, f"it ends here, but had {expected.rows} lines")
    return f"lines {number - number % LINES_A_CHECKPOINT + 1} to {number}"


class _Parser:
    def __init__(self, own: Sequence[Column], beside: Sequence[Column]) -> None:
        self._own = [(c, values.read(c.kind)) for c in own]
        self._needed = {c.name for c in (*own, *beside) if c.kind is not Kind.JSON}
        self._known = {c.name for c in (*own, *beside)}

    def __call__(self, number: int, line: bytes) -> Row:
        if not line.endswith(b"\n"):
            raise Malformed(number, "it ends in the middle of a row")
        try:
            found = _DECODER.decode(line.decode())
        except (ValueError, RecursionError) as error:
            raise Malformed(number, f"no JSON: {error}") from None
        if not isinstance(found, dict):
            raise Malformed(number, "no object of JSON")
        if not self._needed <= found.keys() <= self._known:
            odd = sorted((self._needed - found.keys()) | (found.keys() - self._known))
            raise Malformed(number, f"column {odd[0]!r} is missing or not known")
        return tuple(self._value(number, found, column, read) for column, read in self._own)

    @staticmethod
    def _value(number: int, found: dict[str, Any], column: Column, read: Any) -> Any:
        value = found.get(column.name)
        if column.kind is Kind.JSON:
            missing = column.name not in found
        else:
            missing = value is None
        if missing:
            if not column.optional:
                raise Malformed(number, f"column {column.name!r} has no value")
            return None
        try:
            return read(value)
        except values.WrongValue as error:
            raise Malformed(number, f"column {column.name!r} holds {error}") from None


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not in JSON")


_DECODER: Final = json.JSONDecoder(parse_constant=_refuse)


def _lines(file: BinaryIO) -> Iterator[bytes]:
    while line := file.readline(_LONGEST):
        yield line
