"""The object remote: made once, and never anew where an older one should be."""

from registry_tasks.entities.errors import RemoteMissing, StoreMissing
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.metadata import runs


def prepare_remote(registry: Registry) -> None:
    """Make the remote unless it is there or should be: a share may only be unmounted.

    Raises: RemoteMissing, StoreReadOnly, DiskFull.
    """
    objects = registry.objects
    if not objects.is_there() and _any_stored(registry):
        raise RemoteMissing(objects.place, "it is gone, though runs are on record")
    objects.create()


def _any_stored(registry: Registry) -> bool:
    try:
        with registry.metadata.reading() as connection:
            return runs.any_stored(connection)
    except StoreMissing:
        return False
