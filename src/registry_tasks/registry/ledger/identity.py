"""Which repository this checkout is, whatever folder or machine it is on."""

import sqlalchemy as sa

from registry_tasks.registry.registry import Registry
from registry_tasks.stores.metadata.repositories import names_of


def repository_name(registry: Registry) -> str:
    """Name the repository that a version comes from: by its first commit.

    Empty without a checkout, or before the first commit. Raises ShallowClone.
    """
    repository = registry.find_repository()
    return "" if repository is None else repository.identity or ""


def names_here(registry: Registry, connection: sa.Connection) -> tuple[str, ...]:
    """Return all that rows call this checkout's repository; rows of older releases name a folder."""
    identity = repository_name(registry)
    return names_of(connection, identity) if identity else ()
