"""The object remote: made once, and never anew where an older one should be."""

from collections.abc import Iterable
from pathlib import Path

from registry_tasks.entities.errors import ObjectMissing, RemoteMissing, StoreMissing
from registry_tasks.entities.manifest import Artifact
from registry_tasks.registry.registry import Registry
from registry_tasks.registry.stakes import announce
from registry_tasks.stores.metadata import dropped_bytes, runs


def prepare_remote(registry: Registry) -> None:
    """Make the remote unless it is there or should be: a share may only be unmounted.

    Raises: RemoteMissing, StoreReadOnly, DiskFull.
    """
    objects = registry.objects
    if not objects.is_there() and _any_stored(registry):
        raise RemoteMissing(objects.place, "it is gone, though runs are on record")
    objects.create()
    announce(registry)


def secure(registry: Registry, artifacts: Iterable[Artifact]) -> None:
    """Let nobody collect objects that are about to be named by a record that is not written yet.

    What another run has is safe: what that lets go of from now on is young. Raises ObjectMissing
    where one was collected just before; to store it again is all that it takes.
    """
    if isinstance(registry.settings.remote, Path):
        return  # a folder makes them young as they are put, which costs nothing there
    wanted = {artifact.md5: artifact for artifact in artifacts}
    try:
        with registry.metadata.reading() as connection:
            unnamed = dropped_bytes.find_unnamed(connection, wanted)
    except StoreMissing:
        unnamed = frozenset(wanted)
    for md5 in sorted(unnamed):
        if not registry.objects.renew(md5):
            artifact = wanted[md5]
            place = registry.objects.place
            raise ObjectMissing(artifact.path, place, f"sha256 {artifact.sha256}")


def _any_stored(registry: Registry) -> bool:
    try:
        with registry.metadata.reading() as connection:
            return runs.any_stored(connection)
    except StoreMissing:
        return False
