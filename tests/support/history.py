"""What each caller saw: every call with its start, its end and what came of it, file by file.

A line is written before a call and one after it, each in one write of its own, so that a process
that is killed leaves at most one call whose end nobody saw. Times are of the monotonic clock, which
all processes of a machine share.
"""

import json
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from registry_tasks.entities.errors import RegistryError

FOREVER = float("inf")


@dataclass(frozen=True)
class Call:
    """One call of a verb; without ``answer`` and ``error`` nobody knows what came of it."""

    id: str
    process: int
    verb: str
    asked: dict[str, Any]
    start: float
    end: float = FOREVER
    answer: dict[str, Any] | None = None
    error: str | None = None  # the name of its class
    facts: list[Any] = field(default_factory=list)
    tries: int = 1

    @property
    def unknown(self) -> bool:
        return self.answer is None and self.error is None

    @property
    def waited_s(self) -> float:
        return self.end - self.start


class Recorder:
    """Writes the calls of one process, and knows the one that its predecessor did not end."""

    def __init__(self, folder: Path, process: int) -> None:
        self.process = process
        path = file_of(folder, process)
        known = list(_read(path)) if path.exists() else []
        self.count = len(known)
        self.unfinished = known[-1] if known and known[-1].unknown else None
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def next_id(self) -> str:
        """Name the call to come."""
        return f"p{self.process}-{self.count + 1}"

    def begin(self, id_: str, verb: str, asked: dict[str, Any]) -> None:
        """Write that a call begins."""
        self.count += 1
        self._write(id=id_, verb=verb, asked=asked, start=time.monotonic())

    def again(self, id_: str) -> None:
        """Write that a call, whose end nobody saw, is made once more with its key."""
        self._write(id=id_, again=True)

    def end(self, id_: str, work: Callable[[], dict[str, Any]]) -> dict[str, Any] | None:
        """Do the work and write what came of it; returns the answer, None after an error.

        An error that is none of ours is written as it is: the judge refuses it.
        """
        try:
            answer = work()
        except RegistryError as error:
            self._write(
                id=id_, end=time.monotonic(), error=type(error).__name__, facts=list(error.args)
            )
        except Exception as error:  # noqa: BLE001 - whatever a caller would have seen
            self._write(id=id_, end=time.monotonic(), error=f"untyped {error!r}", facts=[])
        else:
            self._write(id=id_, end=time.monotonic(), answer=answer)
            return answer
        return None

    def _write(self, **line: Any) -> None:
        os.write(self._file, json.dumps(line).encode() + b"\n")

    def close(self) -> None:
        os.close(self._file)


def file_of(folder: Path, process: int) -> Path:
    """Return where a process writes."""
    return folder / f"process-{process}.jsonl"


def read_history(folder: Path) -> list[Call]:
    """Return the calls of all processes by their start."""
    found = [call for path in sorted(folder.glob("process-*.jsonl")) for call in _read(path)]
    return sorted(found, key=lambda call: call.start)


def _read(path: Path) -> Iterator[Call]:
    calls: dict[str, dict[str, Any]] = {}
    process = int(path.stem.removeprefix("process-"))
    for line in path.read_text().splitlines():
        told = json.loads(line)
        if "start" in told:
            calls[told["id"]] = {**told, "process": process}
        elif "again" in told:
            calls[told["id"]]["tries"] = calls[told["id"]].get("tries", 1) + 1
        else:
            calls[told["id"]].update(told)
    return (Call(**told) for told in calls.values())
