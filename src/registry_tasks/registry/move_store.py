"""Move a store: copy it whole from one database to another, SQLite or PostgreSQL."""

from registry_tasks.entities.store_move import MoveStore, StoreMoved
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.metadata.copying import copy_store
from registry_tasks.stores.metadata.store import MetadataStore


def move_store(registry: Registry, request: MoveStore) -> StoreMoved:
    """Copy the store while its writers wait; it stays as it was, and the copy is proven equal.

    All of it is one transaction of the new store, so that one that dies leaves nothing there.
    Raises: StoreNotEmpty, StoreMissing, CopyDiffers.
    """
    target = MetadataStore(request.to)
    try:
        with target.receiving(registry.actor) as tx, registry.metadata.halted() as source:
            copied = copy_store(source, tx.connection)
            tx.commit()
    finally:
        target.close()
    return StoreMoved(
        source=registry.metadata.url,
        target=target.url,
        rows={name: content.rows for name, content in copied.items()},
    )
