"""Every table of a page can be had as CSV: by the page's own address and ``format=csv``."""

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from io import StringIO
from typing import Final, NamedTuple
from urllib.parse import quote

from fastapi import Request, Response
from fastapi.responses import StreamingResponse

_FORMULA: Final = re.compile(r"[=+\-@\t\r\n|%]")
"""What spreadsheets begin a formula or a command with, after white space too."""
_UNSAFE: Final = re.compile(r"[^A-Za-z0-9._-]+")


class Table(NamedTuple):
    """A table by its name; ``rows`` reads them when they are asked for, and may page as it goes."""

    name: str
    columns: Sequence[str]
    rows: Callable[[], Iterable[Sequence[object]]]


def csv_of(request: Request, *tables: Table) -> Response | None:
    """Return a table as CSV if that is what was asked for: the first one unless ``table`` says it."""
    if request.query_params.get("format") != "csv":
        return None
    wanted = request.query_params.get("table", tables[0].name)
    table = next((t for t in tables if t.name == wanted), tables[0])
    file = _UNSAFE.sub("-", table.name).strip("-") or "table"
    headers = {"Content-Disposition": f'attachment; filename="{file}.csv"'}
    return StreamingResponse(_lines(table), media_type="text/csv; charset=utf-8", headers=headers)


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


def _lines(table: Table) -> Iterator[str]:
    yield _line(table.columns)
    for row in table.rows():
        yield _line(row)


def _line(row: Iterable[object]) -> str:
    page = StringIO()
    csv.writer(page).writerow([csv_value(value) for value in row])
    return page.getvalue()
