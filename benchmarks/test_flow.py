"""What the `train` flow adds to `dvc repro` of the same change: workspace, tasks, record, proof.

Both run the project's own pipeline with a new seed in a working copy of its own, with the same
cache, in which the data is there already. Prefect's server was started before.
"""

import itertools
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from pairs import Note, Pair
from support.prefect_server import prefect_server

from registry_tasks.stores.dvc.parameters import override_parameters
from registry_tasks.stores.dvc.workspace import dvc_environment, point_workspace

_PROJECT = Path(__file__).parent.parent
_DRIVER = Path(__file__).parent / "flow_driver.py"
_PERSON = ("-c", "user.name=bench", "-c", "user.email=bench@localhost")
_QUICK = {"flight-delay.num_boost_round": 10, "flight-duration.max_iter": 5}
"""Both sides train alike, so the training itself may be short."""


class Project:
    """A copy of this checkout as it stands, with all data of the pipeline in its DVC cache."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.state = root / ".registry"
        self._work = root.parent / "plain"
        listed = _git(_PROJECT, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
        for name in filter(None, listed.split("\0")):
            if (_PROJECT / name).is_file():
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(_PROJECT / name, root / name)
        override_parameters(root, _QUICK)
        _git(root, "init", "-q")
        self._commit("as it stands")
        (self.state / "remote").mkdir(parents=True)
        self._point(root)
        self.repro(root)
        self._commit("what the pipeline wrote")

    def plain_workspace(self, number: int, seed: int) -> Path:
        """A worktree with another seed in its parameters."""
        folder = self._work / str(number)
        _git(self.root, "worktree", "add", "-q", "--detach", str(folder))
        self._point(folder)
        override_parameters(folder, {"flight-delay.seed": seed})
        return folder

    def repro(self, folder: Path) -> None:
        """Plain `dvc repro` of the whole pipeline, as the flow does it."""
        command = [sys.executable, "-m", "dvc", "repro"]
        environment = dvc_environment(self.state)
        subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)

    def _point(self, folder: Path) -> None:
        point_workspace(folder, self.root / ".dvc" / "cache", self.state / "remote")

    def _commit(self, message: str) -> None:
        _git(self.root, "add", "--all")
        _git(self.root, *_PERSON, "commit", "-q", "--allow-empty", "-m", message)


class Driver:
    """A process that has loaded the flow."""

    cpu_s: float
    """What it and its children have taken so far."""

    def __init__(self, project: Project, prefect: Mapping[str, str]) -> None:
        environment = {
            k: v for k, v in os.environ.items() if not k.startswith(("REGISTRY_", "GIT_"))
        }
        environment |= {**prefect, "PREFECT_LOGGING_LEVEL": "WARNING"}
        self._log = (project.root.parent / "driver.log").open("ab")
        self._process = subprocess.Popen(
            [sys.executable, str(_DRIVER)],
            cwd=project.root,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
        )
        self._answer()

    def train(self, parameters: dict[str, Any]) -> str:
        """Run the flow and wait for its end."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(parameters) + "\n")
        self._process.stdin.flush()
        return self._answer()

    def close(self) -> None:
        """Let the process end."""
        self._process.communicate()
        self._log.close()

    def _answer(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline().strip()
        if not line:
            log = Path(self._log.name).read_text(errors="replace")
            raise RuntimeError(f"the flow's process ended:\n{log[-4000:]}")
        answer, cpu_s = line.split()
        self.cpu_s = float(cpu_s)
        return answer


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return Project(tmp_path_factory.mktemp("flow") / "project")


@pytest.fixture(scope="module")
def prefect(tmp_path_factory: pytest.TempPathFactory, note: Note) -> Iterator[dict[str, str]]:
    """A Prefect server with a database of its own; gives the variables that lead to it."""
    began = time.monotonic()
    with prefect_server(tmp_path_factory.mktemp("prefect")) as environment:
        note("Prefect's server on a new database, started once", time.monotonic() - began)
        yield environment


@pytest.fixture(scope="module")
def driver(project: Project, prefect: dict[str, str], note: Note) -> Iterator[Driver]:
    began = time.monotonic()
    made = Driver(project, prefect)
    note("a process that loads Prefect and the flow, ours included", time.monotonic() - began)
    yield made
    made.close()


def test_train(pair: Pair, project: Project, driver: Driver, note: Note) -> None:
    numbers = itertools.count()
    number, plain, runs = 0, project.root, []

    def next_change() -> None:
        nonlocal number, plain
        number = next(numbers)
        plain = project.plain_workspace(number, _seed(number))

    made = pair(
        "train flow, flight-delay with a new seed",
        lambda: runs.append(driver.train({"flight-delay.seed": _seed(number) + 1})),
        lambda: project.repro(plain),
        limit_name="dvc repro of such a change in a worktree",
        rounds=5,
        warm_up=1,
        prepare=next_change,
        our_cpu=lambda: driver.cpu_s,
    )
    note("the train flow over dvc repro, per run", made.over_limit_ms / 1000)
    assert len(set(runs)) == 6


def _seed(number: int) -> int:
    """A seed that nobody used: DVC would take the result from its run cache."""
    return 100 + 2 * number


def _git(folder: Path, *arguments: str) -> str:
    command = ["git", *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout
