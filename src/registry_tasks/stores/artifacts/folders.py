"""A folder's content hash, as dvc-data makes its ``.dir`` object."""

import hashlib
import json
from pathlib import Path
from typing import NamedTuple

from registry_tasks.stores.artifacts.digests import digest_file


class FolderDigest(NamedTuple):
    """What DVC records of a folder, and of each file in it."""

    md5: str  # ends in ``.dir``
    size_bytes: int
    files: dict[str, str]  # path in the folder -> MD5, sorted


def digest_folder(folder: Path) -> FolderDigest:
    """Hash every file below a folder. Raises: FileNotFoundError, InvalidArtifact for a link."""
    paths = {file.relative_to(folder).as_posix(): file for file in _files(folder)}
    found = {path: digest_file(paths[path]) for path in sorted(paths)}
    entries = [{"md5": of.md5, "relpath": path} for path, of in found.items()]
    listing = json.dumps(entries, sort_keys=True).encode()
    return FolderDigest(
        md5=hashlib.md5(listing, usedforsecurity=False).hexdigest() + ".dir",
        size_bytes=sum(of.size_bytes for of in found.values()),
        files={path: of.md5 for path, of in found.items()},
    )


def _files(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if not file.is_dir()]
