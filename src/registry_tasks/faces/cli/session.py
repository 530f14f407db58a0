"""What all commands share: which registry is meant, opened when it is first needed."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

import typer

from registry_tasks.entities.errors import NotOverHttp
from registry_tasks.settings import Settings, is_address

if TYPE_CHECKING:
    from registry_tasks.faces.sdk.road import Road
    from registry_tasks.registry.registry import Registry

P = ParamSpec("P")
R = TypeVar("R")


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

    @cached_property
    def road(self) -> "Road":
        """The road to the registry: in this process, or over HTTP to a server."""
        from registry_tasks.faces.sdk.session import road_to

        return road_to(self.settings)

    def close(self) -> None:
        """Close what was opened."""
        for name in ("registry", "road"):
            if name in self.__dict__:
                self.__dict__[name].close()


def settings_of(context: typer.Context) -> Settings:
    """Return the settings of this call."""
    return _session(context).settings


def ask(
    context: typer.Context,
    verb: "Callable[Concatenate[Registry, P], R]",
    *args: P.args,
    **kwargs: P.kwargs,
) -> R:
    """Return what a verb answers, wherever the registry is."""
    return road_of(context).ask(verb, *args, **kwargs)


def road_of(context: typer.Context) -> "Road":
    """Return the road to the registry of this call."""
    return _session(context).road


def registry_of(context: typer.Context) -> "Registry":
    """Return the registry of this call, whose store is at hand. Raises NotOverHttp."""
    session = _session(context)
    if is_address(session.settings.store_url):
        raise NotOverHttp(context.info_name or "this", session.settings.store_url)
    return session.registry


def _session(context: typer.Context) -> Session:
    session = context.find_object(Session)
    assert session is not None  # the application makes it before any command
    return session
