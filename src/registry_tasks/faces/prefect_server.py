"""A Prefect server for as long as a command runs, for who has none of their own.

Prefect would start one itself; but that one shares our process group, so that Ctrl-C ends it under
the flow that still needs it, and it outlives us when we are killed. This one has a session of its
own, and ends when the pipe to us closes, however we ended.
"""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from registry_tasks.entities.errors import ProgramFailed
from registry_tasks.settings import Settings, prefect_environment

API: Final = "PREFECT_API_URL"
_DEADLINE_S: Final = 180  # a new database takes its time
_GRACE_S: Final = 5
_SERVER: Final = {
    "PREFECT_UI_ENABLED": "0",
    "PREFECT__SERVER_EPHEMERAL": "1",
    "PREFECT__SERVER_FINAL": "1",
}


@contextmanager
def prefect_server(settings: Settings) -> Iterator[None]:
    """Let ``PREFECT_API_URL`` name a server within; one that it names already is used as it is.

    Must be entered before Prefect is imported. Raises: ProgramFailed if it does not come up.
    """
    os.environ.update(prefect_environment(settings))
    if API in os.environ:
        yield
        return
    port = _free_port()
    address = f"http://127.0.0.1:{port}/api"
    with (settings.state / "prefect" / "server.log").open("ab") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", __name__, str(port)],
            env={**os.environ, **_SERVER},
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _wait(address, server, log.name)
        os.environ[API] = address
        yield
    finally:
        _send_what_is_left()
        os.environ.pop(API, None)
        server.terminate()
        try:
            server.wait(_GRACE_S)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
        if server.stdin is not None:
            server.stdin.close()


def _send_what_is_left() -> None:
    """Let Prefect send the logs and events that it still holds, while there is a server."""
    if "prefect" not in sys.modules:
        return
    from prefect.events.worker import EventsWorker
    from prefect.logging.handlers import APILogHandler

    APILogHandler().flush()
    EventsWorker.drain_all(timeout=_GRACE_S)


def serve(port: int) -> None:
    """Be the server until standard input ends."""
    import uvicorn

    threading.Thread(target=_end_with_parent, daemon=True).start()
    uvicorn.run(
        "prefect.server.api.server:create_app",
        factory=True,
        host="127.0.0.1",
        port=port,
        log_level="error",
        lifespan="on",
    )


def _end_with_parent() -> None:
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_GRACE_S)
    os.kill(os.getpid(), signal.SIGKILL)


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _wait(address: str, server: subprocess.Popen[bytes], log: str) -> None:
    deadline = time.monotonic() + _DEADLINE_S
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/health", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise ProgramFailed("prefect", "server", f"it did not come up; {log} tells why")


if __name__ == "__main__":
    serve(int(sys.argv[1]))
