"""Processes forked from one that has imported Prefect: importing it takes longer than most flows."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

_NURSERY: Final = """
import importlib, itertools, json, os, pkgutil, selectors, socket, sys, threading
import prefect, registry_tasks.tasks

for found in pkgutil.iter_modules(registry_tasks.tasks.__path__, "registry_tasks.tasks."):
    importlib.import_module(found.name)
assert threading.active_count() == 1, "only this thread is there in a fork"
line = socket.socket(fileno=int(sys.argv[1]))
asked, waiting = line.makefile(), selectors.DefaultSelector()
waiting.register(line, selectors.EVENT_READ)
numbers = itertools.count()  # a pid comes again

def tell(**said):
    line.sendall(json.dumps(said).encode() + b"\\n")

def begin():
    "Serve until asked for a process; in the fork, returns what it is for."
    while True:
        for key, _ in waiting.select():
            if key.fileobj is line:
                text = asked.readline()
                if not text:
                    os._exit(0)  # nobody is left who asks
                child = os.fork()
                if child == 0:
                    return json.loads(text)
                number = next(numbers)
                tell(number=number, pid=child)
                waiting.register(os.pidfd_open(child), selectors.EVENT_READ, (number, child))
            else:
                waiting.unregister(key.fd)
                os.close(key.fd)
                number, child = key.data
                ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
                tell(number=number, ended=ended)

task = begin()
os.setsid()
waiting.close()
asked.close()
line.close()
output = os.open(task["log"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
for number in (1, 2):
    os.dup2(output, number)
os.close(output)
os.environ.clear()
os.environ.update(task["environment"])
os.chdir(task["folder"])
sys.argv[1:] = task["arguments"]
exec(compile(task["code"], "<flow>", "exec"), {"__name__": "__main__"})
"""


class Nursery:
    """Where processes come from; each leads a session of its own."""

    def __init__(self, line: socket.socket, log: Path) -> None:
        self._line, self._log = line.makefile("rw"), log
        self._ended: dict[int, int] = {}

    def start(
        self,
        code: str,
        arguments: list[str],
        *,
        folder: Path,
        environment: Mapping[str, str],
        log: Path,
    ) -> "Forked":
        """Run some code as ``python -c`` would, its output in a file."""
        asked = {"code": code, "arguments": arguments, "environment": dict(environment)}
        asked |= {"folder": str(folder), "log": str(log)}
        self._line.write(json.dumps(asked) + "\n")
        self._line.flush()
        while "ended" in (told := self._hear()):
            pass
        return Forked(self, told["number"], told["pid"])

    def end_of(self, number: int) -> int:
        """Wait for the end of a process; returns its exit code, negative for a signal."""
        while number not in self._ended:
            self._hear()
        return self._ended[number]

    def has_told_the_end_of(self, number: int) -> bool:
        """Whether it is known to have ended: its pid may be another's by now."""
        return number in self._ended

    def _hear(self) -> dict[str, Any]:
        text = self._line.readline()
        assert text, f"the nursery has ended:\n{self._log.read_text()[-3000:]}"
        told: dict[str, Any] = json.loads(text)
        if "ended" in told:
            self._ended[told["number"]] = told["ended"]
        return told


class Forked:
    """What of subprocess.Popen is asked of a process."""

    def __init__(self, nursery: Nursery, number: int, pid: int) -> None:
        self._nursery, self._number, self.pid = nursery, number, pid

    def wait(self) -> int:
        """Wait for its end; returns its exit code."""
        return self._nursery.end_of(self._number)

    def send_signal(self, signum: signal.Signals) -> None:
        """Signal it, unless it has ended and was waited for."""
        if not self._nursery.has_told_the_end_of(self._number):
            os.kill(self.pid, signum)

    def end(self) -> None:
        """Kill it if it is there, and wait."""
        try:
            self.send_signal(signal.SIGKILL)
        except ProcessLookupError:
            pass  # it has ended, and its nursery has told so
        self.wait()


@contextmanager
def nursery(environment: Mapping[str, str], log: Path) -> Iterator[Nursery]:
    """Import Prefect by the settings in ``environment``, and serve until the block ends."""
    ours, theirs = socket.socketpair()
    with ours:
        with theirs, log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-c", _NURSERY, str(theirs.fileno())],
                env={**os.environ, **environment, "PYTHONDONTWRITEBYTECODE": "1"},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                pass_fds=(theirs.fileno(),),
                start_new_session=True,
            )
        made = Nursery(ours, log)
        yield made
        made._line.close()
        ours.shutdown(socket.SHUT_RDWR)
        process.wait()
