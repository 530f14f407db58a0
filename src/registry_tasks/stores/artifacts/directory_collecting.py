"""Collect from a folder: an object is moved aside, looked at once more, and only then taken."""

import os
import time
from collections.abc import Collection
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from registry_tasks.entities.errors import ObjectMissing
from registry_tasks.stores.artifacts.collectable import FRESH
from registry_tasks.stores.artifacts.failures import using_remote
from registry_tasks.stores.artifacts.layout import parts
from registry_tasks.stores.artifacts.sealing import is_sealed
from registry_tasks.stores.artifacts.writing import write_bytes
from registry_tasks.stores.folders import make_folder, sync_folder

ASIDE: Final = ".aside"
_NOTES: Final = "registry"


def renew(path: Path) -> bool:
    """Let an object be young again; False if it is not there, or is somebody else's file."""
    try:
        if time.time() - path.stat().st_mtime > FRESH.total_seconds():
            os.utime(path)
    except (FileNotFoundError, PermissionError):
        return False
    return True


def put_back_aside(root: Path) -> None:
    """Put back what collectors moved aside; one that is alive takes it again the next time."""
    for grave in root.joinpath("tmp").glob(f"*{ASIDE}"):
        _put_back(grave, root.joinpath(*parts(grave.name.removesuffix(ASIDE))))


class DirectoryCollecting:
    """A folder of objects, as whoever collects from it sees it."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def check(self) -> None:
        """Do nothing: what is renewed meanwhile is never lost here."""

    def is_ours(self, md5: str) -> bool:
        """Whether a registry wrote the object, as far as that can be known."""
        return is_sealed(self._path(md5))

    def remove_old(self, md5: str, before: datetime) -> bool:
        """Move the object aside, and take it unless a writer renewed it just before."""
        path, grave = self._path(md5), self._root / "tmp" / f"{md5}{ASIDE}"
        with using_remote(self._root):
            make_folder(grave.parent)
            try:
                if path.stat().st_mtime >= before.timestamp():
                    return False
                path.rename(grave)
                if grave.stat().st_mtime < before.timestamp():
                    grave.unlink()
                    for folder in (path.parent, grave.parent):
                        sync_folder(folder)
                    return True
            except FileNotFoundError:  # another collector has it, or put it back
                return False
            _put_back(grave, path)
        return False

    def bring_back(self, objects: Collection[str], before: datetime) -> None:
        """Put back what a collector that died had moved aside."""
        with using_remote(self._root):
            put_back_aside(self._root)

    def read(self, md5: str) -> bytes:
        """Return a small object's bytes, not verified. Raises ObjectMissing."""
        try:
            return self._path(md5).read_bytes()
        except FileNotFoundError as error:
            raise ObjectMissing(md5, str(self._root), f"md5 {md5}") from error

    def list_notes(self, folder: str) -> tuple[str, ...]:
        """Return the names of the notes in a folder."""
        found = (self._root / _NOTES / folder).glob("*.json")
        return tuple(sorted(f"{folder}/{path.name}" for path in found))

    def find_note(self, name: str) -> bytes | None:
        """Return a note, None if it is not there."""
        try:
            return (self._root / _NOTES / name).read_bytes()
        except FileNotFoundError:
            return None

    def write_note(self, name: str, content: bytes) -> None:
        """Write a note, whole or not at all."""
        target = self._root / _NOTES / name
        with using_remote(self._root):
            for folder in (target.parent, self._root / "tmp"):
                make_folder(folder)
            write_bytes(content, target, self._root / "tmp")

    def remove_note(self, name: str) -> None:
        """Take a note away, if it is there."""
        with using_remote(self._root):
            note = self._root / _NOTES / name
            if note.exists():
                note.unlink(missing_ok=True)
                sync_folder(note.parent)

    def _path(self, md5: str) -> Path:
        return self._root.joinpath(*parts(md5))


def _put_back(grave: Path, path: Path) -> None:
    """Put an object back where it was; whoever wrote it anew meanwhile wrote the same bytes."""
    with suppress(FileNotFoundError):  # another process does the same
        if path.exists():
            grave.unlink()
        else:
            grave.rename(path)
