"""How much CPU time a session's processes took, while they run."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

_PARENT: Final = 1  # of what stands after the name in /proc/PID/stat
_SESSION: Final = 3
_TIMES: Final = slice(11, 15)  # user and system time, own and of children that were waited for
_TICK_S: Final = 1 / os.sysconf("SC_CLK_TCK")


class Running(NamedTuple):
    """A process: its parent, and the CPU seconds of it and of its children that have ended."""

    parent: int
    cpu_s: float


def processes_of(session: int) -> dict[int, Running]:
    """Return the processes of a session; none where the system has no /proc.

    Source: proc_pid_stat(5).
    """
    return dict(_read(session))


def childless(found: Mapping[int, Running]) -> set[int]:
    """Return those that have no child: whoever is ended with its parent is counted for nobody."""
    return {*found} - {one.parent for one in found.values()}


def _read(session: int) -> Iterator[tuple[int, Running]]:
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:  # it ended while we looked
            continue
        if int(fields[_SESSION]) == session:
            cpu_s = sum(map(int, fields[_TIMES])) * _TICK_S
            yield int(folder.name), Running(int(fields[_PARENT]), cpu_s)
