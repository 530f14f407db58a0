"""Pieces of SQL with their values, and where the two databases differ."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final, NamedTuple

from registry_tasks.stores.metadata.query import Query


class Sql(NamedTuple):
    """Text with ``?`` placeholders, and what stands for them."""

    text: str
    values: tuple[Any, ...] = ()


TRUE: Final = Sql("TRUE")
FALSE: Final = Sql("FALSE")


def both(*pieces: Sql) -> Sql:
    """Return the condition that all of these hold."""
    return joined([p for p in pieces if p != TRUE] or [TRUE], " AND ")


def tested(condition: Sql) -> Sql:
    """Return a condition that is tested row by row and false where it is unknown: for no index."""
    return (
        condition
        if condition == TRUE
        else Sql(f"coalesce({condition.text}, FALSE)", condition.values)
    )


def joined(pieces: Iterable[Sql], between: str) -> Sql:
    """Put pieces one after the other."""
    made = list(pieces)
    return Sql(between.join(p.text for p in made), tuple(v for p in made for v in p.values))


class Engine(StrEnum):
    """Which database it is."""

    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"

    @classmethod
    def of(cls, url: str) -> "Engine":
        """Tell by a store's address."""
        return cls.SQLITE if url.startswith("sqlite:") else cls.POSTGRESQL

    def bound(self, value: Any) -> Any:
        """Return a value as the driver takes it."""
        if isinstance(value, datetime) and self is Engine.SQLITE:
            return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
        return value

    def aside(self, column: str) -> str:
        """Keep SQLite, which cannot know how many rows have a value, from looking for it first."""
        return f"+{column}" if self is Engine.SQLITE else column

    def exists(self, query: str, values: tuple[Any, ...]) -> Sql:
        """Test row by row; PostgreSQL would make a join of EXISTS, of whole tables perhaps."""
        if self is Engine.SQLITE:
            return Sql(f"EXISTS ({query})", values)
        return Sql(f"coalesce(({query} LIMIT 1), FALSE)", values)

    @contextmanager
    def in_order(self, query: Query) -> Iterator[None]:
        """Let PostgreSQL take an index in its order: of a place within ties it knows too little."""
        if self is Engine.SQLITE:
            yield
            return
        query("SELECT set_config('enable_sort', 'off', true)", ())
        yield
        query("SELECT set_config('enable_sort', 'on', true)", ())

    def like(self, what: str, pattern: str) -> Sql:
        """Match a pattern whatever the case of ASCII letters."""
        if self is Engine.SQLITE:
            return Sql(f"{what} LIKE ? ESCAPE '\\'", (pattern,))
        lower = "".join(c.lower() if c.isascii() else c for c in pattern)
        return Sql(f"lower({what} COLLATE \"C\") LIKE ? ESCAPE '\\'", (lower,))
