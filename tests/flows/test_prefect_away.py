"""Prefect's server is killed under a flow: what the flow does is done, and told truly."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from support.pipelines import SCORE, TRAIN, Project
from support.prefect_server import PrefectServer, bring_database, own_servers
from support.replay import replay
from support.training import train
from support.world import copy_tree

from registry_tasks.entities.registration import RegisterRun
from registry_tasks.entities.run import RunStatus
from registry_tasks.registry.care.examine import examine
from registry_tasks.registry.catalogue.register import register
from registry_tasks.registry.catalogue.show import list_runs
from registry_tasks.registry.lifecycle.promote import Promote, promote

pytestmark = pytest.mark.slow
DEADLINE_S = 300  # generous: the machine may be busy
OUTAGE_S = 15
_COMMAND = "from registry_tasks.faces.cli.app import main; main()"


class Gate:
    """A place in the pipeline's own code where a process waits for the test."""

    def __init__(self, fifo: Path) -> None:
        os.mkfifo(fifo)
        self.code = f"\nopen({str(fifo)!r}).read()\n"
        self._fifo = fifo
        self._writer: int | None = None

    def wait_for_arrival(self) -> None:
        """Wait until somebody waits there."""
        deadline = time.monotonic() + DEADLINE_S
        while self._writer is None:
            assert time.monotonic() < deadline, "nobody came"
            try:
                self._writer = os.open(self._fifo, os.O_WRONLY | os.O_NONBLOCK)
            except OSError:  # nobody reads yet
                time.sleep(0.05)

    def open(self) -> None:
        """Let them go on, and everybody who comes later."""
        self._fifo.unlink(missing_ok=True)
        self._fifo.touch()
        if self._writer is not None:
            os.close(self._writer)
            self._writer = None


