"""How much CPU time a session's processes took, while they run."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_SESSION: Final = 3  # of what stands after the name in /proc/PID/stat
_TIMES: Final = slice(11, 15)  # user and system time, own and of children that were waited for
_TICK_S: Final = 1 / os.sysconf("SC_CLK_TCK")


def cpu_of(session: int) -> dict[int, float]:
    """Return CPU seconds by process, with those of its children that have ended.

    Empty where the system has no /proc. Source: proc_pid_stat(5).
    """
    return dict(_read(session))


def _read(session: int) -> Iterator[tuple[int, float]]:
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:  # it ended while we looked
            continue
        if int(fields[_SESSION]) == session:
            yield int(folder.name), sum(map(int, fields[_TIMES])) * _TICK_S
