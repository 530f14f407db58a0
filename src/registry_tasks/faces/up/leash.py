"""Run one command that ends, with all it started, when whoever asked for it ends.

``python -m registry_tasks.faces.up.leash COMMAND ...`` holds the command until standard input ends,
which it does however the process at the other end of the pipe went. A command that is killed may
leave processes of its own behind; they become children of this one, which ends them as well.
"""

import ctypes
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

GRACE_S: Final = 10
"""How long a command may take to end in order."""
_DIE_WITH_PARENT: Final = 1  # PR_SET_PDEATHSIG of linux/prctl.h
_ADOPT_ORPHANS: Final = 36  # PR_SET_CHILD_SUBREAPER


def hold(command: list[str]) -> int:
    """Run a command until it ends or standard input does; returns its exit code."""
    _prctl(_ADOPT_ORPHANS, 1)
    held = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,  # one that watches its own input is told as well if we are killed
        preexec_fn=lambda: _prctl(_DIE_WITH_PARENT, signal.SIGKILL),  # noqa: PLW1509 - one thread
    )
    signal.signal(signal.SIGTERM, lambda *_: held.terminate())
    threading.Thread(target=_end_with_parent, args=(held,), daemon=True).start()
    code = held.wait()
    _end_what_is_left()
    return code if code >= 0 else 128 - code


def _end_with_parent(held: subprocess.Popen[bytes]) -> None:
    os.read(0, 1)  # nothing is ever written: it ends
    held.terminate()
    try:
        held.wait(GRACE_S)
    except subprocess.TimeoutExpired:
        held.kill()


def _end_what_is_left() -> None:
    """Kill what the command left behind, which are children of ours now, and theirs."""
    while left := list(_children()):
        for pid in left:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        for pid in left:
            with suppress(ChildProcessError):
                os.waitpid(pid, 0)


def _children() -> Iterator[int]:
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it ended while we looked
            _, _, rest = (folder / "stat").read_text().rpartition(")")
            if int(rest.split()[1]) == os.getpid():
                yield int(folder.name)


def _prctl(option: int, value: int) -> None:
    """Ask Linux; other systems have neither, and there the pipe alone must do."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


if __name__ == "__main__":
    sys.exit(hold(sys.argv[1:]))
