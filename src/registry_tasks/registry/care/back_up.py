"""Back up: the store as of one instant, and every object that its versions need.

A backup folder holds ``objects/``, an object remote like any other, and ``stores/``, one SQLite
file a backup with its description beside it. So the second backup copies only new objects, and
each earlier instant stays reachable. A file without a description was never finished.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

from pydantic import ValidationError

from registry_tasks.entities.backup import Backup
from registry_tasks.entities.errors import BackupNotFound, Corrupt, StoreCorrupt
from registry_tasks.entities.manifest import Artifact
from registry_tasks.entities.permission import Permission
from registry_tasks.registry.permit import check_now
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.artifacts.digests import digest_file
from registry_tasks.stores.artifacts.directory import ObjectDirectory
from registry_tasks.stores.artifacts.writing import SUFFIX, dead_temporaries, write_bytes
from registry_tasks.stores.failures import writing
from registry_tasks.stores.folders import make_folder, sync_folder
from registry_tasks.stores.metadata import dropped_bytes, events, snapshots, versions
from registry_tasks.stores.metadata.moving import check_in_use
from registry_tasks.stores.metadata.schema import REVISIONS
from registry_tasks.stores.metadata.store import MetadataStore

_STORES: Final = "stores"
_UNFINISHED: Final = ".unfinished"


class Content(NamedTuple):
    """What a store says that a backup of it must hold."""

    last_event: int
    versions: int
    artifacts: tuple[Artifact, ...]  # every object once, listings last


def back_up(registry: Registry, folder: Path, keep: int | None = None) -> Backup:
    """Add a backup to a folder; afterwards only the newest ``keep`` stores stay, if given.

    Writers go on meanwhile. An object that neither the remote nor an earlier backup holds whole
    is named in the answer. A store that was moved is refused: every backup of it would be the same.
    Raises: NotPermitted, StoreMissing, StoreMovedAway, RemoteMissing, DiskFull, StoreReadOnly,
    StoreIoFailed.
    """
    with registry.metadata.reading() as connection:  # or a folder would be made for nothing
        check_now(registry, connection, Permission.CARE)
        check_in_use(connection, registry.metadata.url)
    at = datetime.now(UTC)
    name = at.strftime("%Y-%m-%dT%H-%M-%S.%fZ")
    objects = objects_of(folder)
    with writing(folder), _locked(folder):
        _sweep(folder)
        objects.create()
        unfinished = store_file(folder, name + _UNFINISHED)
        snapshots.take(registry.metadata, unfinished, registry.actor)
        content = read_content(unfinished)
        missing = tuple(_missing(registry, objects, content.artifacts))
        digests = digest_file(unfinished)
        backup = Backup(
            name=name,
            at=at,
            by=registry.actor,
            store=registry.metadata.url,
            schema_version=REVISIONS[-1],
            last_event=content.last_event,
            versions=content.versions,
            objects=len(content.artifacts),
            size_bytes=sum(artifact.size_bytes for artifact in content.artifacts),
            sha256=digests.sha256,
            missing=missing,
        )
        _finish(folder, unfinished, backup)
        for old in list_backups(folder)[keep:] if keep else ():
            _description(folder, old.name).unlink()
            store_file(folder, old.name).unlink()
    return backup


def list_backups(folder: Path) -> tuple[Backup, ...]:
    """Return the finished backups in a folder, newest first. Raises BackupNotFound if none is."""
    found = []
    for path in sorted((folder / _STORES).glob("*.json"), reverse=True):
        try:
            found.append(Backup.model_validate_json(path.read_bytes()))
        except ValidationError as error:
            raise StoreCorrupt(str(path), "it describes no backup") from error
    if not found:
        raise BackupNotFound(str(folder), "it holds no finished backup")
    return tuple(found)


def objects_of(folder: Path) -> ObjectDirectory:
    """Return the object remote of a backup folder."""
    return ObjectDirectory(folder / "objects")


def store_file(folder: Path, name: str) -> Path:
    """Say where the store of a backup is."""
    return folder / _STORES / f"{name}.db"


def read_content(path: Path) -> Content:
    """Read what the store in a file needs."""
    store = MetadataStore(f"sqlite:///{path}")
    try:
        with store.reading() as connection:
            gone = dropped_bytes.let_go(connection)
            stored = versions.stored_objects(connection)
            return Content(
                events.last_sequence(connection),
                versions.count(connection),
                tuple(artifact for artifact in stored if artifact.md5 not in gone),
            )
    finally:
        store.close()


def _missing(
    registry: Registry, objects: ObjectDirectory, artifacts: tuple[Artifact, ...]
) -> Iterator[str]:
    """Copy what the folder lacks, and name what cannot be had."""
    for artifact in artifacts:
        target = objects.path(artifact.md5)
        if target.is_file() and target.stat().st_size == artifact.size_bytes:
            continue  # recovering hashes it; a backup is quick, or it is not made
        try:
            registry.objects.fetch(artifact, target)
        except Corrupt as error:
            yield str(error)


def _finish(folder: Path, unfinished: Path, backup: Backup) -> None:
    """Make the file durable under its name, then say that it is one."""
    with unfinished.open("rb") as file:
        os.fsync(file.fileno())
    unfinished.replace(store_file(folder, backup.name))
    target = _description(folder, backup.name)
    content = backup.model_dump_json(indent=1).encode()
    write_bytes(content, target, target.parent)
    sync_folder(target.parent)


def _description(folder: Path, name: str) -> Path:
    return folder / _STORES / f"{name}.json"


def _sweep(folder: Path) -> None:
    """Remove what backups that died left behind."""
    stores = folder / _STORES
    described = {path.stem for path in stores.glob("*.json")}
    for path in stores.glob("*.db*"):
        if path.name.partition(".db")[0] not in described:
            path.unlink()
    fetched = {path.parent for path in objects_of(folder).root.rglob(f"*{SUFFIX}")}
    for place in (stores, *sorted(fetched)):
        for path in dead_temporaries(place):
            path.unlink()


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """One backup at a time in a folder; the lock ends with the process."""
    make_folder(folder / _STORES)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
