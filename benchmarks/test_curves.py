"""Logging a loss curve point by point and in a batch, and reading it: beside the bare driver."""

import itertools
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from limits import BareStore
from pairs import Pair
from places import settings_in

from registry_tasks import Client
from registry_tasks.faces.sdk.logged_run import LoggedRun

_ROLLS = random.Random(0)
POINTS = [(step, _ROLLS.random()) for step in range(10_000)]
"""The batch that the harness of model registries logs."""


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    made = Client(settings_in(tmp_path / "state"))
    yield made
    made.close()


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[BareStore]:
    made = BareStore(tmp_path / "bare", 1)
    yield made
    made.close()


def read(client: Client, run: LoggedRun) -> list[tuple[int, float]]:
    (found,) = client.curves(f"run:{run.uuid}").curves
    return list(zip(found.steps, found.values, strict=True))


def test_one_point(pair: Pair, client: Client, bare: BareStore) -> None:
    run = client.log_run("hot")
    ours, limit = itertools.count(), itertools.count()
    pair(
        "log one point of a curve",
        lambda: run.log_metric("loss", 0.5, step=next(ours)),
        lambda: bare.log(1, [(next(limit), 0.5)]),
        limit_name="one transaction through sqlite3",
        rounds=20,
        operations=50,
    )
    assert read(client, run) == bare.curve(1)
    run.finish()


def test_a_batch(pair: Pair, client: Client, bare: BareStore) -> None:
    run, number = client.log_run("hot"), 0

    def next_run() -> None:
        nonlocal run, number
        run.finish()
        run, number = client.log_run("hot"), number + 1

    pair(
        "log 10,000 points of a curve in one batch",
        lambda: run.log_points("loss", POINTS),
        lambda: bare.log(number, POINTS),
        limit_name="executemany through sqlite3, no triggers",
        rounds=30,
        prepare=next_run,
    )
    assert read(client, run) == bare.curve(number) == POINTS
    run.finish()


def test_read_a_curve(pair: Pair, client: Client, bare: BareStore) -> None:
    run = client.log_run("hot")
    run.log_points("loss", POINTS)
    bare.log(1, POINTS)
    pair(
        "read a curve of 10,000 points",
        lambda: client.curves(f"run:{run.uuid}"),
        lambda: bare.curve(1),
        limit_name="one SELECT through sqlite3",
        rounds=30,
    )
    assert read(client, run) == POINTS
    run.finish()
