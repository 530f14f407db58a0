"""Features: what was known before departure, from a partition that is checked first."""

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from .conftest import RunStep

pytestmark = pytest.mark.slow


@pytest.fixture
def features(step_modules: None) -> Any:
    return importlib.import_module("features")


def edited(path: Path, change: Callable[[pd.DataFrame], pd.DataFrame]) -> None:
    change(pd.read_csv(path, dtype=str, keep_default_na=False)).to_csv(path, index=False)


def test_flights_that_never_arrived_are_dropped_and_the_order_stays(
    features: Any, april: Path
) -> None:
    flights = pd.read_csv(april / "flights.csv")
    table = features.make_features(features.read_partition(april))
    arrived = flights.dropna(subset=["arr_delay"])
    assert 0 < len(arrived) < len(flights)
    assert table["arr_delay"].tolist() == arrived["arr_delay"].tolist()
    assert table["distance"].tolist() == arrived["distance"].tolist()


def test_no_input_knows_what_happened_after_the_scheduled_departure(
    features: Any, partition: Path
) -> None:
    before = features.make_features(features.read_partition(partition))
    told_later = ["dep_time", "dep_delay", "arr_time", "arr_delay", "air_time"]
    edited(
        partition / "flights.csv",
        lambda flights: flights.assign(
            **{name: flights[name].where(flights["arr_delay"] == "NA", "1") for name in told_later}
        ),
    )
    after = features.make_features(features.read_partition(partition))
    inputs = list(features.FEATURES)
    pd.testing.assert_frame_equal(before[inputs], after[inputs])
    assert not before["arr_delay"].equals(after["arr_delay"])


def test_weather_is_of_the_scheduled_hour_at_the_airport(features: Any, april: Path) -> None:
    # 2013-04-01 05:00 US529 EWR: weather.csv says 44.96 F and 10.36 mph from 240 degrees at 09 UTC.
    first = features.make_features(features.read_partition(april)).iloc[0]
    assert (first["origin"], first["departure_minute"]) == ("EWR", 300)
    assert (first["temp"], first["wind_speed"], first["wind_dir"]) == (44.96, 10.36, 240)


def test_the_written_table_is_read_back_equal(
    features: Any, april: Path, step: RunStep, tmp_path: Path
) -> None:
    """So a version that is scored from raw data sees what its evaluation saw."""
    assert step("features.py", april, "april.csv", cwd=tmp_path).returncode == 0
    made = features.make_features(features.read_partition(april))
    pd.testing.assert_frame_equal(features.read_features(tmp_path / "april.csv"), made)


@pytest.mark.parametrize("name", ["flights.csv", "weather.csv", "planes.csv"])
@pytest.mark.parametrize(
    "damage",
    [
        Path.unlink,
        lambda path: path.write_text(""),
        lambda path: path.write_text(path.read_text().splitlines()[0] + "\n"),
        lambda path: path.write_bytes(b"\xff\xfe\x00garbage"),
        lambda path: edited(path, lambda table: table.iloc[:, 1:].iloc[:, :-1]),
    ],
    ids=["missing", "empty", "only a header", "garbage", "columns lost"],
)
def test_a_damaged_partition_is_refused(
    features: Any, partition: Path, name: str, damage: Callable[[Path], object]
) -> None:
    damage(partition / name)
    with pytest.raises(importlib.import_module("bad_input").BadInput, match=name):
        features.read_partition(partition)


def test_a_second_row_for_a_plane_is_refused(features: Any, partition: Path) -> None:
    """A join would count its flights twice."""
    edited(partition / "planes.csv", lambda planes: pd.concat([planes, planes.iloc[:1]]))
    with pytest.raises(importlib.import_module("bad_input").BadInput, match="more than one row"):
        features.read_partition(partition)


def test_a_date_that_does_not_exist_is_refused(features: Any, partition: Path) -> None:
    edited(partition / "flights.csv", lambda flights: flights.assign(day="31"))
    read = features.read_partition(partition)
    with pytest.raises(importlib.import_module("bad_input").BadInput, match="impossible"):
        features.make_features(read)


def test_a_word_among_numbers_ends_the_step_with_a_sentence(
    step: RunStep, partition: Path, tmp_path: Path
) -> None:
    edited(partition / "flights.csv", lambda flights: flights.assign(distance="far"))
    done = step("features.py", partition, "out.csv", cwd=tmp_path)
    assert done.returncode == 1
    assert "flights.csv" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out.csv").exists()


def test_a_missing_partition_ends_the_step_with_the_way_out(step: RunStep, tmp_path: Path) -> None:
    done = step("features.py", "nowhere", "out.csv", cwd=tmp_path)
    assert done.returncode == 1
    assert "no raw partition at nowhere: run `dvc repro`" in done.stderr
