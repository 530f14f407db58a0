"""The road within this process: a verb is called with the registry itself."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from registry_tasks.registry.catalogue.resolve import Resolver
from registry_tasks.settings import Settings

if TYPE_CHECKING:
    from datetime import datetime

    from registry_tasks.entities.logged_run import LogRun
    from registry_tasks.entities.model_version import ModelVersion
    from registry_tasks.entities.registration import RegisterFile, Registration
    from registry_tasks.entities.search import Search
    from registry_tasks.registry.catalogue.reading import Reader
    from registry_tasks.registry.experiments.held_run import HeldRun
    from registry_tasks.registry.registry import Registry
    from registry_tasks.stores.artifacts.remote import ObjectRemote

P = ParamSpec("P")
R = TypeVar("R")


class LocalRoad:
    """Opens stores as they are needed; resolving and searching open as little as can be."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._resolver = Resolver(settings)

    def ask(
        self, verb: "Callable[Concatenate[Registry, P], R]", *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Call a verb."""
        return verb(self._registry, *args, **kwargs)

    def search(self, verb: "Callable[[Reader, Search], R]", search: "Search") -> R:
        """Call a searching verb, which loads no SQLAlchemy for SQLite."""
        return verb(self._resolver, search)

    def resolve(self, ref: str, at: "datetime | None" = None) -> "ModelVersion":
        """Return the version that a reference names, or named."""
        if at is None:
            return self._resolver.resolve(ref)
        from registry_tasks.registry.catalogue.resolve_past import resolve_past

        return resolve_past(self._registry, ref, at)

    def bytes_of(self, version: "ModelVersion") -> "ObjectRemote":
        """Return the object remote, which has the bytes of every version."""
        return self._objects

    def download_url(self, version: "ModelVersion", expires_s: int) -> str:
        """Return a link to a version's model file. Raises RemoteCannot."""
        from registry_tasks.registry.catalogue.download import download_url

        return download_url(self._settings, version, expires_s, self._objects)

    def register_file(self, request: "RegisterFile") -> "Registration":
        """Make a version of a file."""
        from registry_tasks.registry.catalogue.register_file import register_file

        return register_file(self._registry, request)

    def hold_run(self, request: "LogRun") -> "HeldRun":
        """Begin a run, whose name this process holds."""
        from registry_tasks.registry.experiments.held_run import hold_run

        return hold_run(self._registry, request)

    def close(self) -> None:
        """Close the connections; a later call opens them again."""
        self._resolver.close()
        if "_registry" in self.__dict__:
            self._registry.close()

    @cached_property
    def _objects(self) -> "ObjectRemote":
        from registry_tasks.stores.artifacts.remote import open_remote

        return open_remote(self._settings)

    @cached_property
    def _registry(self) -> "Registry":
        from registry_tasks.registry.registry import Registry

        return Registry(self._settings)
