"""One registry, opened cheaply: what every method of the client works over."""

from functools import cached_property
from typing import TYPE_CHECKING, Self

from registry_tasks.registry.catalogue.resolve import Resolver
from registry_tasks.settings import Settings

if TYPE_CHECKING:
    from registry_tasks.registry.registry import Registry
    from registry_tasks.stores.artifacts.remote import ObjectRemote


class Session:
    """Settings, and the stores behind them once a method needs one."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._resolver = Resolver(settings)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections; a later call opens them again."""
        self._resolver.close()
        if "_registry" in self.__dict__:
            self._registry.metadata.close()

    @cached_property
    def _objects(self) -> "ObjectRemote":
        from registry_tasks.stores.artifacts.remote import open_remote

        return open_remote(self.settings)

    @cached_property
    def _registry(self) -> "Registry":
        from registry_tasks.registry.registry import Registry

        return Registry(self.settings)
