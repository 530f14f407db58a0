"""Rows go into files and come out as they were, whatever is in them; the page says which columns."""

import json
import math
import re
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any, Final

import pytest
from hypothesis import given, strategies as st

from registry_tasks.entities.export import LAYOUT
from registry_tasks.stores.exports import json_lines, parquet
from registry_tasks.stores.exports.columns import TABLES, Column, Kind, beside, own_columns
from registry_tasks.stores.exports.values import UNUSUAL
from registry_tasks.stores.metadata.schema import REVISIONS

pytestmark = pytest.mark.slow

PAGE: Final = (Path(__file__).parents[2] / "docs" / "export.md").read_text()
FORMATS = pytest.mark.parametrize("form", [json_lines, parquet], ids=["jsonl", "parquet"])
TEXT: Final = st.text(st.characters(exclude_categories=["Cs"]))
PLAIN: Final = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(TEXT | st.just(UNUSUAL), inner),
)
DOCUMENT: Final = PLAIN.map(json.dumps) | st.sampled_from(
    [
        '{"a":1}',
        '{"a": 1, "a": 2}',
        "1.00",
        "1e2",
        '"\u00e9"',
        "NaN",
        '{"x": Infinity}',
        '"\\ud800"',
    ]
)
VALUES: Final = {
    Kind.INTEGER: st.integers(-(2**63), 2**63 - 1),
    Kind.NUMBER: st.floats(),
    Kind.BOOLEAN: st.booleans(),
    Kind.TEXT: TEXT,
    Kind.TIME: st.datetimes(min_value=datetime(1, 1, 2), timezones=st.just(UTC)),
    Kind.DATE: st.dates(),
    Kind.JSON: DOCUMENT,
}
OWN: Final = tuple(Column(f"{kind}", kind, True) for kind in Kind)
BESIDE: Final = (Column("in_words", Kind.TEXT, True),)
ROWS: Final = st.lists(
    st.tuples(*(st.none() | VALUES[column.kind] for column in (*OWN, *BESIDE))), max_size=5
)


def written(folder: str, form: ModuleType, rows: list[tuple[Any, ...]]) -> Path:
    path = Path(folder) / "rows"
    with closing(form.writer(path, OWN, BESIDE)) as writer:
        writer.write(rows)
        assert writer.finish().rows == len(rows)
    return path


def same(left: Any, right: Any) -> bool:
    if isinstance(left, float) and math.isnan(left):
        return isinstance(right, float) and math.isnan(right)
    return type(left) is type(right) and repr(left) == repr(right)


@FORMATS
@given(ROWS)
def test_every_value_comes_back_as_it_was(form: ModuleType, rows: list[tuple[Any, ...]]) -> None:
    with TemporaryDirectory() as folder:
        path = written(folder, form, rows)
        back = list(form.rows(path, OWN, BESIDE))
    assert [one.place for one in back] == list(range(1, len(rows) + 1))
    for one, row in zip(back, rows, strict=True):
        for found, value in zip(one.row, row[: len(OWN)], strict=True):
            assert same(_utc(found), _utc(value)), (found, value)


def _utc(value: Any) -> Any:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value


@given(ROWS)
def test_lines_are_what_any_reader_of_json_takes(rows: list[tuple[Any, ...]]) -> None:
    with TemporaryDirectory() as folder:
        content = written(folder, json_lines, rows).read_bytes().decode()
    lines = content.split("\n")
    assert lines.pop() == ""
    for line, row in zip(lines, rows, strict=True):
        found = json.loads(line, parse_constant=pytest.fail)
        assert found["integer"] == row[0]
        assert found["in_words"] == row[-1]
        assert ("json" in found) == (row[6] is not None), "left out if it was never written"


def test_big_documents_make_more_row_groups(tmp_path: Path) -> None:
    """Or a file with many of them would be one that nobody can read in parts."""
    import pyarrow.parquet as pq

    big = json.dumps("x" * 1_000_000)
    rows = [(1, None, None, None, None, None, big, None)] * 40
    path = written(str(tmp_path), parquet, rows)
    with pq.ParquetFile(path) as file:
        assert file.num_row_groups > 1
        assert file.schema_arrow.field("json").type.extension_name == "arrow.json"


def sections() -> Iterator[tuple[str, list[tuple[str, ...]]]]:
    """The page's tables: file -> name, type, refers to."""
    for name, text in re.findall(r"^### `(\w+)`\n(.*?)(?=^##|\Z)", PAGE, re.DOTALL | re.MULTILINE):
        rows = re.findall(r"^\| `(\w+)` \| ([^|]+) \|", text, re.MULTILINE)
        yield name, [(column, kind.strip()) for column, kind in rows]


def test_the_page_names_every_column_of_every_file() -> None:
    said = dict(sections())
    assert list(said) == sorted(said)
    assert said == {table.name: documented(table) for table in TABLES}


def documented(table: Any) -> list[tuple[str, str]]:
    """What the page must say of a file."""
    found = []
    for column in own_columns(table):
        refers = f", `id` of `{column.refers_to}`" if column.refers_to else ""
        found.append((column.name, column.kind + (" or none" if column.optional else "") + refers))
    more = beside(table).columns
    found += [(c.name, "text, in words" + (" or none" if c.optional else "")) for c in more]
    names = [name for name, _ in found]
    assert len(set(names)) == len(names), "a column in words has a name of its own"
    return found


def test_the_page_names_the_versions() -> None:
    assert f"layout {LAYOUT}" in PAGE
    assert f"schema `{REVISIONS[-1]}`" in PAGE
