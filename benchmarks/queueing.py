"""How long a thousand writers would wait: a simulation of the store's one writer, held to real runs.

    python benchmarks/queueing.py sqlite               real processes beside the simulation of them
    python benchmarks/queueing.py postgresql           the same, then what a thousand would meet
    python benchmarks/queueing.py sqlite --checkout    real processes in one Git checkout

A writer works outside the lock, waits its turn, and holds the lock for its transaction. The times
of both are drawn from those of one real process that was alone; nothing is fitted.
"""

import argparse
import itertools
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, NamedTuple

ROOT: Final = Path(__file__).parents[1]
sys.path[:0] = [str(Path(__file__).parent), str(ROOT / "tests")]

from places import settings_in
from simulation import Times, Waits, herd, poisson, simulate_arrivals, simulate_loop
from support.databases import postgres_server
from support.processes import together
from support.world import World

import registry_tasks.stores.metadata.store as store_module
from registry_tasks import Client
from registry_tasks.entities.errors import StoreLocked
from registry_tasks.settings import Settings
from registry_tasks.stores.metadata.store import MetadataStore, Transaction

MODEL: Final = "queue"


class Run(NamedTuple):
    """What real processes did; ``statements`` are those of the lock's median holder."""

    times: list[Times]
    seconds: float
    statements: float
    refused: int

    @property
    def waits(self) -> Waits:
        return Waits(tuple(sorted(t.waited for t in self.times)), self.refused, self.seconds)


