"""Measure in pairs: each round does the bare act first and ours right after it.

On a busy machine both meet the same weather, so the ratio holds where the times do not.
"""

import resource
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

_WARM_UP = 2
Act = Callable[[], object]
Note = Callable[[str, float], None]
"""Keeps what took how many seconds, without a pair."""


@dataclass
class Clock:
    """Wall and CPU seconds of acts; ``cpu`` says what whoever acts has taken so far."""

    cpu: Callable[[], float]
    wall_s: list[float] = field(default_factory=list)
    cpu_s: list[float] = field(default_factory=list)

    def time(self, act: Act, operations: int) -> None:
        """Do an act ``operations`` times."""
        wall, cpu = time.perf_counter(), self.cpu()
        for _ in range(operations):
            act()
        self.wall_s.append((time.perf_counter() - wall) / operations)
        self.cpu_s.append((self.cpu() - cpu) / operations)


@dataclass(frozen=True)
class Measured:
    """Medians over the rounds; the ratio is the median of the rounds' ratios."""

    name: str
    limit: str
    rounds: int
    ours_ms: float
    limit_ms: float
    ratio: float
    ours_cpu_ms: float
    limit_cpu_ms: float
    over_limit_ms: float


class Pair:
    """Measures one act of ours beside its limit, and keeps the result for the table."""

    def __init__(self, benchmark: Any, collected: list[Measured]) -> None:
        self._benchmark, self._collected = benchmark, collected

    def __call__(
        self,
        name: str,
        ours: Act,
        limit: Act,
        *,
        limit_name: str,
        rounds: int,
        operations: int = 1,
        prepare: Act = lambda: None,
        warm_up: int = _WARM_UP,
        our_cpu: Callable[[], float] | None = None,
    ) -> Measured:
        """Do ``rounds`` rounds; ``prepare`` comes before each and is not timed."""
        our_clock, limit_clock = Clock(our_cpu or cpu_s), Clock(cpu_s)

        def before() -> None:
            prepare()
            limit_clock.time(limit, operations)

        self._benchmark.pedantic(
            lambda: our_clock.time(ours, operations),
            setup=before,
            rounds=rounds,
            warmup_rounds=warm_up,
        )
        made = _measured(name, limit_name, our_clock, limit_clock, rounds)
        self._benchmark.extra_info.update(asdict(made))
        self._collected.append(made)
        return made


def _measured(name: str, limit_name: str, ours: Clock, limit: Clock, rounds: int) -> Measured:
    walls = list(zip(ours.wall_s[-rounds:], limit.wall_s[-rounds:], strict=True))
    return Measured(
        name=name,
        limit=limit_name,
        rounds=rounds,
        ours_ms=_median_ms(o for o, _ in walls),
        limit_ms=_median_ms(l for _, l in walls),
        ratio=statistics.median(o / l for o, l in walls),
        ours_cpu_ms=_median_ms(ours.cpu_s[-rounds:]),
        limit_cpu_ms=_median_ms(limit.cpu_s[-rounds:]),
        over_limit_ms=_median_ms(o - l for o, l in walls),
    )


def _median_ms(seconds: Iterable[float]) -> float:
    return 1000 * statistics.median(seconds)


def cpu_s() -> float:
    """Say what this process has taken so far, and its children that have ended."""
    used = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(u.ru_utime + u.ru_stime for u in used)
