"""Prefect's server as `registry up` starts it; one for a session where it need not be killed."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

from support.shared import once
from support.world import World

_DEADLINE_S = 300  # generous: the machine may be busy
_DATABASE = "prefect.db"
_QUIET = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_UI_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_SCHEDULER_ENABLED": "false",
    "PREFECT_CLI_PROMPT": "false",
}


class PrefectServer:
    """A server that can be killed and started again at the same address, with the same database."""

    def __init__(self, home: Path, settings: Mapping[str, str] = MappingProxyType({})) -> None:
        self.home, self._port = home, _free_port()
        self._settings = {**_QUIET, **settings}
        self._process: subprocess.Popen[bytes] | None = None

    def environment(self) -> dict[str, str]:
        """Return the variables that lead a flow to it."""
        return {
            **self._settings,
            "PREFECT_HOME": str(self.home),
            "PREFECT_API_URL": f"http://127.0.0.1:{self._port}/api",
        }

    def start(self) -> None:
        """Start it and wait until it answers."""
        bring_database(self.home)
        with (self.home / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "registry_tasks.faces.prefect_server", str(self._port)],
                env={**os.environ, **self._settings, "PREFECT_HOME": str(self.home)},
                stdin=subprocess.PIPE,  # it ends with us
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        health = f"http://127.0.0.1:{self._port}/api/health"
        _wait(health, self._process, self.home / "server.log")

    def kill(self) -> None:
        """End it as a power cut does, with all that it started."""
        if self._process is not None and self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._forget(self._process)

    def end(self) -> None:
        """End it in order."""
        if self._process is not None:
            self._process.terminate()
            self._forget(self._process)

    def _forget(self, process: subprocess.Popen[bytes]) -> None:
        process.wait()
        if process.stdin is not None:
            process.stdin.close()


def bring_database(home: Path) -> None:
    """Give a server that has none yet a database with Prefect's tables: making them takes longest."""
    if (home / _DATABASE).exists():
        return
    home.mkdir(parents=True, exist_ok=True)
    for file in once("prefect-database", _make_database).glob(f"{_DATABASE}*"):
        shutil.copyfile(file, home / file.name)


def _make_database(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "prefect", "server", "database", "upgrade", "--yes"],
        env={**os.environ, **_QUIET, "PREFECT_HOME": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@contextmanager
def prefect_server(home: Path) -> Iterator[dict[str, str]]:
    """Give the environment variables that lead a flow to a server."""
    server = PrefectServer(home)
    try:
        server.start()
        yield server.environment()
    finally:
        server.end()


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _wait(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _DEADLINE_S
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise AssertionError(f"the Prefect server did not come up:\n{log.read_text()[-3000:]}")


def own_servers(project: World) -> list[int]:
    """Return the processes of Prefect servers that the command line started for a project."""
    home = str(project.state / "prefect").encode()
    return [
        int(process.name)
        for process in Path("/proc").iterdir()
        if process.name.isdigit()
        and b"prefect_server" in _read(process / "cmdline")
        and home in _read(process / "environ")
    ]


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # it has ended
        return b""
