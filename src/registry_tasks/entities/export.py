"""Exports: a whole store in open formats, in a folder that describes itself."""

from datetime import datetime
from enum import StrEnum
from typing import Final, Literal

from pydantic import Field

from registry_tasks.entities.entity import Entity
from registry_tasks.entities.errors import InvalidSetting

KIND: Final = "registry-tasks export"
LAYOUT: Final = 1
"""How files and columns are laid out: docs/export.md; counts up with each change of it."""
LINES_A_CHECKPOINT: Final = 1000


class ExportFormat(StrEnum):
    """How the rows are written."""

    JSONL = "jsonl"
    PARQUET = "parquet"


def format_named(name: str) -> ExportFormat:
    """Return the format of a name. Raises InvalidSetting."""
    try:
        return ExportFormat(name)
    except ValueError:
        known = " or ".join(ExportFormat)
        raise InvalidSetting("format", name[:120], f"write {known}") from None


class ExportStore(Entity):
    """Write everything in the store to a new folder."""

    folder: str
    format: ExportFormat = ExportFormat.JSONL


class ImportStore(Entity):
    """Read an export into an empty store."""

    folder: str


class ExportedFile(Entity):
    """One table of the store in one file."""

    table: str
    file: str
    rows: int
    size_bytes: int
    sha256: str  # of the file
    checkpoints: tuple[str, ...]  # SHA-256 up to every 1,000th line, to find where an edit is
    content_sha256: str  # of the rows, whatever the format


class ExportManifest(Entity):
    """What an export holds and who wrote it; the file ``manifest.json``."""

    kind: Literal["registry-tasks export"] = "registry-tasks export"
    layout: int
    schema_version: str
    release: str  # of registry-tasks
    format: ExportFormat
    exported_at: datetime
    exported_by: str
    store: str  # where it was taken from, without a password
    files: tuple[ExportedFile, ...]
    left_out: dict[str, int] = Field(default_factory=dict)  # rows by table; older ones do not say

    @property
    def rows(self) -> dict[str, int]:
        """Rows by table."""
        return {file.table: file.rows for file in self.files}

    @property
    def size_bytes(self) -> int:
        """Of all files together."""
        return sum(file.size_bytes for file in self.files)


class StoreExported(Entity):
    """What was written where."""

    folder: str
    format: ExportFormat
    rows: dict[str, int]
    left_out: dict[str, int]  # rows by table that no export holds
    size_bytes: int


class StoreImported(Entity):
    """What was read: the two places as they may be shown, the rows of each table, what is missing."""

    folder: str
    store: str
    exported_at: datetime
    rows: dict[str, int]
    left_out: dict[str, int]  # rows by table that stayed where it was exported
