"""What a remote says it holds: names, sizes and times of all objects, without reading them."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

from registry_tasks.stores.artifacts.layout import parts

NO_FILE: Final = -1


class StoredObject(NamedTuple):
    """An object as a listing shows it; its bytes may be wrong."""

    md5: str
    place: str  # file or URL
    size_bytes: int  # NO_FILE for a link and what else is no file
    at: datetime  # when it was written


def list_folder(root: Path) -> Iterator[StoredObject]:
    """Give the objects of a folder in DVC's layout; what is named otherwise is none of them."""
    for folder in _entries(root / "files" / "md5"):
        if not folder.is_dir(follow_symlinks=False):
            continue
        for entry in _entries(Path(folder.path)):
            if _is_md5(folder.name + entry.name):
                try:
                    told = entry.stat(follow_symlinks=False)
                except FileNotFoundError:  # collected since
                    continue
                size = told.st_size if entry.is_file(follow_symlinks=False) else NO_FILE
                at = datetime.fromtimestamp(told.st_mtime, UTC)
                yield StoredObject(folder.name + entry.name, entry.path, size, at)


def list_page(page: dict[str, Any], bucket: str, below: str) -> Iterator[StoredObject]:
    """Give the objects of a page of S3's listing below a prefix."""
    for found in page.get("Contents", ()):
        md5 = found["Key"].removeprefix(below).replace("/", "", 1)
        if _is_md5(md5):
            place = f"s3://{bucket}/{found['Key']}"
            yield StoredObject(md5, place, found["Size"], found["LastModified"])


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return sorted(found, key=lambda entry: entry.name)
    except FileNotFoundError:
        return []


def _is_md5(name: str) -> bool:
    try:
        parts(name)
    except ValueError:
        return False
    return True
