"""P23: clocks do not matter. What is recorded is what a clock said; what counts is the sequence."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest
import sqlalchemy as sa
from support.gto import gto
from support.processes import together
from support.replay import replay
from support.trials import Trial
from support.wandering import DAY_S, wander
from support.world import World

from registry_tasks.entities.event import EventKind
from registry_tasks.entities.registration import RegisterRun
from registry_tasks.registry.care.examine import examine
from registry_tasks.registry.catalogue.register import register
from registry_tasks.registry.catalogue.show import list_runs, list_versions, show
from registry_tasks.registry.ledger.mirror import sync
from registry_tasks.stores.metadata import store

pytestmark = pytest.mark.slow
VERSIONS: Final = 4
BEGINNINGS: Final = (
    datetime(2016, 12, 31, 23, 59, 58, tzinfo=UTC),  # a leap second: 23:59:59 comes twice
    datetime(2026, 10, 25, 0, 59, 58, tzinfo=UTC),  # 02:59 in Berlin, which comes twice
    datetime(2028, 2, 29, 23, 59, 58, tzinfo=UTC),
)
EVERY: Final = ("--assignments-per-version", "-1", "--versions-per-stage", "-1")
LIBRARY: Final = "libfaketimeMT.so.1"


class Clock(datetime):
    """The application's clock: it goes on by itself, and jumps where it is set."""

    began: datetime = datetime(2026, 1, 1, tzinfo=UTC)
    started = time.monotonic()
    offset_s = 0.0

    @classmethod
    def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
        gone = time.monotonic() - Clock.started
        return Clock.began + timedelta(seconds=gone + Clock.offset_s)

    @classmethod
    def set(cls, offset_s: float) -> None:
        Clock.offset_s = offset_s


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Clock]]:
    """The one place that reads the clock for the store, in a zone with summer time."""
    monkeypatch.setattr(store, "datetime", Clock)
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    Clock.started, Clock.offset_s = time.monotonic(), 0
    yield Clock
    monkeypatch.delenv("TZ")
    time.tzset()


def test_order_and_stages_hold_while_one_clock_jumps(
    world: World, trial: Trial, clock: type[Clock], statements: list[str]
) -> None:
    steps, chance = trial.size(12, 80), Random(trial.seed)
    make_versions(world)
    changed, jumped_back = 0, 0
    for turn, clock.began in enumerate(BEGINNINGS):
        seen = len(world.history())
        changed += wander(world, chance.randint(0, 1 << 30), steps, clock.set)
        for event in world.history()[seen:]:  # what is recorded is what the clock said
            assert abs(event.at - clock.began) < timedelta(days=1, hours=1), turn
        times = [event.at for event in world.history()]
        jumped_back += sum(new < old for old, new in pairwise(times))
    assert jumped_back > 0

    check(world)
    asks_the_time = re.compile(r"\bnow\s*\(|current_time|clock_timestamp|strftime|julianday")
    assert statements and not [s for s in statements if asks_the_time.search(s.lower())]
    report(trial, world, f"1 process, {changed} changes", f"{jumped_back} times back")


def test_order_and_stages_hold_between_processes_whose_clocks_differ(
    world: World, trial: Trial, clock: type[Clock]
) -> None:
    processes, steps = trial.size(4, 8), trial.size(8, 40)
    make_versions(world)
    world.close()

    changed = together(processes, lambda n: wander(world, trial.seed + n, steps, clock.set), 600)

    check(world)
    report(trial, world, f"{processes} processes, {sum(changed)} changes", "")


@pytest.mark.gate
def test_order_and_stages_hold_under_libfaketime(
    world: World, trial: Trial, tmp_path: Path
) -> None:
    """The whole process believes the time that libfaketime tells it."""
    found = sorted(Path("/usr/lib").glob(f"*/faketime/{LIBRARY}"))
    if not found:
        pytest.skip("needs libfaketime: apt-get install faketime")
    make_versions(world)
    world.close()
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "support.wandering", str(world.folder), world.store_url,
             str(trial.seed + number), str(trial.size(5, 25)), str(tmp_path / f"clock-{number}")],
            env={**os.environ, **faked(found[0], tmp_path / f"clock-{number}")},
            cwd=Path(__file__).parents[1],
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(4)
    ]  # fmt: skip
    told = [process.communicate(timeout=900)[0] for process in running]
    assert [process.returncode for process in running] == [0] * len(running)

    check(world)
    changed = sum(map(int, told))
    report(trial, world, f"4 processes under libfaketime, {changed} changes", "")


