"""Comparing 50 versions, all that is on record of them, beside the least SQL that does a part of it."""

import itertools
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pairs import Pair
from places import settings_in
from seeding import Seed, seed

from registry_tasks import Client

MODEL = "hot"
COMPARED = 50
_METRICS = {f"metric_{k}": k / 10 for k in range(10)}


class Stores:
    """A store with many versions of one model, and a bare connection to the same file."""

    def __init__(self, folder: Path, versions: int) -> None:
        self.versions = versions
        settings = settings_in(folder)
        rows = (
            Seed(MODEL, n, {f"param_{k:02}": f"{n}-{k}" for k in range(20)}, _METRICS, {})
            for n in range(1, versions + 1)
        )
        seed(settings, rows, [])
        self.ours = Client(settings)
        self.bare = sqlite3.connect(folder / "registry.db")

    def compare_bare(self, numbers: list[int]) -> list[dict[str, dict[str, Any]]]:
        """Read metrics and parameters of versions by number, and nothing else."""
        asked = f"SELECT run_id FROM version WHERE model_id = 1 AND number IN ({_marks(numbers)})"
        ids = [i for (i,) in self.bare.execute(asked, numbers)]
        found: dict[int, dict[str, dict[str, Any]]] = {
            i: {"metric": {}, "parameter": {}} for i in ids
        }
        for table in ("metric", "parameter"):
            told = f"SELECT run_id, key, value FROM {table} WHERE run_id IN ({_marks(ids)})"
            for run, key, value in self.bare.execute(told, ids):
                found[run][table][key] = value
        return [found[i] for i in ids]

    def close(self) -> None:
        """Close both."""
        self.ours.close()
        self.bare.close()


@pytest.fixture(scope="module", params=[100, 10_000])
def stores(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stores]:
    made = Stores(tmp_path_factory.mktemp("compare"), request.param)
    yield made
    made.close()


def test_compare(pair: Pair, stores: Stores) -> None:
    step = stores.versions // COMPARED
    numbers = list(range(1, stores.versions + 1, step))[:COMPARED]
    refs = [f"{MODEL}@{number}" for number in numbers]
    found = stores.ours.compare(*refs)
    told = {row.name: row.values for row in found.rows if row.group == "metrics"}
    bare = stores.compare_bare(numbers)
    assert told == {key: tuple(one["metric"][key] for one in bare) for key in _METRICS}
    orders = itertools.cycle((refs, refs[::-1]))
    pair(
        f"compare {COMPARED} of {stores.versions} versions, all of it",
        lambda: stores.ours.compare(*next(orders)),
        lambda: stores.compare_bare(numbers),
        limit_name="3 SELECTs: metrics, parameters",
        rounds=30,
        operations=5,
    )


def _marks(values: list[int]) -> str:
    return ",".join("?" * len(values))
