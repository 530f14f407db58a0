"""Every table of a page can be had as CSV: by the page's own address and ``format=csv``."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from io import StringIO
from itertools import chain, islice
from typing import Final, NamedTuple, Protocol, TypeVar
from urllib.parse import quote

from fastapi import Request, Response
from fastapi.responses import StreamingResponse

from registry_tasks.faces.csv_value import csv_value

_UNSAFE: Final = re.compile(r"[^A-Za-z0-9._-]+")

Item = TypeVar("Item")
Item_co = TypeVar("Item_co", covariant=True)
Key = TypeVar("Key")


class Table(NamedTuple):
    """A table by its name; ``rows`` reads them when they are asked for, and may page as it goes.

    So does ``columns``, where it takes a look at what is found to tell them.
    """

    name: str
    columns: Sequence[str] | Callable[[], Sequence[str]]
    rows: Callable[[], Iterable[Sequence[object]]]


class Named(Protocol):
    """What a search found, with the values that filter and order name."""

    @property
    def values(self) -> Mapping[str, object]: ...


class Found(Protocol[Item_co]):
    """A page of a search, with the cursor of the one after it."""

    @property
    def items(self) -> Sequence[Item_co]: ...
    @property
    def next(self) -> str | None: ...


def each(ask: Callable[[Key | None], Sequence[Item]], key: Callable[[Item], Key]) -> Iterator[Item]:
    """Read a list to its end; ``ask`` is given the last one's ``key``, None for the first page."""
    last: Key | None = None
    while found := ask(last):
        yield from found
        last = key(found[-1])


def each_found(search: Callable[[str | None], Found[Item]]) -> Iterator[Item]:
    """Read what a search finds to its end; ``search`` is given a cursor, None for the first page."""
    found = search(None)
    yield from found.items
    while found.next is not None:
        found = search(found.next)
        yield from found.items


def values_of(found: Iterable[Named]) -> tuple[str, ...]:
    """Return the names of the values that stand beside what was found."""
    return tuple(dict.fromkeys(name for item in found for name in item.values))


def csv_of(request: Request, *tables: Table) -> Response | None:
    """Return a table as CSV if that is what was asked for: the first one unless ``table`` says it.

    Raises whatever its first row does: once an answer has begun, nobody could be told.
    """
    if request.query_params.get("format") != "csv":
        return None
    wanted = request.query_params.get("table", tables[0].name)
    table = next((t for t in tables if t.name == wanted), tables[0])
    file = _UNSAFE.sub("-", table.name).strip("-") or "table"
    headers = {"Content-Disposition": f'attachment; filename="{file}.csv"'}
    columns = table.columns() if callable(table.columns) else table.columns
    rows = iter(table.rows())
    lines = _lines(columns, chain(tuple(islice(rows, 1)), rows))
    return StreamingResponse(lines, media_type="text/csv; charset=utf-8", headers=headers)


def csv_url(request: Request, table: str = "") -> str:
    """Return where the page's table can be had as CSV."""
    asked = request.url.remove_query_params(["cursor", "before", "after", "done"])
    asked = asked.include_query_params(format="csv", **({"table": table} if table else {}))
    return f"{quote(asked.path)}?{asked.query}"


def _lines(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    yield _line(columns)
    for row in rows:
        yield _line(row)


def _line(row: Iterable[object]) -> str:
    page = StringIO()
    csv.writer(page).writerow([csv_value(value) for value in row])
    return page.getvalue()
