"""A Prefect server for as long as a command runs, for who has none of their own.

Prefect would start one itself; but that one shares our process group, so that Ctrl-C ends it under
the flow that still needs it, and it outlives us when we are killed. This one has a session of its
own, and ends when the pipe to us closes, however we ended.
"""

import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager, suppress
from typing import Any, BinaryIO, Final

from registry_tasks.entities.errors import ProgramFailed
from registry_tasks.faces.health import answers
from registry_tasks.faces.ports import claim
from registry_tasks.settings import PREFECT_API as API, Settings, prefect_environment, without_token

_HOST: Final = "127.0.0.1"
_DEADLINE_S: Final = 180  # a new database takes its time
_GRACE_S: Final = 5
_MOST_RESTARTS: Final = 5  # one that dies of itself each time is not worth more
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
        try:
            yield
        finally:
            if not _answers(os.environ[API]):
                _forget_what_is_left()
        return
    with (settings.state / "prefect" / "server.log").open("ab") as log:
        server = _Server(log)
        try:
            server.come_up()
            os.environ[API] = server.address
            yield
        finally:
            if API in os.environ:
                (send_what_is_left if _answers(server.address) else _forget_what_is_left)()
            os.environ.pop(API, None)
            server.end()


class _Server:
    """A server process, and the next one at the same address when it dies before its time.

    It goes on with the same database, and Prefect's client asks again for longer than that takes.
    """

    def __init__(self, log: BinaryIO) -> None:
        self._port, self._log = claim(_HOST, 0), log
        self.address = f"http://{_HOST}:{self._port}/api"
        self._changing = threading.Lock()
        self._ending = False
        self._process = self._start()

    def come_up(self) -> None:
        """Wait until it answers, then see to it that it stays. Raises: ProgramFailed."""
        _wait(self.address, self._process, self._log.name)
        threading.Thread(target=self._keep_up, daemon=True).start()

    def end(self) -> None:
        """End it, with force if need be."""
        with self._changing:
            self._ending = True
        self._process.terminate()
        try:
            self._process.wait(_GRACE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        _close_input(self._process)

    def _keep_up(self) -> None:
        for _ in range(_MOST_RESTARTS):
            self._process.wait()
            with self._changing:
                if self._ending:
                    return
                _close_input(self._process)
                self._process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", __name__, str(self._port)],
            env={**without_token(), **_SERVER},
            stdin=subprocess.PIPE,
            stdout=self._log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def _close_input(process: subprocess.Popen[bytes]) -> None:
    if process.stdin is not None:
        process.stdin.close()


def send_what_is_left() -> None:
    """Let Prefect send the logs and events that it still holds, while there is a server."""
    if "prefect" not in sys.modules:
        return
    from prefect.events.worker import EventsWorker
    from prefect.logging.handlers import APILogHandler

    APILogHandler().flush()
    EventsWorker.drain_all(timeout=_GRACE_S)


def _forget_what_is_left() -> None:
    """Drop the logs and events that nobody takes any more.

    At the end of the process Prefect would try to send each of them, for seconds each.
    """
    if "prefect" not in sys.modules:
        return
    from prefect.events.worker import EventsWorker
    from prefect.logging.handlers import APILogWorker

    kinds: tuple[Any, ...] = EventsWorker, APILogWorker  # neither has a public way to say this
    for worker in {worker for kind in kinds for worker in kind._instances.values()}:
        with suppress(queue.Empty):
            while True:
                worker._queue.get_nowait()


def _answers(address: str) -> bool:
    return answers(f"{address}/health")


def serve(port: int) -> None:
    """Be the server until standard input ends."""
    import uvicorn

    threading.Thread(target=_end_with_parent, daemon=True).start()
    let_schedules_fire()
    uvicorn.run(
        "prefect.server.api.server:create_app",
        factory=True,
        host=_HOST,
        port=port,
        log_level="error",
        lifespan="on",
    )


def let_schedules_fire() -> None:
    """Let Prefect's scheduler insert runs with SQLAlchemy 2.1.

    It names the property ``state`` beside the columns, which 2.0 passed over; 2.1 raises unless the
    property says how to insert it, and nothing that is scheduled would ever be due.
    """
    from prefect.server.database.orm_models import FlowRun

    state = vars(FlowRun)["state"]
    state.bulk_dml_setter = state.bulk_dml_setter or _pass_over


def _pass_over(_table: type[Any], _row: MutableMapping[str, Any], _value: object) -> None:
    """Prefect writes it in a table of its own."""


def _end_with_parent() -> None:
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_GRACE_S)
    os.kill(os.getpid(), signal.SIGKILL)


def _wait(address: str, server: subprocess.Popen[bytes], log: str) -> None:
    deadline = time.monotonic() + _DEADLINE_S
    while time.monotonic() < deadline and server.poll() is None:
        if _answers(address):
            return
        time.sleep(0.1)
    raise ProgramFailed("prefect", "server", f"it did not come up; {log} tells why")


if __name__ == "__main__":
    serve(int(sys.argv[1]))
