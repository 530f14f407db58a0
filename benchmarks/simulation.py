"""The queue of writers as a discrete-event simulation: the same seed gives the same run.

PostgreSQL lets waiters in as they came. SQLite's wait by asking again after 1, 2, 5, ... 100 ms, and
whoever asks while the lock is free has it.
"""

import heapq
import itertools
import random
from collections import deque
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

TIMEOUT_S: Final = 10.0  # the registry's lock_timeout and busy_timeout
_POLLS_S: Final = tuple(ms / 1000 for ms in (1, 2, 5, 10, 15, 20, 25, 25, 25, 50, 50, 100))


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
