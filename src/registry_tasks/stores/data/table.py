"""What looking into a file came to, and how far it may go."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

MAX_BYTES: Final = 1 << 30
"""Text that is read to count the rows of one state of a dataset; with more, they stay unknown."""
MAX_CELLS: Final = 200_000
"""Values from whose looks the types of columns are told."""
MAX_COLUMNS: Final = 1_000
MAX_COLUMN_NAME: Final = 200
MAX_FILES: Final = 10_000
MAX_LINE: Final = 1 << 20
"""Characters; a longer line is no line of a table."""


class Table(NamedTuple):
    """Rows and columns of a file; ``note`` says what is missing and why."""

    format: str
    rows: int | None
    columns: dict[str, str]  # name -> type
    note: str = ""
    empty: frozenset[str] = frozenset()
    """Columns without a value."""


class DataFile(NamedTuple):
    """A file with the name that tells its format: in a cache it lies under another one."""

    name: str
    path: Path


class TooMuch(Exception):
    """There is more to read than may be read."""


@dataclass
class Allowance:
    """What is left to read of one state of a dataset."""

    bytes_left: int = field(default_factory=lambda: MAX_BYTES)
    cells_left: int = field(default_factory=lambda: MAX_CELLS)
    cells_later: int = 0

    def read(self, size: int) -> None:
        """Take some bytes. Raises TooMuch."""
        self.bytes_left -= size
        if self.bytes_left < 0:
            raise TooMuch(f"more than {MAX_BYTES:,} bytes of text")

    def share(self, files: int) -> None:
        """Leave the next of so many files its part of the values; what it does not need goes on."""
        cells = max(self.cells_left, 0) + self.cells_later
        self.cells_left = cells // files
        self.cells_later = cells - self.cells_left

    def look_at(self, cells: int) -> bool:
        """Take a row's cells; False when types have been told from enough of them."""
        self.cells_left -= cells
        return self.cells_left >= 0


def column_names(header: list[str]) -> list[str]:
    """Return names as they are kept: storable, no longer than allowed, no two alike."""
    names: dict[str, None] = {}
    for column in header[:MAX_COLUMNS]:
        name = column.encode(errors="replace").decode().replace("\0", "\N{REPLACEMENT CHARACTER}")
        name = name[:MAX_COLUMN_NAME]
        count, first = 0, name
        while name in names:
            count += 1
            name = f"{first}.{count}"
        names[name] = None
    return list(names)


def width_note(columns: int) -> str:
    """Say that not all columns are kept, if so."""
    return f"the first {MAX_COLUMNS:,} of {columns:,} columns" if columns > MAX_COLUMNS else ""
