"""Looking into data: rows, columns and types; what cannot be told is left out and never raised."""

import datetime as dt
import gzip
import json
import os
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
import pytest

from registry_tasks.stores.data import table
from registry_tasks.stores.data.column_types import type_of_text
from registry_tasks.stores.data.shapes import read_shape

CSV = (
    "day,carrier,dep_time,delay,diverted,note,at\n"
    '2013-01-01,UA,517,2.0,TRUE,"a, b",2013-01-01T05:15:00Z\n'
    '2013-01-02,B6,,-1,false,"two\nlines",2013-01-01 05:29\n'
    "\n"
    "2013-01-03,AA,533,NA,False,,\n"
)
COLUMNS = {
    "day": "date",
    "carrier": "string",
    "dep_time": "integer",
    "delay": "number",
    "diverted": "boolean",
    "note": "string",
    "at": "datetime",
}


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_a_csv_file_is_counted_by_its_rows_and_not_by_its_lines(tmp_path: Path) -> None:
    found = read_shape(write(tmp_path / "flights.csv", CSV))
    assert found == table.Table("csv", 3, COLUMNS)


@pytest.mark.parametrize("name", ["a.csv.gz", "a.CSV.GZ"])
def test_a_compressed_file_is_the_same_table(tmp_path: Path, name: str) -> None:
    found = read_shape(write(tmp_path / name, gzip.compress(CSV.encode())))
    assert (found.rows, found.columns) == (3, COLUMNS)


@pytest.mark.parametrize("mark", [";", "\t", "|"])
def test_the_delimiter_is_the_one_that_the_header_has_most(tmp_path: Path, mark: str) -> None:
    text = f"a{mark}b{mark}c\n1{mark}2,5{mark}x\n"
    found = read_shape(write(tmp_path / "a.csv", text))
    assert found.columns == {"a": "integer", "b": "string", "c": "string"}


def test_a_byte_order_mark_is_no_part_of_a_name(tmp_path: Path) -> None:
    found = read_shape(write(tmp_path / "a.tsv", "\ufeffa\tb\n1\t2\n"))
    assert found == table.Table("tsv", 1, {"a": "integer", "b": "integer"})


def test_json_lines_have_the_keys_of_all_their_rows(tmp_path: Path) -> None:
    rows = [{"a": 1, "b": "x"}, {"a": 1.5, "c": [1], "d": {"e": None}}, {"b": None, "f": True}]
    text = "\n\n".join(json.dumps(row) for row in rows) + "\n"
    found = read_shape(write(tmp_path / "a.jsonl", text))
    columns = {"a": "number", "b": "string", "c": "array", "d": "object", "f": "boolean"}
    assert found == table.Table("jsonl", 3, columns)


def test_values_that_do_not_fit_together_are_text_in_csv_and_anything_in_json(
    tmp_path: Path,
) -> None:
    csv = read_shape(write(tmp_path / "a.csv", "a\n1\nx\n"))
    lines = read_shape(write(tmp_path / "a.ndjson", '{"a": 1}\n{"a": "x"}\n'))
    assert (csv.columns, lines.columns) == ({"a": "string"}, {"a": "any"})


def test_parquet_is_read_from_its_footer(tmp_path: Path) -> None:
    made = pa.table(
        {
            "n": pa.array([1, 2, None], pa.int16()),
            "x": [0.5, 1.5, 2.5],
            "when": [dt.datetime(2013, 1, 1)] * 3,
            "day": [dt.date(2013, 1, 1)] * 3,
            "who": pa.array(["a", "b", "a"]).dictionary_encode(),
            "many": [[1], [], [2, 3]],
            "ok": [True, False, None],
            "raw": [b"x"] * 3,
        }
    )
    pyarrow.parquet.write_table(made, tmp_path / "a.parquet")
    found = read_shape(tmp_path / "a.parquet")
    assert (found.format, found.rows, found.note) == ("parquet", 3, "")
    assert list(found.columns.items()) == [
        ("n", "integer"), ("x", "number"), ("when", "datetime"), ("day", "date"),
        ("who", "string"), ("many", "array"), ("ok", "boolean"), ("raw", "any"),
    ]  # fmt: skip