def test_what_is_listed_is_in_the_order_it_happened(world: World, clock: type[Clock]) -> None:
    """With a clock that runs backwards the times fall, and nothing else."""
    for number in range(4):
        clock.set(-number * 3600)
        world.version(number + 1)
    runs = []
    for number in range(4, 7):
        clock.set(-number * 3600)
        runs.append(world.finished_run(content=b"model 1", parameters={"trees": 1}))
    for number, run in enumerate(reversed(runs)):  # begun in one order, confirmed in another
        clock.set(-DAY_S - number * 3600)
        register_run(world, run)
    for stage in ("staging", "production", "experiment"):
        clock.set(clock.offset_s - 60)
        world.raise_to("mower@1", stage)

    record = show(world.registry(), "mower@1")
    assert [c.run for c in record.confirmations] == list(reversed(runs))
    times = [c.at for c in record.confirmations]
    assert times == sorted(times, reverse=True)
    assert [a.target for a in record.attempts] == ["experiment", "production", "staging"]
    assert [v.number for v in list_versions(world.registry(), "mower")] == [4, 3, 2, 1]
    assert [r.uuid for r in list_runs(world.registry(), "mower")][:3] == list(reversed(runs))
    history = world.history()
    assert [e.sequence for e in history] == sorted(e.sequence for e in history)
    assert history[-1].at < history[0].at
    assert world.resolve("mower@latest").number == 4


# ---------------------------------------------------------------- what must hold


def check(world: World) -> None:
    """Whoever goes by the sequence, and GTO, which goes by times, see the same stages."""
    sync(world.registry())
    history = world.history()
    assert replay(history, one_clock=False) == world.stages()
    names = world.git("for-each-ref", "--format=%(refname:short) %(taggerdate:unix)", "refs/tags/")
    tagged = sorted(placed(line, history) for line in names.splitlines())
    times = [at for *_, at in tagged]
    assert all(old < new for old, new in pairwise(times)), tagged
    versions = list_versions(world.registry(), "mower", limit=100)
    assert gto(world, *EVERY) == {
        v.semantic_version: [s for s in v.stages.values() if s != "experiment"] for v in versions
    }
    assert examine(world.registry()) == ()


def placed(line: str, history: list[Any]) -> tuple[int, int, int]:
    """Return where a tag stands among all: its event's number, whether it enters, its time."""
    name, _, at = line.partition(" ")
    if "@" in name:
        semantic = name.partition("@")[2]
        (registered,) = (
            e.sequence for e in history
            if e.kind == EventKind.VERSION_REGISTERED and e.after["semantic_version"] == semantic
        )  # fmt: skip
        return registered, 0, int(at)
    return int(name.rpartition("#")[2]), int("!" not in name), int(at)


def make_versions(world: World) -> None:
    for number in range(1, VERSIONS + 1):
        world.commit({})  # GTO insists on a commit of its own for each version
        world.version(number)


def register_run(world: World, run: str) -> None:
    assert not register(world.registry(), RegisterRun(run=run)).created


@pytest.fixture
def statements() -> Iterator[list[str]]:
    """The statements that go to any database."""
    found: list[str] = []

    def keep(*arguments: Any) -> None:
        found.append(arguments[2])

    sa.event.listen(sa.Engine, "before_cursor_execute", keep)
    yield found
    sa.event.remove(sa.Engine, "before_cursor_execute", keep)


def faked(library: Path, clock: Path) -> dict[str, str]:
    clock.write_text("+0")
    return {
        "LD_PRELOAD": str(library),
        "FAKETIME_TIMESTAMP_FILE": str(clock),
        "FAKETIME_NO_CACHE": "1",
        "DONT_FAKE_MONOTONIC": "1",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }


def report(trial: Trial, world: World, n: str, more: str) -> None:
    database = "PostgreSQL" if world.store_url.startswith("postgresql") else "SQLite"
    figure = "0 stage flips, sequence = replay = state = GTO, tag times rise"
    trial.report("P23", n=f"{database}, {n}", figure=f"{figure}; {more}".rstrip("; "))
