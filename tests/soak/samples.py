"""What processes and folders hold, again and again, and the straight line through it."""

import os
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from registry_tasks.stores.artifacts.writing import SUFFIX

_MIB: Final = 1 << 20


class Limit(NamedTuple):
    """How much the fitted line may rise between warm-up and end."""

    growth: float
    unit: str


LIMITS: Final = {
    "memory": Limit(12, "MiB"),
    "open files": Limit(3, ""),
    "threads": Limit(1, ""),
    "connections": Limit(3, ""),
    "temporary files": Limit(10, ""),
    "workspaces": Limit(4, ""),
    "worktrees": Limit(4, ""),
    "lock files": Limit(4, ""),
    "write-ahead log": Limit(16, "MiB"),
}
"""What must be flat, by the kind of thing that is measured."""
LONG_ENOUGH_S: Final = 240.0
"""Before that a line through the samples says more about chance than about growth."""


class Line(NamedTuple):
    """Least squares through the samples after warm-up."""

    name: str
    first: float
    last: float
    per_minute: float
    growth: float
    seconds: float

    @property
    def limit(self) -> Limit:
        return LIMITS[self.name.rpartition(": ")[2]]

    @property
    def holds(self) -> bool:
        return self.growth <= self.limit.growth or self.seconds < LONG_ENOUGH_S


class Samples:
    """Values by name and time in seconds."""

    def __init__(self) -> None:
        self._found: dict[str, list[tuple[float, float]]] = defaultdict(list)

    def add(self, at: float, values: dict[str, float]) -> None:
        for name, value in values.items():
            self._found[name].append((at, value))

    def lines(self, warm_up_s: float) -> list[Line]:
        """Fit each of what must be flat."""
        fitted = (_fit(name, found, warm_up_s) for name, found in sorted(self._found.items()))
        return [line for line in fitted if line is not None]

    def each(self, name: str, of: str, begin_s: float, end_s: float) -> float:
        """Return by how much a value rose for each one of another, between two times."""
        rises = []
        for measured in (name, of):
            found = [value for at, value in self._found[measured] if begin_s <= at <= end_s]
            rises.append(found[-1] - found[0] if found else 0.0)
        return rises[0] / max(1.0, rises[1])


def _fit(name: str, found: list[tuple[float, float]], warm_up_s: float) -> Line | None:
    kept = [pair for pair in found if pair[0] >= warm_up_s]
    if name.rpartition(": ")[2] not in LIMITS or len(kept) < 3:
        return None
    mean_at = sum(at for at, _ in kept) / len(kept)
    mean = sum(value for _, value in kept) / len(kept)
    spread = sum((at - mean_at) ** 2 for at, _ in kept)
    slope = sum((at - mean_at) * (value - mean) for at, value in kept) / spread
    growth = slope * (kept[-1][0] - kept[0][0])
    return Line(name, kept[0][1], kept[-1][1], slope * 60, growth, kept[-1][0] - kept[0][0])


def of_process(name: str, pid: int) -> dict[str, float]:
    """Return what a process holds now; nothing if it has just ended."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
        opened = list(_opened(Path(f"/proc/{pid}/fd")))
    except (FileNotFoundError, ProcessLookupError):
        return {}
    said = dict(line.split(":", 1) for line in status.splitlines())
    if "VmRSS" not in said:
        return {}
    connections = [f for f in opened if f.startswith("socket:") or f.endswith("/registry.db")]
    return {
        f"{name}: memory": int(said["VmRSS"].split()[0]) / 1024,
        f"{name}: open files": len(opened),
        f"{name}: threads": int(said["Threads"]),
        f"{name}: connections": len(connections),
    }


def of_folders(root: Path, state: Path, remote: Path, downloads: Path) -> dict[str, float]:
    """Return what the checkout, the state folder, a remote in a folder and the downloads hold."""
    git = root / ".git"
    counted = subprocess.run(
        ["git", "count-objects", "-v"], cwd=root, capture_output=True, text=True, check=True
    )
    objects = dict(line.split(": ") for line in counted.stdout.splitlines())
    return {
        "temporary files": _count(remote / "tmp") + _count(downloads, f"sha256/*/*/*{SUFFIX}"),
        "workspaces": _count(state / "workspaces"),
        "worktrees": _count(git / "worktrees", "*"),
        "lock files": _count(git, "**/*.lock"),
        "write-ahead log": _size(state / "registry.db-wal") / _MIB,
        "store": _size(state / "registry.db"),
        "Git objects": int(objects["count"]) + int(objects["in-pack"]),
        "Git packs": int(objects["packs"]),
        "Git bytes": 1024 * (int(objects["size"]) + int(objects["size-pack"])),
        "loose refs": sum(len(files) for _, _, files in os.walk(git / "refs")),
    }


def _opened(folder: Path) -> Iterator[str]:
    for link in folder.iterdir():
        with suppress(FileNotFoundError):  # it has just been closed
            yield os.readlink(link)


def _count(folder: Path, pattern: str = "*") -> int:
    return sum(1 for _ in folder.glob(pattern)) if folder.is_dir() else 0


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return 0
