"""What a person or a machine does to a running command: Ctrl-C, kill, kill -9, not reading on."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

import pytest
from support.pipelines import Project
from support.prefect_server import bring_database, own_servers

from registry_tasks.entities.run import RunStatus
from registry_tasks.registry.care.examine import examine
from registry_tasks.registry.catalogue.show import list_runs
from registry_tasks.registry.experiments.train import tidy_up

pytestmark = pytest.mark.slow
DEADLINE_S = 120  # generous: the machine may be busy


@pytest.fixture
def in_the_middle(project: Project) -> Iterator[subprocess.Popen[bytes]]:
    """`registry train` with a Prefect server of its own, while its DVC stage waits."""
    with waiting(project, subprocess.DEVNULL) as (started, _):
        yield started


@contextmanager
def waiting(project: Project, output: int) -> Iterator[tuple[subprocess.Popen[bytes], BinaryIO]]:
    """`registry train` whose DVC stage waits until the file is closed that comes with it."""
    bring_database(project.state / "prefect")
    fifo = project.folder / "go"
    os.mkfifo(fifo)
    code = (project.root / "train.py").read_text()
    project.commit({"train.py": code + f"\nopen({str(fifo)!r}).read()\n"})
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
    command = "from registry_tasks.faces.cli.app import main; main()"
    started = subprocess.Popen(
        [sys.executable, "-c", command, "train", "mower"],
        cwd=project.root,
        env=environment | {"REGISTRY_STATE": str(project.state)},
        stdout=output,
        stderr=output,
        start_new_session=True,
        preexec_fn=_as_in_a_terminal,  # noqa: PLW1509 - it starts no thread and takes no lock
    )
    with fifo.open("wb") as gate:  # waits until the DVC stage is in the middle
        yield started, gate
    if started.poll() is None:
        started.kill()
    started.wait()


def _as_in_a_terminal() -> None:
    """A shell lets what it starts in the background ignore Ctrl-C, and that is inherited."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def no_server_is_left(project: Project) -> bool:
    deadline = time.monotonic() + DEADLINE_S
    while own_servers(project) and time.monotonic() < deadline:
        time.sleep(0.1)
    return not own_servers(project)


def test_ctrl_c_ends_the_run_as_failed_and_takes_the_server_along(
    project: Project, in_the_middle: subprocess.Popen[bytes]
) -> None:
    assert own_servers(project)

    os.killpg(in_the_middle.pid, signal.SIGINT)

    assert in_the_middle.wait(DEADLINE_S) == 130
    assert no_server_is_left(project)
    (run,) = list_runs(project.registry(), "mower")
    assert run.status is RunStatus.FAILED
    assert examine(project.registry()) == ()


@pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGKILL])
def test_no_server_outlives_a_killed_command(
    project: Project, in_the_middle: subprocess.Popen[bytes], signum: signal.Signals
) -> None:
    os.kill(in_the_middle.pid, signum)

    in_the_middle.wait(DEADLINE_S)
    assert no_server_is_left(project)
    tidy_up(project.registry())
    (run,) = list_runs(project.registry(), "mower")
    assert run.status is RunStatus.FAILED
    assert examine(project.registry()) == ()


def test_who_stops_reading_does_not_end_the_run(project: Project) -> None:
    """Such as `registry train mower 2>&1 | head -6`."""
    reader, output = os.pipe()
    with waiting(project, output) as (started, gate):
        os.close(output)
        assert os.read(reader, 1)  # Prefect's lines
        os.close(reader)
        gate.close()
        assert started.wait(DEADLINE_S) == 141
    (run,) = list_runs(project.registry(), "mower")
    assert (run.status, run.failure) == (RunStatus.FINISHED, None)
    assert no_server_is_left(project)
