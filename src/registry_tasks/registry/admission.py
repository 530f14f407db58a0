"""Admission: who opens a registry, and whether they may look at it. Loads no SQLAlchemy."""

from registry_tasks.entities.access import Identity
from registry_tasks.entities.errors import NotPermitted
from registry_tasks.entities.permission import Permission
from registry_tasks.rules.access import may, needed_right
from registry_tasks.settings import Settings
from registry_tasks.stores.metadata.access import identify
from registry_tasks.stores.metadata.query import Query


def admit(query: Query, settings: Settings) -> Identity:
    """Return who acts, if they may read. Raises: TokenRefused, NotPermitted."""
    who = identify(query, settings.token, settings.actor)
    if not may(who, Permission.READ):
        raise NotPermitted(who.actor, "read", needed_right(Permission.READ))
    return who
