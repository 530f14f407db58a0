"""Recover: bring a backup back into an empty store, and its objects into the remote."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from registry_tasks.entities.backup import Backup, Recovery
from registry_tasks.entities.errors import (
    BackupNotFound,
    Corrupt,
    LogBroken,
    LogNewer,
    ObjectMissing,
    SchemaNewer,
    SchemaOlder,
    StoreBehindLog,
    StoreCorrupt,
    StoreMissing,
    StoreNotEmpty,
)
from registry_tasks.entities.manifest import Artifact
from registry_tasks.registry.care.back_up import list_backups, objects_of, read_content, store_file
from registry_tasks.registry.ledger.log import check_store
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.artifacts.digests import digest_file
from registry_tasks.stores.artifacts.directory import ObjectDirectory
from registry_tasks.stores.failures import writing
from registry_tasks.stores.folders import make_folder
from registry_tasks.stores.metadata import snapshots
from registry_tasks.stores.metadata.copying import is_empty
from registry_tasks.stores.metadata.schema import REVISIONS


def recover(registry: Registry, folder: Path, at: datetime | None = None) -> Recovery:
    """Bring back the newest backup, or the newest one not after ``at``.

    The store must be empty or not there; objects go first, so that a store that was recovered
    has its bytes. One that the backup does not hold whole either is named in the answer, and so is
    an event that only Git's log knows: then the store cannot be written before it is brought there.
    Raises: BackupNotFound, StoreNotEmpty, StoreCorrupt, SchemaNewer, RemoteMissing, DiskFull.
    """
    backup = _choose(folder, at)
    if backup.schema_version not in REVISIONS:
        raise SchemaNewer(
            str(store_file(folder, backup.name)), backup.schema_version, REVISIONS[-1]
        )
    _check_target(registry)
    with _scratch(registry.settings.state / "recovering") as scratch:
        copy = scratch / "registry.db"
        with writing(scratch):
            shutil.copyfile(store_file(folder, backup.name), copy)
        if digest_file(copy).sha256 != backup.sha256:
            raise StoreCorrupt(str(store_file(folder, backup.name)), "it is not what was written")
        snapshots.upgrade(copy)
        restored, missing = _restore(registry, objects_of(folder), read_content(copy).artifacts)
        with registry.metadata.receiving(registry.actor) as tx:
            snapshots.load(copy, tx)
            tx.commit()
    return Recovery(
        backup=backup, restored=restored, missing=missing, log_ahead=_newer_in_log(registry)
    )


@contextmanager
def _scratch(folder: Path) -> Iterator[Path]:
    """An empty folder, for one at a time; what a recovery that was killed left goes first."""
    with writing(folder):
        make_folder(folder)
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        _empty(folder)
        try:
            yield folder
        finally:
            _empty(folder)
    finally:
        os.close(handle)


def _empty(folder: Path) -> None:
    for left in folder.iterdir():
        left.unlink()


def _check_target(registry: Registry) -> None:
    """Refuse a store that cannot take it before anything is made. Raises as ``recover``."""
    try:
        with registry.metadata.reading() as connection:
            if not is_empty(connection):
                raise StoreNotEmpty(registry.metadata.url)
    except (StoreMissing, SchemaOlder):  # it will be made, or found empty when it is upgraded
        return


def _newer_in_log(registry: Registry) -> int | None:
    """Return the newest event of the log in this checkout's Git, if the store does not know it."""
    check_store.cache_clear()  # what this process knew was of the store before
    try:
        check_store(registry)
    except StoreBehindLog as behind:
        return behind.sequence
    except (LogBroken, LogNewer):  # a way back does not depend on it; the doctor names it
        return None
    return None


def _choose(folder: Path, at: datetime | None) -> Backup:
    found = list_backups(folder)
    fitting = [backup for backup in found if at is None or backup.at <= at]
    if not fitting:
        raise BackupNotFound(str(folder), f"its oldest backup is of {found[-1].at.isoformat()}")
    return fitting[0]


def _restore(
    registry: Registry, saved: ObjectDirectory, artifacts: tuple[Artifact, ...]
) -> tuple[int, tuple[str, ...]]:
    """Put what the remote lacks or holds damaged, and name what the backup lacks too."""
    registry.objects.create()
    restored, missing = 0, []
    for artifact in artifacts:
        try:
            registry.objects.verify(artifact)
        except Corrupt:
            try:
                _put(registry, saved, artifact)
            except Corrupt as error:
                missing.append(str(error))
            else:
                restored += 1
    return restored, tuple(missing)


def _put(registry: Registry, saved: ObjectDirectory, artifact: Artifact) -> None:
    saved.verify(artifact)
    try:
        registry.objects.put(saved.path(artifact.md5), artifact.md5)
    except FileNotFoundError as error:
        raise ObjectMissing(artifact.path, saved.place, f"sha256 {artifact.sha256}") from error
