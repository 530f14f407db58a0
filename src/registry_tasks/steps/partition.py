"""Read a raw partition: one month's directory of flights.csv, weather.csv and planes.csv."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from bad_input import BadInput

# The columns that features are made from; a partition may have more.
FLIGHTS = {
    "year": "int64",
    "month": "int64",
    "day": "int64",
    "sched_arr_time": "int64",
    "arr_delay": "float64",
    "carrier": "str",
    "tailnum": "str",
    "origin": "str",
    "dest": "str",
    "air_time": "float64",
    "distance": "int64",
    "hour": "int64",
    "minute": "int64",
    "time_hour": "str",
}
WEATHER = {
    "origin": "str",
    "temp": "float64",
    "dewp": "float64",
    "humid": "float64",
    "wind_dir": "float64",
    "wind_speed": "float64",
    "precip": "float64",
    "pressure": "float64",
    "visib": "float64",
    "time_hour": "str",
}
PLANES = {"tailnum": "str", "year": "float64", "engines": "float64", "seats": "float64"}


@dataclass(frozen=True)
class Partition:
    """One month as it was published; rows in the files' order."""

    flights: pd.DataFrame
    """One row a scheduled flight, cancelled ones too (without arr_delay and air_time)."""
    weather: pd.DataFrame
    """One row an airport and hour: F, percent, degrees, mph, inches, millibar, miles."""
    planes: pd.DataFrame
    """One row a tail number."""


def read_partition(raw_dir: Path) -> Partition:
    """Read and check the three files of ``raw_dir``.

    Raises: BadInput for a missing or empty file, a missing column, a value of the wrong type,
        and for weather or planes whose key is not unique (a join would multiply flights).
    """
    if not raw_dir.is_dir():
        message = f"no raw partition at {raw_dir}: run `dvc repro` or `dvc pull`"
        raise BadInput(message)
    flights = _read_table(raw_dir / "flights.csv", FLIGHTS, key=None)
    weather = _read_table(raw_dir / "weather.csv", WEATHER, key=["origin", "time_hour"])
    planes = _read_table(raw_dir / "planes.csv", PLANES, key=["tailnum"])
    return Partition(flights, weather, planes)


def _read_table(path: Path, columns: dict[str, str], key: list[str] | None) -> pd.DataFrame:
    """Read one file with the types of ``columns``; ``key`` must be unique."""
    try:
        table = pd.read_csv(path, usecols=list(columns), dtype=columns)
    except (OSError, ValueError) as error:  # ValueError: pandas' own errors and bad encoding too
        message = f"{path} is not a table of {', '.join(columns)}: {error}"
        raise BadInput(message) from error
    if table.empty:
        message = f"{path} has no rows"
        raise BadInput(message)
    if key is not None and table.duplicated(key).any():
        message = f"{path} has more than one row for the same {' and '.join(key)}"
        raise BadInput(message)
    return table
