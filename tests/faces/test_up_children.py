"""Children of `registry up`: none survives it, a crashed one comes back, a taken port is said."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread

import pytest
from support.patience import until
from support.world import World

from registry_tasks.entities.access import TurnOnAccounts
from registry_tasks.entities.errors import InvalidSetting, PortTaken, ProgramFailed
from registry_tasks.faces.http.config import ServerConfig
from registry_tasks.faces.http.serve import serve
from registry_tasks.faces.ports import claim
from registry_tasks.faces.up.child import Plan
from registry_tasks.faces.up.supervisor import keep_up
from registry_tasks.registry.access.accounts import turn_on_accounts

pytestmark = pytest.mark.slow  # each starts processes
_DEADLINE_S = 30
SLEEP = "import time; time.sleep(600)"
STUBBORN = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {SLEEP}"
BEGETS = (
    "import pathlib, subprocess, sys\n"
    f"of = [sys.executable, '-c', {SLEEP!r}, sys.argv[1]]\n"
    "begotten = subprocess.Popen(of, start_new_session=True)\n"
    "pathlib.Path(sys.argv[1]).write_text(str(begotten.pid))\n"
)
MARK = "child-of-up"


@pytest.fixture
def mark(tmp_path: Path) -> str:
    """What the command lines of this test's processes hold."""
    return f"{MARK}-{os.getpid()}-{tmp_path.name}"


