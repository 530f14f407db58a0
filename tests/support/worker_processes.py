"""A server of several worker processes, as people start it."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import httpx

from support.http_server import asking
from support.patience import until
from support.world import World

DEADLINE_S: Final = 90
_STARTED: Final = re.compile(r"Started server process \[(\d+)\]")


def free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


def answers(url: str) -> bool:
    """Whether something is there and says yes."""
    try:
        return httpx.get(url, timeout=5, trust_env=False).status_code == 200
    except httpx.TransportError:
        return False


@contextmanager
def served(world: World, workers: int) -> Iterator[tuple[str, subprocess.Popen[bytes], Path]]:
    """Serve by processes as people do; whatever became of them, none is left."""
    port, log = free_port(), world.folder / "server.log"
    module = "registry_tasks.faces.http.serve"
    command = [sys.executable, "-m", module, f"--port={port}", f"--workers={workers}"]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, env={**os.environ, **world.variables()}, stdout=output, stderr=output
        )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(url, process, log)
        until(lambda: len(workers_in(log)) == workers)
        yield url, process, log
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(DEADLINE_S) == 0, log.read_text()


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + DEADLINE_S
    with asking(url) as client:
        while time.monotonic() < until:
            assert process.poll() is None, log.read_text()
            try:
                assert client.get("/ready").status_code == 200
            except httpx.TransportError:
                time.sleep(0.1)
            else:
                return
    raise AssertionError(log.read_text())


def workers_in(log: Path) -> list[int]:
    """Return the process ids of all workers that ever began, by the log."""
    return [int(pid) for pid in _STARTED.findall(log.read_text())]
