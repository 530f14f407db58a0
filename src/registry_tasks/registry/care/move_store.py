"""Move a store: copy it whole from one database to another, then write the old one no more."""

from registry_tasks.entities.errors import SchemaOlder, StoreMovedAway, StoreNotEmpty
from registry_tasks.entities.permission import Permission
from registry_tasks.entities.store_move import MoveStore, StoreMoved
from registry_tasks.registry.ledger.log import check_store
from registry_tasks.registry.permit import check_now
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.metadata import moving
from registry_tasks.stores.metadata.copying import Content, copy_store, digest_store
from registry_tasks.stores.metadata.sqlite import absolute
from registry_tasks.stores.metadata.store import MetadataStore


def move_store(registry: Registry, request: MoveStore) -> StoreMoved:
    """Copy the store while its writers wait, prove the copy equal, and mark the old one as moved.

    The copy is one transaction of the new store and comes before the mark. So a move that dies
    leaves nothing there, or all of it: then the same call compares the two and writes the mark.
    Accounts and tokens move too. Raises: NotPermitted, StoreNotEmpty, StoreMissing, SchemaNewer,
    StoreMovedAway, CopyDiffers, StoreForbidden.
    """
    with registry.metadata.reading() as connection:  # or something would be made at the new place
        check_now(registry, connection, Permission.CARE)
    target = MetadataStore(absolute(request.to))
    try:
        if target.url == absolute(registry.metadata.url):
            raise StoreNotEmpty(target.url)
        try:
            copied = _copy(registry, target)
        except StoreNotEmpty:
            copied = _compare(registry, target)
    finally:
        target.close()
    rows = {name: content.rows for name, content in copied.items()}
    return StoreMoved(source=registry.metadata.url, target=target.url, rows=rows)


def undo_move(registry: Registry) -> StoreMoved:
    """Take the mark away, so that the old store is written again; nothing is copied back.

    Raises: NotPermitted, StoreMissing, StoreBehindLog where Git tells of what the new store did
    since.
    """
    check_store.cache_clear()  # the log may have gone on with the new store since it was asked
    check_store(registry)
    with registry.metadata.halted(registry.actor) as tx:
        check_now(registry, tx.connection, Permission.CARE)
        target = moving.find_mark(tx.connection)
        moving.unmark(tx)
        tx.commit()
    return StoreMoved(source=registry.metadata.url, target=target or registry.metadata.url, rows={})


def _copy(registry: Registry, target: MetadataStore) -> dict[str, Content]:
    """Both turns are taken, so that one database under two addresses does not move into itself."""
    with (
        target.receiving(registry.actor) as there,
        registry.metadata.halted(registry.actor) as here,
    ):
        moving.check_in_use(here.connection, registry.metadata.url)
        moving.mark(here, target.url)  # who may not do this is told before the copy
        copied = copy_store(here.connection, there.connection)
        there.commit()
        here.commit()
    return copied


def _compare(registry: Registry, target: MetadataStore) -> dict[str, Content]:
    """Go on after a move that died with its copy made. Raises StoreNotEmpty if that is none."""
    try:
        with (
            target.halted(registry.actor) as there,
            registry.metadata.halted(registry.actor) as here,
        ):
            marked = moving.find_mark(here.connection)
            if marked not in (None, target.url):
                raise StoreMovedAway(registry.metadata.url, marked)
            found = digest_store(here.connection)
            if marked is None:
                if digest_store(there.connection) != found:
                    raise StoreNotEmpty(target.url)
                moving.mark(here, target.url)
                here.commit()
            return found
    except SchemaOlder:
        raise StoreNotEmpty(target.url) from None
