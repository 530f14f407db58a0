"""How `make gate` deals its trials out, and when it takes what they came to for all there is."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest
from hypothesis import given, strategies as st
from support.trials import begin_with_storms

_PROMISES: Final = "tests/promises"
_CONFTEST: Final = f"""
import os, sys, pytest
from pathlib import Path
sys.path.insert(0, {str(Path(__file__).parents[1])!r})
from support.trials import begin_with_storms, is_whole

def pytest_addoption(parser):
    parser.addoption("--every-point", action="store_true")

def pytest_configure(config):
    for marker in ("storm: long", "slow: too"):
        config.addinivalue_line("markers", marker)

def pytest_collection_modifyitems(items):
    items[:] = begin_with_storms(items, int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")))

def pytest_terminal_summary(terminalreporter, config):
    terminalreporter.write_line(f"is whole: {{is_whole(config)}}")
    if is_whole(config):
        Path("whole by", os.environ.get("PYTEST_XDIST_WORKER", "all of them")).touch()
"""
_TRIALS: Final = """
import os, pytest

@pytest.mark.parametrize("number", range(8))
def test_short(number): pass

@pytest.mark.storm
@pytest.mark.parametrize("number", range(2))
def test_storm(number):
    print("a storm on", os.environ.get("PYTEST_XDIST_WORKER"))
"""


class Trial(NamedTuple):
    """A test, as far as its place in the order goes."""

    number: int
    is_storm: bool

    def get_closest_marker(self, name: str) -> str | None:
        return name if name == "storm" and self.is_storm else None


def shares(ordered: Sequence[Trial], workers: int) -> Iterator[Sequence[Trial]]:
    """What `--dist worksteal` gives each worker to begin with."""
    left = ordered
    for remaining in range(workers, 0, -1):
        count = len(left) // remaining
        yield left[:count]
        left = left[count:]


@pytest.mark.slow
@given(st.lists(st.booleans(), max_size=40), st.integers(1, 8))
def test_every_worker_begins_with_its_storms(storms: list[bool], workers: int) -> None:
    items: Any = [Trial(number, is_storm) for number, is_storm in enumerate(storms)]
    dealt: Any = begin_with_storms(items, workers)
    for kind in (True, False):
        assert [t for t in dealt if t.is_storm is kind] == [t for t in items if t.is_storm is kind]
    most = -(-sum(storms) // workers)
    if most * workers <= len(items):  # there is room for them in equal shares
        for share in shares(dealt, workers):
            raging = [trial.is_storm for trial in share]
            assert raging == sorted(raging, reverse=True)
            assert sum(raging) <= most


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Two storms behind eight short trials."""
    folder = tmp_path / _PROMISES
    folder.mkdir(parents=True)
    (tmp_path / "conftest.py").write_text(_CONFTEST)
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    (tmp_path / "whole by").mkdir()
    (folder / "test_trials.py").write_text(_TRIALS)
    return tmp_path


def gate(project: Path, *arguments: str) -> str:
    """Run these trials; what was said."""
    command = [sys.executable, "-m", "pytest", "-p", "xdist.plugin", "-rP", *arguments]
    own = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    own["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # loading them all takes longer than the trials
    done = subprocess.run(
        command, cwd=project, env=own, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.slow
def test_the_storms_of_a_real_gate_rage_side_by_side(project: Path) -> None:
    told = gate(project, "-n", "2", "--dist", "worksteal", _PROMISES)
    assert "a storm on gw0" in told
    assert "a storm on gw1" in told
    assert "is whole: True" in told
    assert [by.name for by in (project / "whole by").iterdir()] == ["all of them"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "chosen",
    [
        (f"{_PROMISES}/test_trials.py",),
        (".",),
        (_PROMISES, "-k", "storm"),
        (_PROMISES, "-m", "not storm"),
        (_PROMISES, "--deselect", f"{_PROMISES}/test_trials.py::test_storm"),
        (_PROMISES, "--ignore", "elsewhere"),
        (_PROMISES, "--ignore-glob", "else*"),
        (_PROMISES, "--lf"),
        (_PROMISES, "--sw"),
        (_PROMISES, "--every-point"),  # more than the page tells of
    ],
    ids=" ".join,
)
def test_other_trials_than_those_of_the_gate_are_not_all_of_it(
    project: Path, chosen: tuple[str, ...]
) -> None:
    assert "is whole: False" in gate(project, *chosen)


@pytest.mark.slow
def test_trials_that_are_only_listed_were_not_made(project: Path) -> None:
    assert "is whole: True" in gate(project, _PROMISES)
    assert "is whole: False" in gate(project, "--collect-only", _PROMISES)