@pytest.fixture(scope="module")
def produced(pipeline_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a project with somebody in production is, and beside it a copy to put back."""
    folder = tmp_path_factory.mktemp("produced")
    copy_tree(pipeline_template, folder / "project")
    project = Project(folder / "project")
    project.moved()
    made = register(project.registry(), RegisterRun(run=train(project)))
    for stage in ("staging", "production"):
        promote(project.registry(), Promote(ref=made.version.ref, to=stage))
    project.close()
    bring_database(project.state / "prefect")
    copy_tree(folder / "project", folder / "copy")
    return folder


@pytest.fixture
def in_production(produced: Path) -> Iterator[Project]:
    """A project with somebody in production to compare with, always at the same place."""
    copy_tree(produced / "copy", produced / "project")
    project = Project(produced / "project")
    yield project
    project.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[PrefectServer]:
    """A server of the user's own."""
    home = tmp_path / "prefect"
    home.mkdir()
    made = PrefectServer(home)
    try:
        made.start()
        yield made
    finally:
        made.kill()


Retrain = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def retrain(in_production: Project) -> Iterator[Retrain]:
    """Start `registry retrain mower` with other parameters, as a person does."""
    started: list[subprocess.Popen[str]] = []

    def start(**environment: str) -> subprocess.Popen[str]:
        kept = {k: v for k, v in in_production.environment().items() if "PREFECT" not in k}
        arguments = ["retrain", "mower", "--set", f"mower.slope={2 + len(started)}", "--json"]
        process = subprocess.Popen(
            [sys.executable, "-c", _COMMAND, *arguments],
            cwd=in_production.root,
            env=kept | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


PLACES = {"a DVC stage runs": ("train.py", TRAIN), "the comparison scores": ("score.py", SCORE)}
at_each_moment = pytest.mark.parametrize("moment", PLACES)


@pytest.fixture
def gate(moment: str, in_production: Project) -> Iterator[Gate]:
    """Stop a retraining at a moment: within the inner flow, or within a task of the outer one."""
    made = Gate(in_production.folder / "go")
    file, code = PLACES[moment]
    in_production.commit({file: code + made.code})
    yield made
    made.open()


def ended_well(process: subprocess.Popen[str]) -> Any:
    out, err = process.communicate(timeout=DEADLINE_S)
    assert process.returncode == 0, err[-5000:]
    return json.loads(out)


def error_in(err: str) -> tuple[str, str]:
    """Find what the command says among what Prefect says of its lost server."""
    place = err.index('{"error"')
    told, _ = json.JSONDecoder().raw_decode(err[place:])
    return told["error"], told["message"]


def check_registered(project: Project, answer: Any, number: int) -> None:
    """What the command said is what the registry holds, and all is well."""
    assert answer["registration"]["version"]["number"] == number
    assert answer["registration"]["created"]
    assert answer["comparison"] is not None
    stages = project.stages()
    assert answer["reached"][0] == "staging"
    assert stages[number] == answer["reached"][-1]
    assert replay(project.history()) == stages
    runs = list_runs(project.registry(), "mower")
    assert {run.status for run in runs} == {RunStatus.FINISHED}
    assert examine(project.registry()) == ()


@pytest.mark.parametrize("moment", ["the comparison scores"])
def test_the_command_s_own_server_is_replaced_when_it_dies(
    in_production: Project, gate: Gate, retrain: Retrain
) -> None:
    process = retrain()
    gate.wait_for_arrival()
    (server,) = own_servers(in_production)

    os.kill(server, signal.SIGKILL)
    gate.open()

    check_registered(in_production, ended_well(process), 2)
    assert own_servers(in_production) == []


@pytest.mark.parametrize("moment", ["a DVC stage runs"])
def test_an_outage_of_the_user_s_server_is_waited_for(
    in_production: Project, gate: Gate, retrain: Retrain, server: PrefectServer
) -> None:
    process = retrain(**server.environment())
    gate.wait_for_arrival()
    server.kill()
    gate.open()
    time.sleep(OUTAGE_S)

    server.start()

    check_registered(in_production, ended_well(process), 2)


@at_each_moment
def test_a_server_that_never_comes_back_costs_no_result(
    in_production: Project, gate: Gate, retrain: Retrain, server: PrefectServer
) -> None:
    process = retrain(**server.environment(), PREFECT_CLIENT_MAX_RETRIES="1")
    gate.wait_for_arrival()

    server.kill()
    gate.open()

    check_registered(in_production, ended_well(process), 2)
    check_registered(in_production, ended_well(retrain()), 3)  # with a server of the command's own


def test_a_pipeline_that_fails_while_the_server_is_away_is_told_as_it_is(
    in_production: Project, retrain: Retrain, server: PrefectServer
) -> None:
    gate = Gate(in_production.folder / "go")
    in_production.commit({"train.py": TRAIN + gate.code + "raise SystemExit('no convergence')\n"})
    process = retrain(**server.environment(), PREFECT_CLIENT_MAX_RETRIES="1")
    gate.wait_for_arrival()

    server.kill()
    gate.open()

    _, err = process.communicate(timeout=DEADLINE_S)
    assert process.returncode == 2, err[-5000:]
    family, message = error_in(err)
    assert family == "Invalid"
    assert message.startswith("DVC stage 'train' failed") and "no convergence" in message
    newest, *_ = list_runs(in_production.registry(), "mower")
    assert newest.status is RunStatus.FAILED
    assert "no convergence" in (newest.failure or "")
    assert in_production.stages() == {1: "production"}
    assert examine(in_production.registry()) == ()


def test_a_server_that_is_not_there_is_said_before_anything_is_done(
    in_production: Project, retrain: Retrain
) -> None:
    process = retrain(PREFECT_API_URL="http://127.0.0.1:9/api")

    _, err = process.communicate(timeout=DEADLINE_S)

    assert process.returncode == 6, err[-5000:]
    family, message = error_in(err)
    assert family == "Unavailable"
    assert "http://127.0.0.1:9/api does not answer" in message
    assert len(list_runs(in_production.registry(), "mower")) == 1
