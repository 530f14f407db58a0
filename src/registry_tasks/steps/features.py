"""Make one row a flight that arrived: what was known before departure, and what came of it.

Weather is the observation of the scheduled hour, standing in for the forecast that one would
have before departure. Rows keep the raw partition's order.
"""

from pathlib import Path

import pandas as pd

from bad_input import BadInput, run_step
from partition import Partition, read_partition

# Name -> type as in a signature; the order is the columns' order. An int has no gaps, a float
# may be missing (unknown plane, no observation).
FEATURES = {
    "carrier": "category",
    "origin": "category",
    "dest": "category",
    "weekday": "int",  # Monday is 0
    "departure_minute": "int",  # scheduled, local, since midnight
    "arrival_minute": "int",  # scheduled, local to the destination, since midnight
    "departures_in_hour": "int",  # scheduled from the same airport in the same hour
    "distance": "int",  # miles
    "plane_age": "float",  # years
    "engines": "float",
    "seats": "float",
    "temp": "float",
    "dewp": "float",
    "humid": "float",
    "wind_dir": "float",
    "wind_speed": "float",
    "precip": "float",
    "pressure": "float",
    "visib": "float",
}
TARGETS = {"arr_delay": "int", "air_time": "int"}  # minutes
COLUMNS = {"day": "int"} | FEATURES | TARGETS

_DTYPES = {"category": "str", "int": "int64", "float": "float64"}
_HUNDREDTHS = 2  # decimals kept: finer than any instrument that measured these


def make_features(partition: Partition) -> pd.DataFrame:
    """Join flights with weather and planes; drop flights that never arrived.

    Returns: columns as ``COLUMNS``, in the flights' order.
    Raises: BadInput for a date that does not exist, for fractions of a minute, and when no
        flight arrived.
    """
    try:
        return _joined(partition)
    except ValueError as error:  # pandas names the value
        message = f"the partition holds an impossible value: {error}"
        raise BadInput(message) from error


def _joined(partition: Partition) -> pd.DataFrame:
    flights = partition.flights
    flights = flights.assign(
        departures_in_hour=flights.groupby(["origin", "time_hour"])["hour"].transform("size"),
        weekday=pd.to_datetime(flights[["year", "month", "day"]]).dt.day_of_week,
        departure_minute=flights["hour"] * 60 + flights["minute"],
        arrival_minute=flights["sched_arr_time"] // 100 * 60 + flights["sched_arr_time"] % 100,
    )
    arrived = flights.dropna(subset=["arr_delay", "air_time"])
    if arrived.empty:
        message = "no flight of the partition has both arr_delay and air_time"
        raise BadInput(message)
    planes = partition.planes.rename(columns={"year": "built"})
    joined = arrived.merge(planes, on="tailnum", how="left").merge(
        partition.weather, on=["origin", "time_hour"], how="left"
    )
    joined["plane_age"] = joined["year"] - joined["built"]
    return typed(joined[list(COLUMNS)]).round(_HUNDREDTHS)


def read_features(path: Path) -> pd.DataFrame:
    """Read what this step wrote; equal to the frame that ``make_features`` gave.

    Raises: BadInput.
    """
    dtypes = {name: _DTYPES[kind] for name, kind in COLUMNS.items()}
    try:
        table = pd.read_csv(path, dtype=dtypes)
        return typed(table[list(COLUMNS)])
    except (OSError, ValueError, KeyError) as error:
        message = f"{path} is not a table of features: {error}"
        raise BadInput(message) from error


def typed(table: pd.DataFrame) -> pd.DataFrame:
    """Give every column the type that ``COLUMNS`` says; categories are sorted by name."""
    categories = [name for name, kind in COLUMNS.items() if kind == "category"]
    dtypes = {name: _DTYPES[kind] for name, kind in COLUMNS.items() if kind != "category"}
    return table.astype(dtypes).astype(dict.fromkeys(categories, "category"))


def main(arguments: list[str]) -> None:
    """Turn a raw partition into a table of features."""
    raw_dir, out = (Path(argument) for argument in arguments)
    table = make_features(read_partition(raw_dir))
    out.parent.mkdir(parents=True, exist_ok=True)
    table.to_csv(out, index=False, lineterminator="\n", float_format="%.6g")


if __name__ == "__main__":
    run_step(main, "RAW_DIR OUT_CSV")
