"""What writers and readers of both formats have in common."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from registry_tasks.stores.exports.columns import Column

Row = tuple[Any, ...]


class Written(NamedTuple):
    """A file that is finished: what it takes to prove that it is still the same."""

    rows: int
    size_bytes: int
    sha256: str
    checkpoints: tuple[str, ...]


class Numbered(NamedTuple):
    """A row and its place in the file, counted from 1."""

    place: int
    row: Row


class Malformed(Exception):
    """A place of a file does not hold what it should; ``place`` counts from 1."""

    def __init__(self, place: int, reason: str) -> None:
        super().__init__(place, reason)
        self.place, self.reason = place, reason


class Writer(Protocol):
    """Writes one file."""

    def write(self, rows: Iterable[Row]) -> None:
        """Add rows: the values of own columns, then of those beside them."""
        ...

    def finish(self) -> Written:
        """End the file and make it durable."""
        ...

    def close(self) -> None:
        """Leave it, finished or not."""
        ...


class Format(Protocol):
    """One way to write rows into files."""

    place: str
    """What a place in such a file is called."""

    def writer(self, path: Path, own: Sequence[Column], beside: Sequence[Column]) -> Writer:
        """Begin a file."""
        ...

    def rows(
        self, path: Path, own: Sequence[Column], beside: Sequence[Column]
    ) -> Iterator[Numbered]:
        """Give the own columns of each row. Raises Malformed."""
        ...
