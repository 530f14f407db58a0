"""Rebuildable: may whoever asks have a version rebuilt, and can it be?"""

from registry_tasks.entities.errors import NotReproducible
from registry_tasks.entities.permission import Permission
from registry_tasks.entities.reference import Reference
from registry_tasks.entities.request import Request
from registry_tasks.registry.marks import check_seen
from registry_tasks.registry.permit import check_now
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.metadata.lookup import StoredVersion, get_version
from registry_tasks.stores.metadata.query import through


def get_rebuildable(registry: Registry, ref: str, asked: Request | None = None) -> StoredVersion:
    """Return a version that can be rebuilt from its commit; ``asked`` is the request for it, if any.

    Raises: NotPermitted, VersionNotFound, ChangedSince, NotReproducible.
    """
    with registry.metadata.reading() as connection:
        stored = get_version(through(connection), Reference.parse(ref))
        check_now(registry, connection, Permission.RECORD, stored.version.model)
        if asked is not None:
            check_seen(registry.seen, connection, asked)
    if stored.version.commit is None:
        why = "it was registered without a Git commit to rebuild from"
        raise NotReproducible(stored.version.ref, why)
    return stored
