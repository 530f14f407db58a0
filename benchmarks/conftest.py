"""Benchmarks measure and print; nothing here fails because something is slow."""

import json
import os
import platform
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from pairs import Measured, Note, Pair

RESULTS = Path("build") / "bench.json"
_collected = pytest.StashKey[list[Measured]]()
_notes = pytest.StashKey[dict[str, float]]()


@pytest.fixture
def pair(benchmark: Any, request: pytest.FixtureRequest) -> Pair:
    """The measuring tool."""
    return Pair(benchmark, request.config.stash[_collected])


@pytest.fixture(scope="session")
def note(request: pytest.FixtureRequest) -> Note:
    """For what has no pair."""
    return request.config.stash[_notes].__setitem__


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    config.stash[_collected] = []
    config.stash[_notes] = {}
    config.option.benchmark_quiet = True  # its table knows no pairs


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    found = config.stash[_collected]
    if not found:
        return
    path = config.rootpath / RESULTS
    path.parent.mkdir(exist_ok=True)
    machine = {"python": platform.python_version(), "platform": platform.platform()}
    notes = config.stash[_notes]
    document = {
        "machine": {**machine, "cpus": os.cpu_count()},
        "measured": list(map(asdict, found)),
        "seconds": notes,
    }
    path.write_text(json.dumps(document, indent=1) + "\n")
    terminalreporter.section("benchmarks: medians in ms, ours and the bare limit in turns")
    head = ("", "ours", "limit", "ratio", "CPU ours", "CPU limit", "limit is")
    terminalreporter.write_line("{:<44}{:>10}{:>10}{:>8}{:>10}{:>10}  {}".format(*head))
    for m in found:
        numbers = f"{_ms(m.ours_ms)}{_ms(m.limit_ms)}{m.ratio:8.1f}"
        numbers += f"{_ms(m.ours_cpu_ms)}{_ms(m.limit_cpu_ms)}"
        terminalreporter.write_line(f"{m.name:<44}{numbers}  {m.limit}")
    for name, seconds in notes.items():
        terminalreporter.write_line(f"{name}: {seconds:.1f} s")
    terminalreporter.write_line(f"written to {RESULTS}")


def _ms(value: float) -> str:
    return f"{value:10.4f}" if value < 1 else f"{value:10.2f}"
