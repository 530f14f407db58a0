"""The shape of data on disk: a file, or a folder of files that make one table together."""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Final

from registry_tasks.stores.data.column_types import ANY, ColumnTypes
from registry_tasks.stores.data.parquet import read_parquet
from registry_tasks.stores.data.table import MAX_FILES, Allowance, DataFile, Table, width_note
from registry_tasks.stores.data.text_tables import read_csv, read_json_lines, read_tsv

FOLDER: Final = "folder"
MIXED: Final = "mixed"
OTHER: Final = "file"

_READERS: Final = MappingProxyType[str, Callable[[DataFile, Allowance], Table]](
    {
        ".csv": read_csv,
        ".csv.gz": read_csv,
        ".tsv": read_tsv,
        ".tsv.gz": read_tsv,
        ".jsonl": read_json_lines,
        ".jsonl.gz": read_json_lines,
        ".ndjson": read_json_lines,
        ".ndjson.gz": read_json_lines,
        ".parquet": read_parquet,
        ".pq": read_parquet,
    }
)
_SHOWN: Final = 5
_SUFFIX: Final = re.compile(r"\.([a-z0-9]{1,20})")


def read_shape(path: Path) -> Table:
    """Say how many rows and which columns data has; what cannot be told is left out, with a note.

    Never raises for what the data is. What ``table.py`` allows is the most that is read.
    """
    if path.is_dir():
        return read_folder({name: path / name for name in _names(path)})
    if not path.is_file():
        return Table(OTHER, None, {}, "it was not in the workspace when the run ended")
    return read_file(DataFile(path.name, path))


def is_table(name: str) -> bool:
    """Whether a file of this name is of a format whose columns can be told."""
    return _reader(name) is not None


def read_file(file: DataFile) -> Table:
    """Look into one file, as ``read_shape`` does."""
    reader = _reader(file.name)
    return _other(file.name) if reader is None else reader(file, Allowance())


def read_folder(files: Mapping[str, Path]) -> Table:
    """Look into the files of a folder by their paths in it, as ``read_shape`` does.

    Hidden ones and marks such as ``_SUCCESS`` are none.
    """
    left = Allowance()
    names = [name for name in sorted(files) if _is_shown(name) and _reader(name) is not None]
    if not names:
        return Table(FOLDER, None, {})
    kept = names[:MAX_FILES]
    tables = []
    for place, name in enumerate(kept):
        left.share(len(kept) - place)
        tables.append(_read(DataFile(name, files[name]), left))
    forms = {table.format for table in tables}
    if len(forms) > 1:
        return Table(
            MIXED, None, {}, f"it holds tables of several formats: {', '.join(sorted(forms))}"
        )
    notes = [
        f"{name}: {table.note}" for name, table in zip(names, tables, strict=False) if table.note
    ]
    if len(names) > MAX_FILES:
        notes.append(f"only {MAX_FILES:,} of {len(names):,} files were read")
    together = ColumnTypes(ANY if forms == {"jsonl"} else "string")
    for table in tables:
        for name, type_ in table.columns.items():
            together.add(name, None if name in table.empty else type_)
    counts = [table.rows for table in tables]
    is_known = len(names) <= MAX_FILES and None not in counts
    rows = sum(count or 0 for count in counts) if is_known else None
    note = _together(notes) or _kinds(kept, tables) or width_note(together.width)
    return Table(forms.pop(), rows, together.found(), note, together.empty())


def _read(file: DataFile, left: Allowance) -> Table:
    reader = _reader(file.name)
    assert reader is not None  # only such files were chosen
    return reader(file, left)


def _names(folder: Path) -> Iterator[str]:
    """Give the paths of the files below a folder; links to folders are not followed."""
    for place, _, files in os.walk(folder):
        for name in files:
            path = Path(place) / name
            if path.is_file():
                yield path.relative_to(folder).as_posix()


def _is_shown(name: str) -> bool:
    return not any(part[0] in "._" for part in PurePosixPath(name).parts)


def _reader(name: str) -> Callable[[DataFile, Allowance], Table] | None:
    suffixes = [suffix.lower() for suffix in PurePosixPath(name).suffixes]
    return _READERS.get("".join(suffixes[-2:])) or _READERS.get("".join(suffixes[-1:]))


def _other(name: str) -> Table:
    found = _SUFFIX.fullmatch(PurePosixPath(name).suffix.lower())
    return Table(found[1] if found else OTHER, None, {})


def _kinds(names: list[str], tables: list[Table]) -> str:
    """Say which files have columns of their own, with the rows of each kind."""
    kinds: dict[frozenset[str], list[tuple[str, Table]]] = {}
    for name, table in zip(names, tables, strict=True):
        kinds.setdefault(frozenset(table.columns), []).append((name, table))
    if len(kinds) == 1:
        return ""
    told = []
    for files in list(kinds.values())[:_SHOWN]:
        more = f" and {len(files) - 1} more" if len(files) > 1 else ""
        told.append(f"{files[0][0][:80]}{more} {sum(t.rows or 0 for _, t in files):,}")
    if len(kinds) > _SHOWN:
        told.append(f"and {len(kinds) - _SHOWN} more")
    return f"files of {len(kinds)} kinds, by their columns; rows of each: {', '.join(told)}"


def _together(notes: list[str]) -> str:
    more = f"; and {len(notes) - 1} files more" if len(notes) > 1 else ""
    return f"{notes[0][:400]}{more}" if notes else ""
