"""How long a thousand writers would wait: a simulation of the store's one writer, held to real runs.

    python benchmarks/queueing.py sqlite               real processes beside the simulation of them
    python benchmarks/queueing.py postgresql           the same, then what a thousand would meet

A writer works outside the lock, waits its turn, and holds the lock for its transaction. The times
of both are drawn from those of one real process that was alone; nothing is fitted. PostgreSQL
lets waiters in as they came. SQLite's wait by asking again after 1, 2, 5, ... 100 ms, and whoever
asks while the lock is free has it.
"""

import argparse
import heapq
import itertools
import random
import signal
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple

ROOT: Final = Path(__file__).parents[1]
sys.path[:0] = [str(Path(__file__).parent), str(ROOT / "tests")]

from support.databases import postgres_server
from support.processes import together

import registry_tasks.stores.metadata.store as store_module
from registry_tasks import Client
from registry_tasks.entities.errors import StoreLocked
from registry_tasks.settings import Settings
from registry_tasks.stores.metadata.store import MetadataStore, Transaction

TIMEOUT_S: Final = 10.0  # the registry's lock_timeout and busy_timeout
_POLLS_S: Final = tuple(ms / 1000 for ms in (1, 2, 5, 10, 15, 20, 25, 25, 25, 50, 50, 100))
MODEL: Final = "queue"


class Times(NamedTuple):
    """One transaction of a writer, in seconds; how long it waited is none of its own doing."""

    outside: float
    waited: float
    held: float


class Waits(NamedTuple):
    """What writers met."""

    waited: tuple[float, ...]  # of those that got their turn, sorted
    refused: int  # whose patience ended
    seconds: float

    @property
    def per_second(self) -> float:
        return len(self.waited) / self.seconds

    def at(self, share: float) -> float:
        return self.waited[min(len(self.waited) - 1, int(share * len(self.waited)))]


# -------------------------------------------------------------------------------- the simulation


class Simulation:
    """Events in the order of their time; the same seed gives the same run."""

    def __init__(self, seed: int, cores: int | None, polling: bool) -> None:
        self.random = random.Random(seed)
        self.now = 0.0
        self.waited: list[float] = []
        self.refused = 0
        self._events: list[tuple[float, int, Callable[[], None]]] = []
        self._order = itertools.count()
        self._free_cores, self._for_core = cores, deque[tuple[float, Callable[[], None]]]()
        self._polling, self._busy = polling, False
        self._queue = deque[Callable[[], None]]()

    def after(self, seconds: float, act: Callable[[], None]) -> None:
        heapq.heappush(self._events, (self.now + seconds, next(self._order), act))

    def run(self, until_s: float) -> Waits:
        while self._events and self._events[0][0] <= until_s:
            self.now, _, act = heapq.heappop(self._events)
            act()
        return Waits(tuple(sorted(self.waited)), self.refused, min(self.now, until_s))

    def compute(self, seconds: float, then: Callable[[], None]) -> None:
        """Take a core for so long, waiting for one if need be."""
        if self._free_cores is None:
            self.after(seconds, then)
        elif self._free_cores:
            self._free_cores -= 1
            self.after(seconds, lambda: self._computed(then))
        else:
            self._for_core.append((seconds, then))

    def _computed(self, then: Callable[[], None]) -> None:
        assert self._free_cores is not None
        self._free_cores += 1
        if self._for_core:
            self.compute(*self._for_core.popleft())
        then()

    def take_turn(self, held: Callable[[], float], then: Callable[[], None]) -> None:
        """Wait for the lock, hold it, go on; whoever waits too long is sent away."""
        self._try(self.now, 0, held, then)

    def _try(
        self, since: float, attempt: int, held: Callable[[], float], then: Callable[[], None]
    ) -> None:
        def hold() -> None:
            self._busy = True
            self.waited.append(self.now - since)
            self.compute(held(), lambda: self._release(then))

        if self.now - since >= TIMEOUT_S:
            self.refused += 1
            then()
        elif not self._busy:
            hold()
        elif self._polling:
            pause = _POLLS_S[min(attempt, len(_POLLS_S) - 1)]
            self.after(pause, lambda: self._try(since, attempt + 1, held, then))
        else:
            self._queue.append(lambda: self._try(since, 0, held, then))

    def _release(self, then: Callable[[], None]) -> None:
        self._busy = False
        while self._queue and not self._busy:
            self._queue.popleft()()
        then()


def simulate_loop(
    alone: list[Times], writers: int, seconds: float, *, polling: bool, cores: int | None
) -> Waits:
    """Let so many writers do one transaction after another, as ``alone`` did."""
    simulation = Simulation(1, cores, polling)

    def go_round() -> None:
        drawn = simulation.random.choice(alone)
        simulation.compute(
            drawn.outside, lambda: simulation.take_turn(lambda: drawn.held, go_round)
        )

    for _ in range(writers):
        simulation.after(simulation.random.random() * 0.01, go_round)
    return simulation.run(seconds)


def simulate_arrivals(
    held: list[float], arrivals: Iterator[float], round_trips_s: float, *, polling: bool = False
) -> Waits:
    """Let transactions arrive at given times from machines that each have cores of their own."""
    simulation = Simulation(1, None, polling)
    for at in arrivals:
        simulation.after(
            at,
            lambda: simulation.take_turn(
                lambda: simulation.random.choice(held) + round_trips_s, lambda: None
            ),
        )
    return simulation.run(float("inf"))


def poisson(per_second: float, seconds: float) -> Iterator[float]:
    """Give arrivals of very many writers that know nothing of each other."""
    chance, at = random.Random(2), 0.0
    while (at := at + chance.expovariate(per_second)) < seconds:
        yield at


def herd(writers: int, within_s: float) -> Iterator[float]:
    """Give arrivals of writers that all start on the hour."""
    chance = random.Random(3)
    return iter(sorted(chance.random() * within_s for _ in range(writers)))


# ---------------------------------------------------------------------------------- the real runs


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


# ------------------------------------------------------------------------------------- the tables


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
        real = run_really(settings, processes, seconds).waits
        simulated = simulate_loop(alone.times, processes, seconds, polling=polling, cores=cores)
        _print_waits(f"{processes} | real", real)
        _print_waits(f"{processes} | simulated", simulated)
    return alone


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
        f"| {name} | {waits.per_second:.0f} | {ms[0]:.1f} | {ms[1]:.0f} | {ms[2]:.0f} |", flush=True
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
def _settings(store: str, folder: Path) -> Iterator[Settings]:
    def made(url: str) -> Settings:
        return Settings(
            project=None,
            state=folder,
            store_url=url,
            remote=folder / "remote",
            cache=folder / "downloads",
            actor="queue",
        )

    if store == "sqlite":
        yield made(f"sqlite:///{folder / 'registry.db'}")
        return
    with postgres_server() as server:
        server.execute("ALTER SYSTEM SET fsync = on")
        server.execute("SELECT pg_reload_conf()")
        yield made(server.empty())


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("store", choices=["sqlite", "postgresql"])
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--cores", type=int, default=2)
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that servers are ended too
    with tempfile.TemporaryDirectory() as folder, _settings(given.store, Path(folder)) as settings:
        with Client(settings) as client:
            first = Path(folder) / "first.bin"
            first.write_text("first")
            client.register(first, model=MODEL)
        alone = compare(settings, given.cores, given.seconds)
        predict(alone)


if __name__ == "__main__":
    main()
