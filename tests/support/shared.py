"""What is made once for all workers that run these tests at once, and copied or read by them."""

import fcntl
import shutil
from collections.abc import Callable
from pathlib import Path


class Shared:
    """Where it is; a folder of this run of pytest."""

    folder: Path


def once(name: str, make: Callable[[Path], None]) -> Path:
    """Return the folder that ``make`` fills, by whichever worker comes first; none changes it."""
    made, unfinished = Shared.folder / name, Shared.folder / f"{name}.unfinished"
    with (Shared.folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            shutil.rmtree(unfinished, ignore_errors=True)  # of one that failed
            unfinished.mkdir()
            make(unfinished)
            unfinished.rename(made)
    return made
