"""Trials of the promises in docs/reliability.md: how often, from which seed, and what came out.

Short in `make test`, full in `make gate`, which also writes docs/measured.md anew.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "measured.md"
_HEAD = "# What trials came to\nEvery trial of a promise ([reliability.md](reliability.md)) and what came out. Written by the gate.\n\n"


class Outcome(NamedTuple):
    """One trial that held."""

    promise: str  # P3
    trials: str  # how often and over what
    seed: int
    figure: str  # what was counted or measured
    test: str


@dataclass
class Trial:
    """What a test of a promise asks for and tells."""

    full: bool
    seed: int
    keep: Callable[[str, object], None]
    every_point: bool = False  # of a verb, in a trial that counts them

    def size(self, short: int, full: int) -> int:
        """Choose how often: ``short`` in `make test`, ``full`` in `make gate`."""
        return full if self.full else short

    def report(self, promise: str, n: str, figure: str) -> None:
        """Tell what was tried and what came out; a promise without it counts as not shown."""
        self.keep("trial", (promise, n, self.seed, figure))


def outcomes(reports: Iterable[object]) -> list[Outcome]:
    """Collect what tests told, in the order of promises."""
    found = []
    for report in reports:
        if getattr(report, "when", None) != "call":
            continue
        for name, value in getattr(report, "user_properties", ()):
            if name == "trial":
                found.append(Outcome(*value, test=getattr(report, "nodeid", "")))
    return sorted(found, key=lambda o: (_number(o.promise), o.promise, o.test, o.trials))


def is_whole(config: pytest.Config) -> bool:
    """Whether the trials of `make gate` were asked for and made: all, none of them longer."""
    chosen = ("keyword", "markexpr", "deselect", "ignore", "ignore_glob", "lf", "stepwise")
    if config.getoption("collectonly") or config.getoption("every_point"):
        return False
    if hasattr(config, "workerinput"):  # one of xdist's: it made a share
        return False
    return config.args == ["tests/promises"] and not any(map(config.getoption, chosen))


def begin_with_storms(items: list[pytest.Item], workers: int) -> list[pytest.Item]:
    """Put the trials that need minutes on any machine first in what xdist gives each worker.

    So they rage side by side, and not one after another at the end.
    """
    storms = [item for item in items if item.get_closest_marker("storm")]
    others = (item for item in items if item not in storms)
    ordered: list[pytest.Item] = []
    each = -(-len(storms) // workers)
    for number in range(workers):
        own = storms[number * each : (number + 1) * each]
        share = (len(items) - len(ordered)) // (workers - number)
        ordered += own
        ordered += islice(others, max(0, share - len(own)))
    return [*ordered, *others]


def write_page(found: list[Outcome], command: str) -> None:
    """Write the page of what was measured, with date and command."""
    today = datetime.now(UTC).date().isoformat()
    lines = [_HEAD, f"Measured on {today} with `{command}`, 2 cores.\n\n"]
    lines += ["| promise | N | seed | figure | test |\n", "|---|---|---|---|---|\n"]
    for o in found:
        test = o.test.removeprefix("tests/promises/")
        lines.append(f"| {o.promise} | {o.trials} | {o.seed} | {o.figure} | `{test}` |\n")
    PAGE.write_text("".join(lines), encoding="utf-8")


def _number(promise: str) -> int:
    found = re.search(r"\d+", promise)
    return int(found[0]) if found else 0
