"""DVC's cache: a folder of files that are named by their MD5."""

import hashlib
import json
import re
from configparser import ConfigParser, Error as ConfigError
from pathlib import Path, PurePosixPath

from registry_tasks.entities.errors import InvalidProject, ObjectCorrupt, ObjectMissing

_MD5 = re.compile(r"[0-9a-f]{32}(?:\.dir)?")


class DvcCache:
    """The layout of DVC 3 below ``root``: ``files/md5/ab/cdef...``."""

    root: Path

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, md5: str) -> Path:
        """Say where the object is or would be. Raises ValueError for what is no MD5."""
        if not _MD5.fullmatch(md5):
            raise ValueError(f"{md5!r} is not an MD5 of DVC's")
        return self.root / "files" / "md5" / md5[:2] / md5[2:]

    def listing(self, md5: str) -> tuple[tuple[str, str], ...]:
        """Return (path in the directory, md5) of each file of a ``.dir`` object, by path.

        Raises: ObjectMissing, ObjectCorrupt.
        """
        path = self.path(md5)
        try:
            content = path.read_bytes()
        except FileNotFoundError as error:
            raise ObjectMissing(path.name, str(self.root), f"md5 {md5}") from error
        return read_listing(md5, content, str(self.root))


def read_listing(md5: str, content: bytes, place: str) -> tuple[tuple[str, str], ...]:
    """Return (path in the directory, md5) of each file that a ``.dir`` object lists, by path.

    Raises: ObjectCorrupt.
    """
    found = hashlib.md5(content, usedforsecurity=False).hexdigest() + ".dir"
    if found != md5:
        raise ObjectCorrupt(md5, place, f"md5 {md5}", f"md5 {found}")
    try:
        files = {entry["relpath"]: entry["md5"] for entry in json.loads(content)}
        is_listing = all(_stays_inside(file) and _MD5.fullmatch(files[file]) for file in files)
    except (ValueError, TypeError, KeyError) as error:
        raise _no_listing(md5, place) from error
    if not is_listing:
        raise _no_listing(md5, place)
    return tuple(sorted(files.items()))


def shared_cache(project_root: Path) -> DvcCache:
    """Find the cache of the main checkout: where its DVC configuration says, or .dvc/cache.

    Raises: InvalidProject for a configuration that cannot be read.
    """
    folder = project_root / ".dvc"
    said = read_option(folder, "cache", "dir")
    return DvcCache((folder / said).resolve() if said else folder / "cache")


def read_option(folder: Path, section: str, name: str) -> str:
    """Return an option of a .dvc folder's configuration, '' if it is not set.

    Raises: InvalidProject for a configuration that cannot be read.
    """
    for file in ("config.local", "config"):
        config = ConfigParser(interpolation=None)
        try:
            config.read(folder / file, encoding="utf-8")
        except (ConfigError, UnicodeDecodeError) as error:
            raise InvalidProject(f".dvc/{file}", f"it cannot be read: {error}") from error
        if said := config.get(section, name, fallback=""):
            return _unquoted(said)
    return ""


def _unquoted(value: str) -> str:
    """Read a value as DVC's configuration writes it: quoted, or up to a comment."""
    if value[0] in "\"'":
        return value[1:].partition(value[0])[0]
    return value.partition(" #")[0].strip()


def _stays_inside(file: str) -> bool:
    path = PurePosixPath(file)
    return bool(path.parts) and not path.is_absolute() and ".." not in path.parts


def _no_listing(md5: str, place: str) -> ObjectCorrupt:
    return ObjectCorrupt(md5, place, "a list of files", "something else")
