"""Files that appear whole or not at all: written under a temporary name, hashed, renamed.

A writer holds a lock on its temporary file. The kernel drops it with the process, so that what a
dead writer left can be told from what is being written, on whatever clock.
"""

import fcntl
import os
import re
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from registry_tasks.stores.artifacts.digests import Digests, Hasher
from registry_tasks.stores.folders import sync_folder

SUFFIX = ".unfinished"
_NAME = re.compile(r"[0-9]+-[0-9a-f]{32}" + re.escape(SUFFIX))
_Check = Callable[[Digests], None]
_Seal = Callable[[int], None]


def write_file(
    content: Iterable[bytes],
    target: Path,
    temporaries: Path,
    check: _Check,
    seal: _Seal = lambda _: None,
) -> Digests:
    """Write ``target``, read-only, through a temporary file in ``temporaries``.

    Both folders must be on one file system. The bytes are hashed on their way; ``check`` raises if
    they are not the right ones, and then ``target`` stays as it was. ``seal`` may do something to
    the open file before it appears. Returns the digests.
    """
    hasher = Hasher()
    with temporary(temporaries) as (path, writer):
        for piece in content:
            hasher.update(piece)
            writer.write(piece)
        check(hasher.digests())
        _become(target, path, writer, seal)
    sync_folder(target.parent)
    return hasher.digests()


def write_bytes(
    content: bytes, target: Path, temporaries: Path, seal: _Seal = lambda _: None
) -> None:
    """Write bytes that were hashed while they were in memory, as ``write_file`` does."""
    with temporary(temporaries) as (path, writer):
        writer.write(content)
        _become(target, path, writer, seal)
    sync_folder(target.parent)


def _become(target: Path, path: Path, writer: BinaryIO, seal: _Seal) -> None:
    writer.flush()
    seal(writer.fileno())
    os.fsync(writer.fileno())
    os.fchmod(writer.fileno(), 0o444)
    os.replace(path, target)


def dead_temporaries(folder: Path) -> Iterator[Path]:
    """Give the temporary files in ``folder`` that nobody is writing any more."""
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        try:
            with path.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if path.exists():  # else its writer has ended well in between
                    yield path
        except (FileNotFoundError, BlockingIOError):  # its writer is alive, or ready by now
            continue


def sweep_among_others(folder: Path) -> None:
    """Remove what dead writers left in a folder of the user's, and nothing that only ends alike."""
    for path in dead_temporaries(folder):
        if _NAME.fullmatch(path.name):
            path.unlink(missing_ok=True)


@contextmanager
def temporary(folder: Path) -> Iterator[tuple[Path, BinaryIO]]:
    """Make a temporary file, locked; it is removed unless it was renamed."""
    while True:
        path = folder / f"{os.getpid()}-{uuid.uuid4().hex}{SUFFIX}"
        writer = path.open("xb")
        fcntl.flock(writer, fcntl.LOCK_EX)
        if os.fstat(writer.fileno()).st_nlink:
            break
        writer.close()  # swept between making and locking it
    with writer:
        try:
            yield path, writer
        finally:
            path.unlink(missing_ok=True)
