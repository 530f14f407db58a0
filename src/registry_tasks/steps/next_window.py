"""Choose the window of the next retraining: a month on, if the source has that month already.

Writes the parameters that params.yaml has under `data:`. Whoever has not trained yet gets the window
that is written there; whoever has trained on the last month that there is gets the same again.
"""

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

from bad_input import BadInput, run_step
from months import check_order, parse_month
from parameters import read_section
from raw import package_file


def months_there() -> frozenset[str]:
    """Return the months that the source has flights of."""
    with (
        zipfile.ZipFile(package_file("flights.csv.zip")) as archive,
        archive.open("flights.csv") as packed,
    ):
        rows = csv.reader(io.TextIOWrapper(packed, "utf-8", newline=""))
        header = next(rows)
        year_at, month_at = header.index("year"), header.index("month")
        found = {(row[year_at], row[month_at]) for row in rows}
    return frozenset(f"{int(year):04}-{int(month):02}" for year, month in found)


def month_after(month: str) -> str:
    """Return the month that follows. Raises: BadInput."""
    year, number = parse_month(month)
    return f"{year + 1:04}-01" if number == 12 else f"{year:04}-{number + 1:02}"


def next_window(trained: dict[str, Any], there: frozenset[str]) -> dict[str, Any]:
    """Return `data.months` and `data.holdout` to train with next. Raises: BadInput."""
    section = read_section("data")
    if "data.holdout" not in trained:
        return {"data.months": section["months"], "data.holdout": section["holdout"]}
    months, holdout = trained["data.months"], trained["data.holdout"]
    check_order([*months, holdout])
    following = month_after(holdout)
    if following not in there:
        return {"data.months": months, "data.holdout": holdout}
    return {"data.months": [*months[1:], holdout], "data.holdout": following}


def main(arguments: list[str]) -> None:
    """Read what was trained with, write what to train with next."""
    trained, chosen = map(Path, arguments)
    try:
        parameters = json.loads(trained.read_bytes())
    except (OSError, ValueError) as error:
        message = f"cannot read {trained}: {error}"
        raise BadInput(message) from error
    Path(chosen).write_text(json.dumps(next_window(parameters, months_there())), encoding="utf-8")


if __name__ == "__main__":
    run_step(main, "TRAINED NEXT")
