"""The object remote: made once, and never anew where an older one should be."""

from registry_tasks.entities.errors import RemoteMissing, StoreMissing
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.artifacts.failures import using_remote
from registry_tasks.stores.metadata import runs


def prepare_remote(registry: Registry) -> None:
    """Make the remote unless it is there or should be: a share may only be unmounted.

    A mount point without its share is a folder too, so what counts is the folder of objects.
    Raises: RemoteMissing, StoreReadOnly, DiskFull.
    """
    objects = registry.objects
    with using_remote(objects.root):
        is_there = (objects.root / "files" / "md5").is_dir()
    if not is_there and _any_finished(registry):
        raise RemoteMissing(str(objects.root), "it is gone, though runs are on record")
    objects.create()


def _any_finished(registry: Registry) -> bool:
    try:
        with registry.metadata.reading() as connection:
            return runs.any_finished(connection)
    except StoreMissing:
        return False