def test_a_folder_of_tables_is_one_table(tmp_path: Path) -> None:
    write(tmp_path / "data" / "2013" / "01.csv", "a,b\n1,x\n2,y\n")
    write(tmp_path / "data" / "2013" / "02.csv", "a,c\n1.5,z\n")
    write(tmp_path / "data" / "_SUCCESS", "")
    write(tmp_path / "data" / ".hidden.csv", "a\n1\n")
    write(tmp_path / "data" / "README", "no table")
    found = read_shape(tmp_path / "data")
    columns = {"a": "number", "b": "string", "c": "string"}
    note = "files of 2 kinds, by their columns; rows of each: 2013/01.csv 2, 2013/02.csv 1"
    assert found == table.Table("csv", 3, columns, note)


def test_files_of_one_kind_are_added_up_without_a_word(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        write(tmp_path / f"{name}.csv", "x,y\n1,\n")
    assert read_shape(tmp_path) == table.Table(
        "csv", 3, {"x": "integer", "y": "any"}, "", frozenset("y")
    )


def test_files_of_many_kinds_are_told_in_a_line(tmp_path: Path) -> None:
    for number in range(9):
        write(tmp_path / f"{number}.csv", f"x{number // 2}\n1\n2\n")
    found = read_shape(tmp_path)
    assert found.rows == 18
    assert found.note.endswith("rows of each: 0.csv and 1 more 4, 2.csv and 1 more 4, "
                               "4.csv and 1 more 4, 6.csv and 1 more 4, 8.csv 2")  # fmt: skip
    for number in range(9):
        write(tmp_path / f"{number}.csv", f"x{number}\n1\n2\n")
    assert read_shape(tmp_path).note.endswith("3.csv 2, 4.csv 2, and 4 more")


@pytest.mark.parametrize("allowed", [0, 30, 100, 200_000])
def test_each_file_of_a_folder_is_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, allowed: int
) -> None:
    """However long the first file is, no column of another one that holds values has no type."""
    monkeypatch.setattr(table, "MAX_CELLS", allowed)
    write(tmp_path / "a.csv", "n,late,never\n" + "1,,\n" * 200 + "1,2013-01-01,\n")
    write(tmp_path / "b.csv", "what,n\n" + "NA,NA\n" * 50 + "x,1.5\ny,\n")
    found = read_shape(tmp_path)
    types = {"n": "number", "late": "date", "never": "any", "what": "string"}
    assert (found.rows, found.columns, found.empty) == (253, types, {"never"})
    write(
        tmp_path / "b.jsonl", '{"k": null, "m": null}\n' * 50 + '{"k": 1}\n{"k": true, "new": 1}\n'
    )
    found = read_shape(tmp_path / "b.jsonl")
    assert (found.rows, found.columns["k"], found.columns["m"]) == (
        52, "any" if allowed == 200_000 else "integer", "any",
    )  # fmt: skip


