"""One registry, opened cheaply: what every method of the client works over."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Self, TypeVar

from registry_tasks.faces.sdk.local_road import LocalRoad
from registry_tasks.settings import Settings, is_address

if TYPE_CHECKING:
    from registry_tasks.faces.sdk.road import Road
    from registry_tasks.registry.registry import Registry

P = ParamSpec("P")
R = TypeVar("R")


class Session:
    """Settings, and the road to the registry, which is taken once a method needs it."""

    def __init__(self, settings: Settings, road: "Road | None" = None) -> None:
        self.settings = settings
        self._road = road or road_to(settings)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections; a later call opens them again."""
        self._road.close()

    def _ask(
        self, verb: "Callable[Concatenate[Registry, P], R]", *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Return what a verb answers, wherever the registry is."""
        return self._road.ask(verb, *args, **kwargs)


def road_to(settings: Settings) -> "Road":
    """Return the road; one over HTTP loads httpx. Raises ExtraMissing, InvalidSetting."""
    if not is_address(settings.store_url):
        return LocalRoad(settings)
    from registry_tasks.faces.sdk.http.road import HttpRoad

    return HttpRoad(settings)
