"""Let a process kill itself with SIGKILL at its n-th write, for every n.

Nothing names the points: Python's audit hook reports each file opened for writing, each rename,
removal, link, folder, lock, child process and connection, SQLAlchemy each statement and commit; a
write, a sync and a send are watched for. A child of this process does the work, counts what is
reported, and dies *before* the n-th. A statement, a commit and a started program count twice, so
that the work also dies after them, while the program goes on.
"""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine.default import DefaultDialect as Dialect

_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER, prctl(2)
_WRITES = frozenset(
    {
        *("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink"),
        *("os.truncate", "os.chmod", "fcntl.flock", "shutil.rmtree", "socket.connect"),
    }
)
_WRITE_FLAGS = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_FINISHED, _RAISED = 0, 3
_MOST = 5000  # points that a piece of work may have


def deaths(
    work: Callable[[], object], start: int = 1, step: int = 1, last: int | None = None
) -> Iterator[int]:
    """Let ``work`` die at point 1, 2, 3..., giving each number after the death.

    Ends after the last point that is asked for, or with the first child that lives to its end.
    What programs it started is waited for when the caller comes back, so that the caller's first
    look sees them still running.
    """
    ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)  # orphans become children of ours
    for number in range(start, (last or _MOST) + 1, step):
        child = os.fork()
        if child == 0:
            _work_and_die(work, number)
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            assert os.waitstatus_to_exitcode(status) == _FINISHED, "the work raised, see stderr"
            return
        assert os.WTERMSIG(status) == signal.SIGKILL
        yield number
        _wait_for_group(child)
    assert last is not None, f"still dying at point {_MOST}"


def _work_and_die(work: Callable[[], object], number: int) -> None:
    """In the child: never returns."""
    try:
        os.setsid()
        sys.dont_write_bytecode = True  # so that only the work's own writes are counted
        watch(_Countdown(number).point)
        work()
        os._exit(_FINISHED)
    except BaseException:  # noqa: BLE001 - a child hands on whatever it was
        sys.excepthook(*sys.exc_info())
        os._exit(_RAISED)


class _Countdown:
    def __init__(self, number: int) -> None:
        self._left = number
        self._lock = threading.Lock()

    def point(self, *_: object) -> None:
        with self._lock:
            self._left -= 1
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)


def watch(point: Callable[..., None]) -> None:
    """Call ``point`` at every point from now on; this process is good for nothing else then."""

    def audit(event: str, arguments: tuple[Any, ...]) -> None:
        if event in _WRITES or (event == "open" and _writes(arguments)):
            point()

    sys.addaudithook(audit)
    for event in ("before_cursor_execute", "after_cursor_execute", "commit"):
        sa.event.listen(sa.Engine, event, point)
    _after_commit(point)
    for name in ("write", "fsync", "fdatasync", "sendfile", "copy_file_range"):
        setattr(os, name, _before(getattr(os, name), point))
    # What asyncio sends by; the drivers of databases send in C, between two statements' points.
    socket.socket.send = _before(socket.socket.send, point)  # type: ignore[method-assign]
    start = subprocess.Popen._execute_child  # type: ignore[attr-defined]

    def started(*arguments: Any) -> None:
        point()
        start(*arguments)
        point()

    subprocess.Popen._execute_child = started  # type: ignore[attr-defined]


def _before(call: Callable[..., Any], point: Callable[..., None]) -> Callable[..., Any]:
    def counted(*arguments: Any, **options: Any) -> Any:
        point()
        return call(*arguments, **options)

    return counted


def _after_commit(point: Callable[[], None]) -> None:
    """SQLAlchemy tells before it commits, and this after."""
    commit = Dialect.do_commit

    def committed(dialect: Dialect, connection: Any) -> None:
        commit(dialect, connection)
        point()

    Dialect.do_commit = committed  # type: ignore[method-assign]


def _writes(arguments: tuple[Any, ...]) -> bool:
    _, mode, flags = arguments
    if isinstance(mode, str) and any(letter in mode for letter in "wax+"):
        return True
    return bool(flags & _WRITE_FLAGS)


def _wait_for_group(group: int) -> None:
    while True:
        try:
            os.waitpid(-group, 0)
        except ChildProcessError:
            return