def test_what_fits_nowhere_stays_so_beside_other_files(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", '{"a": 1, "b": null}\n{"a": "x", "b": null}\n')
    write(tmp_path / "b.jsonl", '{"a": 1, "b": 2}\n')
    assert read_shape(tmp_path).columns == {"a": "any", "b": "integer"}


def test_a_folder_of_several_formats_has_no_rows_to_count(tmp_path: Path) -> None:
    write(tmp_path / "a.csv", "a\n1\n")
    write(tmp_path / "a.jsonl", '{"a": 1}\n')
    found = read_shape(tmp_path)
    assert (found.format, found.rows, found.columns) == ("mixed", None, {})
    assert "csv, jsonl" in found.note


def test_what_is_no_table_has_a_format_and_nothing_else(tmp_path: Path) -> None:
    assert read_shape(write(tmp_path / "w.npz", b"\0")) == table.Table("npz", None, {})
    assert read_shape(write(tmp_path / "LICENSE", "x")) == table.Table("file", None, {})
    assert read_shape(write(tmp_path / "x.Ab cd", "x")) == table.Table("file", None, {})
    (tmp_path / "empty").mkdir()
    assert read_shape(tmp_path / "empty") == table.Table("folder", None, {})
    assert read_shape(write(tmp_path / "nothing.csv", "")) == table.Table("csv", 0, {})
    assert read_shape(write(tmp_path / "top.csv", "a,b\n")).columns == {"a": "any", "b": "any"}


@pytest.mark.parametrize(
    ("name", "content", "note"),
    [
        ("a.csv", b"a,b\n1,\xff\n", "not UTF-8"),
        ("a.csv", b"\xff\xfea\0,\0b\0", "not UTF-8"),
        ("a.csv", b"a\n\"" + b"x" * 200_000 + b"\n", "field larger than field limit"),
        ("a.csv", b"a\n" + b"x" * (table.MAX_LINE + 1), "a line has more than 1,048,576 characters"),
        ("a.csv.gz", b"not gzip", "it cannot be read"),
        ("a.csv.gz", gzip.compress(b"a\n1\n", mtime=0)[:-6], "it cannot be read"),
        ("a.jsonl", b'{"a": 1}\n{"a": \n', "Expecting value"),
        ("a.jsonl", b"[1]\n", "not a JSON object"),
        ("a.jsonl", b"[" * 200_000, "it cannot be read"),
        ("a.parquet", b"PAR1 but no more", "it cannot be read"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_so(tmp_path: Path, name: str, content: bytes, note: str) -> None:
    found = read_shape(write(tmp_path / name, content))
    assert found.rows is None
    assert note in found.note
    assert str(tmp_path) not in found.note


def test_what_was_seen_before_the_fault_is_kept(tmp_path: Path) -> None:
    found = read_shape(write(tmp_path / "a.csv", b"a,b\n" + b"1,x\n" * 9999 + b"2,\xff\n"))
    assert set(found.columns) == {"a", "b"}


def test_a_file_that_is_not_there_or_no_file_is_told(tmp_path: Path) -> None:
    assert "not in the workspace" in read_shape(tmp_path / "gone.csv").note
    os.mkfifo(tmp_path / "pipe.csv")
    assert read_shape(tmp_path / "pipe.csv").rows is None


def test_more_text_than_is_allowed_leaves_rows_uncounted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table, "MAX_BYTES", 1000)
    found = read_shape(write(tmp_path / "a.csv", "a,b\n" + "1,x\n" * 1000))
    assert found.rows is None
    assert found.columns == {"a": "integer", "b": "string"}
    assert "more than 1,000 bytes" in found.note


def test_types_are_told_from_the_first_values(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table, "MAX_CELLS", 100)
    found = read_shape(write(tmp_path / "a.csv", "a\n" + "1\n" * 100 + "late\n"))
    assert (found.rows, found.columns) == (101, {"a": "integer"})


def test_wide_tables_and_long_names_are_cut_and_say_so(tmp_path: Path) -> None:
    header = ",".join(["x" * 205] * 5000)
    found = read_shape(write(tmp_path / "a.csv", header + "\n"))
    assert len(found.columns) == table.MAX_COLUMNS
    assert found.note == "the first 1,000 of 5,000 columns"
    assert list(found.columns)[:2] == ["x" * 200, "x" * 200 + ".1"]


def test_names_are_such_as_every_database_keeps(tmp_path: Path) -> None:
    found = read_shape(write(tmp_path / "a.jsonl", '{"\\ud800": 1, "\\u0000": 2, "": 3}\n'))
    assert list(found.columns) == ["?", "\N{REPLACEMENT CHARACTER}", ""]


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("1", "integer"), ("-07", "integer"), ("1" * 31, "number"), ("1e5", "number"),
        ("inf", "number"), (".5", "number"), ("1_000", "string"), ("0x1", "string"),
        ("nan", None), (" NA ", None), ("", None), ("True", "boolean"), ("yes", "string"),
        ("2013-01-01", "date"), ("2013-01-01T00:00:00.5+02:00", "datetime"),
        ("01/02/2013", "string"), ("٣", "string"),
    ],
)  # fmt: skip
def test_what_a_cell_looks_like(text: str, type_: str | None) -> None:
    assert type_of_text(text) == type_