def run_really(settings: Settings, processes: int, seconds: float) -> Run:
    """Let processes register small files and move an alias, in turns, as fast as they can."""

    def work(number: int) -> list[tuple[Times | None, int]]:
        return list(_work(settings, number, seconds))

    found = [pair for part in together(processes, work, 600) for pair in part]
    times = [times for times, _ in found if times is not None]
    counts = sorted(count for times, count in found if times is not None)
    return Run(times, seconds, counts[len(counts) // 2], len(found) - len(times))


def _work(settings: Settings, number: int, seconds: float) -> Iterator[tuple[Times | None, int]]:
    """Give the times of each transaction, None for one that was not let in."""
    with tempfile.TemporaryDirectory() as folder, Client(settings) as client, _clocks() as clocks:
        file, begun, outside_since = Path(folder) / "model.bin", time.perf_counter(), 0.0
        for turn in itertools.count():
            outside_since = time.perf_counter()
            if outside_since - begun > seconds:
                return
            try:
                if turn % 2:
                    client.point_alias(f"{MODEL}@latest", f"alias-{number}")
                else:
                    file.write_text(f"{number} {turn} {begun}")
                    client.register(file, model=MODEL, metrics={"auc": 0.5})
            except StoreLocked:
                yield None, 0
                continue
            whole = time.perf_counter() - outside_since
            waited, held, statements = clocks[-1]
            if turn > 1:  # the first calls also open connections
                yield Times(whole - waited - held, waited, held), statements


@contextmanager
def _clocks() -> Iterator[list[tuple[float, float, int]]]:
    """Note of each writing transaction how long it waited, how long it held, its statements."""
    import sqlalchemy as sa

    found: list[tuple[float, float, int]] = []
    writing, take_turn = MetadataStore.writing, store_module.take_turn
    turn = {"waited": 0.0, "began": 0.0}
    statements = itertools.count()

    def timed_turn(connection: Any) -> Any:
        begun = time.perf_counter()
        answer = take_turn(connection)
        turn.update(waited=time.perf_counter() - begun, began=time.perf_counter())
        return answer

    @contextmanager
    def timed(store: MetadataStore, actor: str) -> Iterator[Transaction]:
        with writing(store, actor) as tx:
            first = next(statements)
            yield tx
        count = next(statements) - first - 1
        found.append((turn["waited"], time.perf_counter() - turn["began"], count))

    def count(*seen: object) -> None:
        next(statements)

    sa.event.listen(sa.Engine, "before_cursor_execute", count)
    store_module.take_turn = timed_turn
    MetadataStore.writing = timed  # type: ignore[method-assign]
    try:
        yield found
    finally:
        MetadataStore.writing = writing  # type: ignore[method-assign]
        store_module.take_turn = take_turn
        sa.event.remove(sa.Engine, "before_cursor_execute", count)


def compare(settings: Settings, cores: int, seconds: float) -> Run:
    """Print real processes beside the simulation of them; returns the run of one alone."""
    polling = settings.store_url.startswith("sqlite")
    alone = run_really(settings, 1, seconds)
    held = sorted(t.held for t in alone.times)
    print(
        f"alone: {alone.waits.per_second:.0f} a second, lock held {1000 * _mean(held):.2f} ms "
        f"(median {1000 * held[len(held) // 2]:.2f}), {alone.statements:.0f} statements\n"
    )
    print(
        "| processes | | transactions/s | wait p50, ms | wait p99, ms | longest, ms | not let in |"
    )
    print("|---|---|---|---|---|---|---|")
    for processes in (8, 32):
        real = run_really(settings, processes, seconds)
        _print_waits(f"{processes} | real", real.waits)
        foreseen = simulate_loop(alone.times, processes, seconds, polling=polling, cores=cores)
        _print_waits(f"{processes} | simulated, as one alone", foreseen)
        queue = simulate_loop(real.times, processes, seconds, polling=polling, cores=None)
        _print_waits(f"{processes} | simulated, with the times of these", queue)
    return alone


def in_one_checkout(settings: Settings, seconds: float) -> None:
    """Print what processes reach that also write Git's log of one clone, one after the other."""
    print("| processes in one checkout | transactions/s |\n|---|---|")
    for processes in (1, 8, 32):
        real = run_really(settings, processes, seconds).waits
        print(f"| {processes} | {real.per_second:.0f} |", flush=True)


def predict(alone: Run) -> None:
    """Print what a thousand writers would meet."""
    held = [t.held for t in alone.times]
    print(
        "\n| 1,000 writers | round trip | transactions/s | wait p50 | wait p99 | longest | too long |"
    )
    print("|---|---|---|---|---|---|---|")
    for trip_ms in (0.0, 0.2, 1.0):
        more = trip_ms / 1000 * alone.statements
        most = 1 / (_mean(held) + more)
        print(f"| at most | {trip_ms:g} ms | {most:.0f} | | | | |")
        cases = {
            "one each 10 minutes": poisson(1000 / 600, 3600),
            "one a minute": poisson(1000 / 60, 600),
            "one each 10 s": poisson(1000 / 10, 120),
            "all within 1 s": herd(1000, 1),
            "all within 60 s": herd(1000, 60),
        }
        for name, arrivals in cases.items():
            met = simulate_arrivals(held, arrivals, more)
            _print_case(name, trip_ms, met)


def _print_waits(name: str, waits: Waits) -> None:
    ms = (1000 * waits.at(0.5), 1000 * waits.at(0.99), 1000 * waits.waited[-1])
    print(
        f"| {name} | {waits.per_second:.0f} | {ms[0]:.1f} | {ms[1]:.0f} | {ms[2]:.0f} "
        f"| {waits.refused} |",
        flush=True,
    )


def _print_case(name: str, trip_ms: float, met: Waits) -> None:
    ms = [1000 * met.at(0.5), 1000 * met.at(0.99), 1000 * met.waited[-1]]
    cells = " | ".join(f"{value:,.1f} ms" for value in ms)
    print(
        f"| {name} | {trip_ms:g} ms | {met.per_second:.0f} | {cells} | {met.refused} |", flush=True
    )


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)


@contextmanager
def _settings(store: str, folder: Path, checkout: Path | None) -> Iterator[Settings]:
    made = settings_in(folder, checkout)
    if store == "sqlite":
        yield made
        return
    with postgres_server() as server:
        server.execute("ALTER SYSTEM SET fsync = on")
        server.execute("SELECT pg_reload_conf()")
        yield replace(made, store_url=server.empty())


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("store", choices=["sqlite", "postgresql"])
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--checkout", action="store_true")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that servers are ended too
    with tempfile.TemporaryDirectory() as named:
        folder, checkout = Path(named), None
        if given.checkout:
            world = World(folder / "world")
            world.make_project()
            checkout = world.root
        with _settings(given.store, folder, checkout) as settings:
            with Client(settings) as client:
                first = folder / "first.bin"
                first.write_text("first")
                client.register(first, model=MODEL)
            if given.checkout:
                in_one_checkout(settings, given.seconds)
            else:
                alone = compare(settings, given.cores, given.seconds)
                if given.store == "postgresql":  # SQLite is for the writers of one machine
                    predict(alone)


if __name__ == "__main__":
    main()
