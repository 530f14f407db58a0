"""Migrate: bring the store to the schema of this release, and know its older rows again."""

from contextlib import suppress

from registry_tasks.entities.errors import ShallowClone
from registry_tasks.registry.ledger.log import claim
from registry_tasks.registry.registry import Registry


def migrate(registry: Registry) -> None:
    """Migrate the store; rows that name a folder are then known to be of this checkout, if so.

    Another repository on the same store claims its own rows with its next ``sync``.
    Raises: SchemaNewer, StoreForbidden, StoreCorrupt if the database belongs to others.
    """
    registry.metadata.migrate()
    repository = registry.find_repository()
    with suppress(ShallowClone):  # whose first commit is not there: a whole clone claims them
        if repository is not None and repository.identity:
            claim(registry, repository)
