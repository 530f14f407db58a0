"""Migrate: bring the store to the schema of this release, and know its older rows again."""

from contextlib import suppress
from typing import Final

import sqlalchemy as sa

from registry_tasks.entities.errors import ShallowClone
from registry_tasks.entities.permission import Permission
from registry_tasks.registry.ledger.log import claim
from registry_tasks.registry.permit import check_now
from registry_tasks.registry.registry import Registry

_ACCOUNTS: Final = "account"
"""Stores of older schemas have no such table, and so nobody to ask."""


def migrate(registry: Registry) -> None:
    """Migrate the store; rows that name a folder are then known to be of this checkout, if so.

    Another repository on the same store claims its own rows with its next ``sync``.
    Raises: NotPermitted, SchemaNewer, StoreForbidden, StoreCorrupt if the database belongs to
    others.
    """

    def permit(connection: sa.Connection) -> None:
        if sa.inspect(connection).has_table(_ACCOUNTS):
            check_now(registry, connection, Permission.CARE)

    registry.metadata.migrate(permit)
    repository = registry.find_repository()
    with suppress(ShallowClone):  # whose first commit is not there: a whole clone claims them
        if repository is not None and repository.identity:
            claim(registry, repository)