def marked(mark: str) -> list[int]:
    """Return the processes that run and carry a mark, leashes left out."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
            state = (folder / "stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        if mark.encode() in words and state != "Z" and not any(b"leash" in w for w in words):
            found.append(int(folder.name))
    return found


def ignores_requests_to_end(pid: int) -> bool:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    ignored = next(line.split()[1] for line in lines if line.startswith("SigIgn"))
    return bool(int(ignored, 16) >> (signal.SIGTERM - 1) & 1)


def on_leash(mark: str, program: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "registry_tasks.faces.up.leash"]
        + [sys.executable, "-c", program, mark],
        stdin=subprocess.PIPE,
    )


@pytest.fixture
def leash(mark: str) -> Iterator[Callable[[str], subprocess.Popen[bytes]]]:
    """Hold a program on a leash; nothing is left afterwards."""
    held: list[subprocess.Popen[bytes]] = []

    def make(program: str) -> subprocess.Popen[bytes]:
        held.append(on_leash(mark, program))
        until(lambda: marked(mark))
        return held[-1]

    yield make
    for process in held:
        if process.stdin is not None:
            process.stdin.close()
        process.wait(_DEADLINE_S)


def test_what_is_held_ends_when_the_pipe_closes(
    mark: str, leash: Callable[[str], subprocess.Popen[bytes]]
) -> None:
    held = leash(SLEEP)

    assert held.stdin is not None
    held.stdin.close()

    assert held.wait(_DEADLINE_S) == 128 + signal.SIGTERM
    assert not marked(mark)


def test_what_does_not_want_to_end_is_ended(
    mark: str, leash: Callable[[str], subprocess.Popen[bytes]]
) -> None:
    held = leash(STUBBORN)
    until(lambda: ignores_requests_to_end(marked(mark)[0]))

    assert held.stdin is not None
    held.stdin.close()

    assert held.wait(_DEADLINE_S) == 128 + signal.SIGKILL
    assert not marked(mark)


def test_what_it_left_behind_in_a_session_of_its_own_ends_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mark: str
) -> None:
    monkeypatch.chdir(tmp_path)

    held = on_leash(mark, BEGETS)

    assert held.wait(_DEADLINE_S) == 0
    begotten = (tmp_path / mark).read_text()
    assert not Path("/proc", begotten).exists()
    assert held.stdin is not None
    held.stdin.close()


def test_what_is_held_does_not_survive_a_leash_that_is_killed(
    mark: str, leash: Callable[[str], subprocess.Popen[bytes]]
) -> None:
    leash(STUBBORN).kill()

    until(lambda: not marked(mark))


def plan(folder: Path, program: str, mark: str, **more: str) -> Plan:
    return Plan(
        name="child",
        command=(sys.executable, "-c", program, mark),
        environment=dict(os.environ),
        folder=folder,
        log=folder / "child.log",
        **more,
    )


@pytest.fixture
def kept(mark: str) -> Iterator[Callable[[Plan], list[str]]]:
    """Keep a plan up in a thread; what is told is in the list that this returns."""
    stop, threads = Event(), []

    def start(plan: Plan) -> list[str]:
        told: list[str] = []
        threads.append(Thread(target=keep_up, args=([plan], stop, told.append)))
        threads[-1].start()
        return told

    yield start
    stop.set()
    for thread in threads:
        thread.join(_DEADLINE_S)
    assert not marked(mark)


def test_a_child_that_crashes_is_started_again_and_it_is_said(
    tmp_path: Path, mark: str, kept: Callable[[Plan], list[str]]
) -> None:
    told = kept(plan(tmp_path, SLEEP, mark))
    until(lambda: told and marked(mark))
    first = marked(mark)

    os.kill(first[0], signal.SIGKILL)
    until(lambda: "child is started again" in told)
    until(lambda: marked(mark))

    assert marked(mark) != first
    assert told[:2] == [
        "child: is there",
        f"child ended with 137; starting it again in 1 s; {tmp_path / 'child.log'} tells why",
    ]


def test_a_child_that_dies_each_time_is_waited_for_longer(
    tmp_path: Path, mark: str, kept: Callable[[Plan], list[str]]
) -> None:
    once = tmp_path / "came-up"
    program = f"import os, time\nif os.path.exists({str(once)!r}): raise SystemExit(3)\n{SLEEP}"
    told = kept(plan(tmp_path, program, mark))
    until(lambda: told and marked(mark))
    once.touch()
    os.kill(marked(mark)[0], signal.SIGKILL)

    until(lambda: len(told) >= 6)

    waits = [line.split(" in ")[1].split(";")[0] for line in told if "ended with" in line]
    assert waits[:3] == ["1 s", "2 s", "4 s"]


def test_a_child_that_does_not_come_up_ends_all_with_its_last_words(
    tmp_path: Path, mark: str
) -> None:
    program = "raise SystemExit('the reason')"
    broken = plan(tmp_path, program, mark, health="http://127.0.0.1:9/health")
    other = plan(tmp_path, SLEEP, mark)

    with pytest.raises(ProgramFailed, match=r"child did not come up(?s:.*)the reason"):
        keep_up([other, broken], Event(), lambda _: None)

    assert not marked(mark)


def test_nobody_else_may_read_a_childs_log(
    tmp_path: Path, mark: str, kept: Callable[[Plan], list[str]]
) -> None:
    told = kept(plan(tmp_path, SLEEP, mark))
    until(lambda: told)

    assert (tmp_path / "child.log").stat().st_mode & 0o777 == 0o600


def test_a_taken_port_is_said_with_the_option_that_names_another() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(PortTaken, match=f"port {port} of 127.0.0.1.*--port"):
            claim("127.0.0.1", port, "--port")
        with pytest.raises(PortTaken, match=f"port {port} of localhost"):
            claim("localhost", port)  # where the server would listen too

    assert claim("127.0.0.1", port, "--port") == port


def test_a_host_of_another_machine_is_refused() -> None:
    with pytest.raises(InvalidSetting, match="--host"):
        claim("no-such-host.invalid", 0, "--host")
    with pytest.raises(InvalidSetting, match="--host"):
        claim("192.0.2.1", 0, "--port")


def test_a_server_says_the_same_of_a_host(sqlite_world: World) -> None:
    turn_on_accounts(sqlite_world.registry(), TurnOnAccounts(account="root"))
    with pytest.raises(InvalidSetting, match="--host"):
        serve(ServerConfig(sqlite_world.settings, plain_http=True), host="192.0.2.1")
