"""Orders to disk.c: which change on disk a process group dies at, or sees fail, or all logged.

A process obeys from its start if it was started with ``environment``. Its children obey too, also
Git and what SQLite does in C.
"""

import ctypes
import errno
import mmap
import os
import shutil
import subprocess
from collections.abc import Iterator
from enum import IntEnum
from pathlib import Path
from typing import Final, NamedTuple

import pytest

_SOURCE: Final = Path(__file__).with_name("disk.c")
_FIELDS: Final = ("action", "at", "error", "sticky", "count", "lock", "hit")
_PATH_MAX: Final = 4096
_SIZE: Final = 8 * len(_FIELDS) + 2 * _PATH_MAX


class Action(IntEnum):
    """What happens at the chosen change."""

    NOTHING = 0  # changes are counted
    KILL = 1  # SIGKILL to the process group, before the change
    TEAR = 2  # the same amid a write, of which half is done; only writes are counted
    FAIL = 3  # the call fails
    LOG = 4  # every change goes into the log


class Kind(IntEnum):
    """A change on disk."""

    WRITE = 1
    CREATE = 2
    CUT = 3
    SYNC = 4
    RENAME = 5
    LINK = 6
    UNLINK = 7
    MKDIR = 8
    RMDIR = 9
    MARK = 10


class Fault(NamedTuple):
    """What is to go wrong: at which change, and how."""

    action: Action
    at: int
    error: int = errno.ENOSPC
    sticky: bool = False  # all later changes fail too, as on a full disk


class Change(NamedTuple):
    """One line of the log, in the order of the changes."""

    kind: Kind
    path: str
    other: str  # where a file is renamed or linked to
    offset: int  # of bytes; a mark's number
    data: bytes


def library(folder: Path) -> Path:
    """Compile disk.c; the test is skipped where there is no compiler."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        pytest.skip("needs a C compiler (cc) to load faults into Git and SQLite")
    target = folder / "disk.so"
    options = ("-O2", "-shared", "-fPIC", "-o", str(target), str(_SOURCE), "-ldl")
    subprocess.run([compiler, *options], check=True)
    return target


class Orders:
    """The shared file that every process of a trial obeys."""

    def __init__(self, file: Path) -> None:
        self.file = file
        file.write_bytes(bytes(_SIZE))
        with file.open("r+b") as opened:
            self._map = mmap.mmap(opened.fileno(), _SIZE)

    def obey(self, preload: Path) -> None:
        """Let this process obey, which was started with ``preload`` loaded; its children too."""
        os.environ["DISK_ORDERS"] = str(self.file)
        loaded = ctypes.CDLL(str(preload))
        assert loaded.disk_obey(os.fsencode(self.file)) == 0

    def give(self, root: Path, fault: Fault, log: Path | None = None) -> None:
        """Let changes below ``root`` go wrong from now on."""
        self.end()
        for number, text in enumerate((str(root), str(log or ""))):
            start = 8 * len(_FIELDS) + number * _PATH_MAX
            self._map[start : start + _PATH_MAX] = os.fsencode(text).ljust(_PATH_MAX, b"\0")
        self._set("at", fault.at)
        self._set("error", fault.error)
        self._set("sticky", fault.sticky)
        for name in ("count", "lock", "hit"):
            self._set(name, 0)
        self._set("action", fault.action)

    def end(self) -> None:
        """Let nothing go wrong any more."""
        self._set("action", Action.NOTHING)

    @property
    def count(self) -> int:
        """How many changes there were since the orders were given."""
        return self._get("count")

    @property
    def hit(self) -> Kind | None:
        """What the last chosen change was; None if none was reached."""
        number = self._get("hit")
        return Kind(number) if number else None

    def _set(self, name: str, value: int) -> None:
        start = 8 * _FIELDS.index(name)
        self._map[start : start + 8] = int(value).to_bytes(8, "little", signed=True)

    def _get(self, name: str) -> int:
        start = 8 * _FIELDS.index(name)
        return int.from_bytes(self._map[start : start + 8], "little", signed=True)


def mark(preload: Path, number: int) -> None:
    """Note in the log that something was acknowledged."""
    loaded = ctypes.CDLL(str(preload))
    loaded.disk_mark(ctypes.c_int64(number))


def read_log(log: Path) -> Iterator[Change]:
    """Give the changes in their order."""
    content, place = log.read_bytes(), 0
    while place < len(content):
        kind, *numbers = (
            int.from_bytes(content[place + 8 * n : place + 8 * n + 8], "little") for n in range(5)
        )
        path_size, other_size, offset, size = numbers
        place += 40
        path = os.fsdecode(content[place : place + path_size])
        place += path_size
        other = os.fsdecode(content[place : place + other_size])
        place += other_size
        data = content[place : place + size] if kind == Kind.WRITE else b""
        place += len(data)
        yield Change(Kind(kind), path, other, offset, data)
