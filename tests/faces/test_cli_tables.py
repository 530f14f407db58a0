"""Tables in a terminal of 80 columns: what the next command needs is whole, the rest gives way."""

import re
import sys
from pathlib import Path

import pytest

from registry_tasks import Client
from registry_tasks.faces.cli.fitting import fit

from .conftest import Cli
from .test_cli_compare import in_terminal

pytestmark = pytest.mark.slow

M = "flight-delay"
LONG = "fraud-detection"
REGISTRY = Path(sys.executable).with_name("registry")
TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d(?!:)")


@pytest.fixture
def two(told: Client, tmp_path: Path) -> Client:
    """A second model beside the first, of four versions with long parameters and an alias."""
    for number in range(1, 5):
        (tmp_path / "file").write_text("x" * 1000 * number)
        months = [f"2013-{month:02}" for month in range(number, number + 6)]
        told.register(
            tmp_path / "file", model=LONG, metrics={"auc": 0.7 + number / 100},
            parameters={"data.months": months, "a.parameter.with.a.rather.long.name": number},
        )  # fmt: skip
    told.point_alias(f"{LONG}@4", "challenger")
    return told


def show(*arguments: str, columns: int = 80) -> str:
    page = in_terminal([str(REGISTRY), *arguments], columns)
    table = page.partition("no room for: ")[0].partition("older ones: ")[0].partition("more: ")[0]
    assert max(map(len, table.splitlines())) <= columns
    return page


@pytest.mark.parametrize("versions", [2, 3, 4])
def test_versions_stand_side_by_side(two: Client, versions: int) -> None:
    page = show("compare", *(f"{LONG}@{number}" for number in range(1, versions + 1)))
    assert page.count(LONG) == 1, "one table"
    (head,) = (line for line in page.splitlines() if line.startswith(LONG))
    assert head.split() == [LONG, *(f"@{number}" for number in range(1, versions + 1))]
    assert [line for line in page.splitlines() if line.strip() == "parameters"] == ["parameters"]
    assert "2.0 KiB" in page
    assert "size_bytes" not in page
    for month in ("2013-01", "2013-03", f"2013-{versions + 2:02}"):
        assert month in page, "a long cell wraps"
    assert "…" in page, "a very long one is cut short besides"


def test_names_keys_and_places_are_whole(two: Client) -> None:
    runs = [two.resolve(f"{LONG}@{number}").run for number in range(1, 5)]
    for arguments in (("runs", LONG), ("search", "runs", "--model", LONG)):
        page = show(*arguments)
        assert [run for run in runs if run not in page] == []
        assert [n for n in range(1, 5) if f"{LONG}@{n}" not in page] == []
        assert "no room for: " in page
    page = show("search", "metrics.auc > 0.5", "--order-by", "metrics.auc desc")
    assert all(word in page for word in (M, LONG, "production", "staging", "challenger"))
    assert "0.74" in page
    page = show("models")
    assert "challenger: 4" in page.replace("\n", "")


@pytest.mark.parametrize("arguments", [("versions", M), ("runs", M), ("history", M)])
def test_a_row_is_one_line_and_so_is_its_time(two: Client, arguments: tuple[str, ...]) -> None:
    head, rule, *rows = show(*arguments).splitlines()
    assert " UTC" in head
    assert set(rule) <= {"─", "-"}
    rows = [row for row in rows if not row.startswith(("no room", "older"))]
    assert len(rows) >= 3
    assert [row for row in rows if not TIME.search(row)] == []


def test_what_is_piped_is_all_there(two: Client, cli: Cli) -> None:
    page = cli("runs", LONG).out
    assert all(name in page for name in ("experiment", "seconds", "failure", "tester"))
    assert "no room for" not in page
    assert "…" not in cli("history", LONG).out


def test_a_wide_terminal_has_room_for_all(two: Client) -> None:
    assert "no room for" not in show("runs", LONG, columns=200)


@pytest.mark.parametrize(
    ("room", "fitted"),
    [
        (64, [20, 20, 20]),
        (60, [20, 20, 16]),
        (55, [20, 20, 11]),
        (54, [20, 19, 11]),
        (46, [20, 11, 11]),
        (45, [20, 20, 0]),
        (41, [20, 19, 0]),
        (33, [20, 11, 0]),
        (32, [20, 0, 0]),
        (9, [20, 0, 0]),
    ],
)
def test_the_least_weighty_gives_way_first(room: int, fitted: list[int]) -> None:
    assert fit([20, 20, 20], [20, 11, 11], [2, 1], room) == fitted
