"""Raw partitions: one month of the real data, self-contained."""

import csv
from pathlib import Path

import pytest

from .conftest import RunStep

pytestmark = pytest.mark.slow


def test_a_partition_holds_its_month_and_nothing_else(april: Path) -> None:
    assert sorted(file.name for file in april.iterdir()) == [
        "flights.csv",
        "planes.csv",
        "weather.csv",
    ]
    for name, count in (("flights.csv", 28330), ("weather.csv", 2159)):
        with (april / name).open(newline="") as lines:
            rows = list(csv.DictReader(lines))
        assert len(rows) == count
        assert {(row["year"], row["month"]) for row in rows} == {("2013", "4")}


def test_a_partition_has_the_same_bytes_on_every_run(
    april: Path, step: RunStep, tmp_path: Path
) -> None:
    assert step("raw.py", "2013-04", "again", cwd=tmp_path).returncode == 0
    for file in april.iterdir():
        assert (tmp_path / "again" / file.name).read_bytes() == file.read_bytes()


def test_partitions_of_two_months_share_the_planes(
    april: Path, step: RunStep, tmp_path: Path
) -> None:
    assert step("raw.py", "2013-12", "december", cwd=tmp_path).returncode == 0
    december = tmp_path / "december"
    assert (december / "planes.csv").read_bytes() == (april / "planes.csv").read_bytes()
    assert (december / "flights.csv").read_bytes() != (april / "flights.csv").read_bytes()


@pytest.mark.parametrize("month", ["2014-13", "2013-00", "2013-4", "2013-04-01", "april", ""])
def test_what_is_no_month_is_refused(month: str, step: RunStep, tmp_path: Path) -> None:
    done = step("raw.py", month, "out", cwd=tmp_path)
    assert done.returncode == 1
    assert f"{month!r} is not a month" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_month_without_data_is_refused_and_leaves_nothing(step: RunStep, tmp_path: Path) -> None:
    done = step("raw.py", "2014-01", "out", cwd=tmp_path)
    assert done.returncode == 1
    assert "no flights of 2014-01" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_call_names_the_arguments(step: RunStep, tmp_path: Path) -> None:
    done = step("raw.py", "2013-04", cwd=tmp_path)
    assert done.returncode == 2
    assert "MONTH OUT_DIR" in done.stderr
