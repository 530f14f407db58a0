"""The manifest of an export: what each file holds, and whether it still does."""

import json
from pathlib import Path
from types import ModuleType
from typing import Any, Final, cast

from pydantic import ValidationError

from registry_tasks.entities.errors import (
    ExportDamaged,
    ExportNewer,
    ExportOlder,
    InvalidArtifact,
    NotAnExport,
)
from registry_tasks.entities.export import (
    KIND,
    LAYOUT,
    ExportedFile,
    ExportFormat,
    ExportManifest,
)
from registry_tasks.stores.artifacts.digests import digest_file
from registry_tasks.stores.artifacts.writing import write_bytes
from registry_tasks.stores.exports import json_lines, parquet
from registry_tasks.stores.exports.columns import TABLES, beside, own_columns
from registry_tasks.stores.exports.files import Format, Malformed, Written
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.schema import REVISIONS

NAME: Final = "manifest.json"
_BIGGEST: Final = 1 << 28
_FORMATS: Final[dict[ExportFormat, ModuleType]] = {
    ExportFormat.JSONL: json_lines,
    ExportFormat.PARQUET: parquet,
}


def format_of(name: ExportFormat) -> Format:
    """Return what writes and reads a format."""
    return cast("Format", _FORMATS[name])


def file_name(table: str, form: ExportFormat) -> str:
    """Say in which file a table is."""
    return f"{table}.{form}"


def write_manifest(folder: Path, manifest: ExportManifest) -> None:
    """Write the manifest, durably."""
    content = manifest.model_dump_json(indent=1).encode() + b"\n"
    write_bytes(content, folder / NAME, folder)


def read_manifest(folder: Path) -> ExportManifest:
    """Read the manifest of an export that this release can read.

    Raises: NotAnExport, ExportNewer, ExportOlder, ExportDamaged.
    """
    document = _document(folder)
    if not isinstance(document, dict) or document.get("kind") != KIND:
        raise NotAnExport(str(folder), f"its {NAME} is not of an export")
    layout, schema = document.get("layout"), document.get("schema_version")
    if not isinstance(layout, int) or not isinstance(schema, str):
        raise ExportDamaged(NAME, "", "it does not say its layout and schema")
    if layout > LAYOUT or schema not in REVISIONS:
        raise ExportNewer(str(folder), f"layout {layout} and schema {schema}", REVISIONS[-1])
    if schema != REVISIONS[-1]:
        raise ExportOlder(str(folder), schema, REVISIONS[-1], str(document.get("release")))
    try:
        manifest = ExportManifest.model_validate(document)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise ExportDamaged(NAME, where, first["msg"]) from error
    expected = [(table.name, file_name(table.name, manifest.format)) for table in TABLES]
    if [(file.table, file.file) for file in manifest.files] != expected:
        raise ExportDamaged(NAME, "files", "it does not name each table's file once, in order")
    return manifest


def check_files(folder: Path, manifest: ExportManifest) -> None:
    """Hash every file. Raises ExportDamaged, naming file and place."""
    for file in manifest.files:
        path = folder / file.file
        try:
            found = digest_file(path)
        except FileNotFoundError:
            raise ExportDamaged(file.file, "", "the file is missing") from None
        except InvalidArtifact as error:
            raise ExportDamaged(file.file, "", error.reason) from None
        if (found.sha256, found.size_bytes) != (file.sha256, file.size_bytes):
            raise _told_where(path, file, manifest.format)


def _told_where(path: Path, file: ExportedFile, form: ExportFormat) -> ExportDamaged:
    table = t.metadata.tables[file.table]
    columns = own_columns(table), beside(table).columns
    where = ""
    try:
        if form is ExportFormat.JSONL:
            expected = Written(file.rows, file.size_bytes, file.sha256, file.checkpoints)
            where = json_lines.find_change(path, *columns, expected)
        else:
            for _ in format_of(form).rows(path, *columns):
                pass
    except Malformed as error:
        return damaged(file.file, form, error)
    return ExportDamaged(file.file, where, "it is not what was exported")


def damaged(name: str, form: ExportFormat, error: Malformed) -> ExportDamaged:
    """Say where a file cannot be read."""
    where = f"{format_of(form).place} {error.place}" if error.place else ""
    return ExportDamaged(name, where, error.reason)


def _document(folder: Path) -> Any:
    path = folder / NAME
    try:
        if path.stat().st_size > _BIGGEST:
            raise NotAnExport(str(folder), f"its {NAME} is too big for one")
        return json.loads(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        raise NotAnExport(str(folder), f"there is no {NAME} in it") from None
    except (ValueError, RecursionError) as error:
        raise ExportDamaged(NAME, "", f"no JSON: {error}") from None
    except OSError as error:
        raise NotAnExport(str(folder), error.strerror or str(error)) from None
