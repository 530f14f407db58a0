"""Registering, resolving, promoting, starting: each beside the least that could be done."""

import itertools
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from limits import RESOLVE, BareStore
from pairs import Pair
from places import commit_policy, settings_in
from seeding import Seed, Target, seed

from registry_tasks import Client
from registry_tasks.stores.artifacts.remote import open_remote

MODEL = "hot"
ALIAS = f"{MODEL}@champion"
POLICY = """\
registry:
  models:
    hot:
      stages:
        staging: [{gate: metric, metric: metric_0, at_least: 0}]
        production: [{gate: metric, metric: metric_0, at_least: 0}]
      aliases: {current: production}
"""
_BODY = random.Random(0).randbytes(100_000)
_METRICS = {f"metric_{k}": k / 10 for k in range(10)}
_TAGS = {f"tag_{k}": f"value {k}" for k in range(5)}


class Stores:
    """A store of ours and a bare one, each with as many versions of one model."""

    def __init__(self, folder: Path, versions: int, project: Path | None = None) -> None:
        self.versions = versions
        self.state = folder / "state"
        settings = settings_in(self.state, project)
        rows = (
            Seed(MODEL, number, _parameters(number), _METRICS, _TAGS)
            for number in range(1, versions + 1)
        )
        seed(settings, rows, [Target(MODEL, "champion", versions // 2 + 1)])
        open_remote(settings).create()
        self.ours = Client(settings)
        self.bare = BareStore(folder / "bare", versions)

    def close(self) -> None:
        self.ours.close()
        self.bare.close()


@pytest.fixture(scope="module", params=[10, 10_000])
def stores(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stores]:
    made = Stores(tmp_path_factory.mktemp("stores"), request.param)
    yield made
    made.close()


@pytest.fixture
def ruled(tmp_path: Path) -> Iterator[Stores]:
    """Two versions under a policy, which is read from a Git checkout."""
    project = tmp_path / "project"
    commit_policy(project, POLICY)
    made = Stores(tmp_path, 2, project)
    yield made
    made.close()


def test_resolve(pair: Pair, stores: Stores) -> None:
    assert stores.ours.resolve(ALIAS).number == stores.bare.resolve("champion")
    pair(
        f"resolve an alias, {stores.versions} versions",
        lambda: stores.ours.resolve(ALIAS),
        lambda: stores.bare.resolve("champion"),
        limit_name="one SELECT through sqlite3",
        rounds=30,
        operations=300,
    )


def test_register(pair: Pair, stores: Stores, tmp_path: Path) -> None:
    file, turn = tmp_path / "model.bin", itertools.count()
    content = b""

    def next_file() -> None:
        nonlocal content
        content = next(turn).to_bytes(8, "big") + _BODY
        file.write_bytes(content)

    def ours() -> None:
        stores.ours.register(
            file, model=MODEL, parameters={"content": content[:8].hex()} | _parameters(0),
            metrics=_METRICS, tags=_TAGS,
        )  # fmt: skip

    entries: dict[str, dict[str, object]] = {
        "parameter": {**_parameters(0)}, "metric": {**_METRICS}, "tag": {**_TAGS}
    }  # fmt: skip
    pair(
        f"register 100 kB, {stores.versions} versions",
        ours,
        lambda: stores.bare.register(content, entries),
        limit_name="one synced file and one transaction",
        rounds=200,
        prepare=next_file,
    )
    assert stores.ours.resolve(f"{MODEL}@latest").number >= stores.versions + 200


def test_move_an_alias(pair: Pair, stores: Stores) -> None:
    ours, bare = itertools.cycle((1, 2)), itertools.cycle((1, 2))
    pair(
        f"move an alias, {stores.versions} versions",
        lambda: stores.ours.point_alias(f"{MODEL}@{next(ours)}", "candidate"),
        lambda: stores.bare.point("candidate", next(bare)),
        limit_name="one transaction, no history",
        rounds=200,
    )


def test_promote_without_gates(pair: Pair, stores: Stores) -> None:
    ours, bare = itertools.cycle((1, 2)), itertools.cycle((1, 2))
    pair(
        f"promote to staging: no gate, history, event, {stores.versions} versions",
        lambda: stores.ours.promote(f"{MODEL}@{next(ours)}", "staging"),
        lambda: stores.bare.point("staging", next(bare)),
        limit_name="one transaction, no history",
        rounds=200,
    )


def test_promote(pair: Pair, ruled: Stores) -> None:
    turns = itertools.cycle((1, 2))
    candidate = 0

    def to_staging() -> None:
        nonlocal candidate
        candidate = next(turns)
        ruled.ours.promote(f"{MODEL}@{candidate}", "staging")

    pair(
        "promote to production: gate, evidence, alias",
        lambda: ruled.ours.promote(f"{MODEL}@{candidate}", "production"),
        lambda: ruled.bare.point("production", candidate),
        limit_name="one transaction, no history",
        rounds=50,
        prepare=to_staging,
    )
    assert ruled.ours.resolve(f"{MODEL}@production").number == candidate


def test_start(pair: Pair, stores: Stores) -> None:
    wanted = f"{stores.ours.resolve(ALIAS).number}\n"
    ours = (
        "from registry_tasks import connect;"
        f"print(connect({str(stores.state)!r}).resolve({ALIAS!r}).number)"
    )
    query = " ".join(RESOLVE.split())
    bare = (
        f"import sqlite3; db = sqlite3.connect({str(stores.bare.database)!r});"
        f"print(db.execute({query!r}, ('champion', {MODEL!r})).fetchone()[0])"
    )
    pair(
        f"start Python and resolve, {stores.versions} versions",
        lambda: _run(ours, wanted),
        lambda: _run(bare, wanted),
        limit_name="python with sqlite3 alone",
        rounds=10,
    )


def _parameters(number: int) -> dict[str, str]:
    return {f"parameter_{k}": f"{number}-{k}" for k in range(10)}


def _run(code: str, wanted: str) -> None:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == wanted
