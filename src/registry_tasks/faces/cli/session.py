"""What all commands share: which registry is meant, opened when it is first needed."""

from functools import cached_property
from typing import TYPE_CHECKING

import typer

from registry_tasks.settings import Settings

if TYPE_CHECKING:
    from registry_tasks.registry.registry import Registry


class Session:
    """One call of ``registry``."""

    def __init__(self, store: str | None) -> None:
        self._store = store

    @cached_property
    def settings(self) -> Settings:
        """Where things are: ``--store``, else the environment, else the nearest checkout."""
        return Settings.load(self._store)

    @cached_property
    def registry(self) -> "Registry":
        """The stores. Loads SQLAlchemy."""
        from registry_tasks.registry.registry import Registry

        return Registry(self.settings)

    def close(self) -> None:
        """Close what was opened."""
        if "registry" in self.__dict__:
            self.registry.close()


def settings_of(context: typer.Context) -> Settings:
    """Return the settings of this call."""
    return _session(context).settings


def registry_of(context: typer.Context) -> "Registry":
    """Return the registry of this call."""
    return _session(context).registry


def _session(context: typer.Context) -> Session:
    session = context.find_object(Session)
    assert session is not None  # the application makes it before any command
    return session
