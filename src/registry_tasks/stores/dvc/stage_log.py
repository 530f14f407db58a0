"""DVC's output, cut at the lines with which DVC announces its stages."""

import re
import threading
from collections import deque
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from registry_tasks.entities.errors import StageFailed
from registry_tasks.stores.dvc.command import TAIL_LINES


class Outcome(StrEnum):
    """What became of a DVC stage."""

    RAN = "ran"
    CACHED = "cached"  # its outputs came from DVC's run cache
    UNCHANGED = "unchanged"
    FAILED = "failed"


_HEADERS = (
    (re.compile(rb"Running stage '([^']+)':"), Outcome.RAN),
    (
        re.compile(rb"Stage '([^']+)' is cached - skipping run, checking out outputs"),
        Outcome.CACHED,
    ),
    (re.compile(rb"Stage '([^']+)' didn't change, skipping"), Outcome.UNCHANGED),
)
# Not at the start of a line if the stage's command left its last one open.
_FAILURE = re.compile(rb"ERROR: failed to reproduce '([^']+)'(?:: |$)")


def read_header(line: bytes) -> tuple[str, Outcome] | None:
    """Return stage and outcome if this is the line with which DVC announces a stage."""
    for pattern, outcome in _HEADERS:
        if found := pattern.fullmatch(line.rstrip()):
            return found[1].decode(errors="replace"), outcome
    return None


def read_failure(line: bytes) -> str | None:
    """Return the stage that DVC gives up with this line."""
    found = _FAILURE.search(line)
    return found[1].decode(errors="replace") if found else None


class StageLog:
    """One DVC stage's part of the output: a file that some read while it is written."""

    def __init__(self, stage: str, outcome: Outcome, path: Path) -> None:
        self.stage, self.path = stage, path
        self._outcome, self._ended = outcome, False
        self._error: Exception | None = None
        self._file: BinaryIO = path.open("wb", buffering=0)
        self._grown = threading.Condition()

    @property
    def outcome(self) -> Outcome:
        """What became of the stage; until its lines have ended it may still turn to failed."""
        return self._outcome

    def write(self, line: bytes) -> None:
        """Add a line that all readers see at once."""
        with self._grown:
            self._file.write(line)
            self._grown.notify_all()

    def end(self) -> None:
        """Close the log of a stage that went as its header said; ending twice is fine."""
        with self._grown:
            self._ended = True
            self._file.close()
            self._grown.notify_all()

    def fail(self, error: Exception | None = None) -> None:
        """Close the log of a stage that failed; ``error`` is raised in place of StageFailed."""
        self._outcome, self._error = Outcome.FAILED, error
        self.end()

    def lines(self) -> Iterator[str]:
        """Give all lines, waiting for those to come. Raises StageFailed after the last one."""
        last: deque[str] = deque(maxlen=TAIL_LINES)
        with self.path.open("rb") as file:
            while line := self._next_line(file):
                last.append(line.decode(errors="replace").rstrip("\r\n"))
                yield last[-1]
        if self._error is not None:
            raise self._error
        if self._outcome is Outcome.FAILED:
            raise StageFailed(self.stage, "\n".join(last).strip())

    def _next_line(self, file: BinaryIO) -> bytes:
        with self._grown:
            while not (line := file.readline()) and not self._ended:
                self._grown.wait()
        return line
