"""Every table of a page can be had as CSV: by the page's own address and ``format=csv``."""

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from io import StringIO
from itertools import chain, islice
from typing import Final, NamedTuple, Protocol, TypeVar
from urllib.parse import quote

from fastapi import Request, Response
from fastapi.responses import StreamingResponse

_FORMULA: Final = re.compile(r"[=+\-@\t\r\n|%]")
"""What spreadsheets begin a formula or a command with, after white space too."""
_UNSAFE: Final = re.compile(r"[^A-Za-z0-9._-]+")

Item = TypeVar("Item")
Item_co = TypeVar("Item_co", covariant=True)
Key = TypeVar("Key")


class Table(NamedTuple):
    """A table by its name; ``rows`` reads them when they are asked for, and may page as it goes."""

    name: str
    columns: Sequence[str]
    rows: Callable[[], Iterable[Sequence[object]]]


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
    rows = iter(table.rows())
    lines = _lines(table.columns, chain(tuple(islice(rows, 1)), rows))
    return StreamingResponse(lines, media_type="text/csv; charset=utf-8", headers=headers)


def csv_url(request: Request, table: str = "") -> str:
    """Return where the page's table can be had as CSV."""
    asked = request.url.remove_query_params(["cursor", "before", "after", "done"])
    asked = asked.include_query_params(format="csv", **({"table": table} if table else {}))
    return f"{quote(asked.path)}?{asked.query}"


def csv_value(value: object) -> object:
    """Write a value so that it is no formula for a spreadsheet; numbers stay numbers."""
    match value:
        case bool():
            return json.dumps(value)
        case None | int() | float():
            return value
        case datetime():
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case list() | dict() | tuple():
            return json.dumps(value, ensure_ascii=False)
    text = str(value)
    return f"'{text}" if _FORMULA.match(text.lstrip(" ")) else text


def _lines(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    yield _line(columns)
    for row in rows:
        yield _line(row)


def _line(row: Iterable[object]) -> str:
    page = StringIO()
    csv.writer(page).writerow([csv_value(value) for value in row])
    return page.getvalue()
