"""The logs of a run on this machine: how it ended, the end of what it printed, how far it came."""

import json
import re
from pathlib import Path
from typing import Final, NamedTuple

from pydantic import ValidationError

from registry_tasks.entities.run import LOG_TAIL_BYTES, Cost
from registry_tasks.entities.texts import make_storable

_END: Final = "end.json"
_UNSAFE: Final = re.compile(r"[^A-Za-z0-9@._-]")
_EXIT: Final = re.compile(r"exited with (-?\d{1,9})")
_LAST_BYTES: Final = 4096  # where DVC says with which exit code a command ended


class End(NamedTuple):
    """How DVC ended, and what it and all that it ran took."""

    exit_code: int
    cost: Cost


def log_path(logs: Path, place: int, stage: str) -> Path:
    """Return where the output of a DVC stage goes."""
    return logs / f"{place:02}-{_safe(stage)}.log"


def keep_end(logs: Path, end: End) -> None:
    """Write how DVC ended beside the logs, for when this process cannot tell any more."""
    document = {"exit_code": end.exit_code, "cost": end.cost.model_dump()}
    (logs / _END).write_text(json.dumps(document))


def read_end(logs: Path) -> End | None:
    """Return how DVC ended; None if it has not, or was killed together with its process."""
    try:
        document = json.loads((logs / _END).read_text())
        return End(int(document["exit_code"]), Cost.model_validate(document["cost"]))
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError, ValidationError):  # its writer was killed at it
        return None


def read_exit_code(logs: Path) -> int | None:
    """Return the exit code of the stage that failed; DVC's own if no stage's is known."""
    end = read_end(logs)
    if end is None or end.exit_code == 0:
        return None if end is None else 0
    told = [code for file in _files(logs)[-1:] for code in _EXIT.findall(_end_of(file))]
    return int(told[-1]) if told else end.exit_code


def came_to(logs: Path, template: str) -> bool:
    """Whether DVC came to a stage, or to a member of a foreach stage."""
    name = _safe(template)
    stages = (file.stem.partition("-")[2] for file in _files(logs))
    return any(stage == name or stage.startswith(f"{name}@") for stage in stages)


def read_tail(logs: Path) -> str | None:
    """Return the last ``LOG_TAIL_BYTES`` of all logs, each under its name; None without any."""
    parts: list[str] = []
    left = LOG_TAIL_BYTES
    for file in reversed(_files(logs)):
        title = f"==> {file.stem} <==\n"
        left -= len(title.encode())
        if left <= 0:
            break
        with file.open("rb") as stream:
            size = stream.seek(0, 2)
            stream.seek(max(0, size - left))
            told = stream.read(left)
        if not told:
            left += len(title.encode())
            continue
        if size > left:
            told = told.partition(b"\n")[2] or told  # a line that is cut says little
        left -= len(told)
        parts.append(title + _storable(told))
    return "\n".join(reversed(parts)) or None


def _files(logs: Path) -> list[Path]:
    return sorted(logs.glob("*.log"))


def _end_of(file: Path) -> str:
    with file.open("rb") as stream:
        stream.seek(max(0, stream.seek(0, 2) - _LAST_BYTES))
        return stream.read().decode(errors="replace")


def _storable(told: bytes) -> str:
    return make_storable(told.decode(errors="replace").replace("\r\n", "\n"))


def _safe(stage: str) -> str:
    return _UNSAFE.sub("_", stage)[:100]
