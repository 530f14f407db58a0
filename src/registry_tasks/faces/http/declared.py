"""What each route needs: said where it is made, and an app with a route that does not say it fails."""

from collections.abc import Callable, Iterable
from typing import Any, Final, TypeVar

from starlette.routing import BaseRoute

from registry_tasks.entities.permission import Permission

_NEEDS: Final = "__needs__"
OPEN: Final = "open"
"""For the few routes that anybody may ask: health, readiness, logging in, what pages are made of."""

Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])


def needs(permission: Permission) -> Callable[[Endpoint], Endpoint]:
    """Say what a caller must be permitted; the verb behind it checks it of the model."""
    return _mark(permission)


def open_to_all(endpoint: Endpoint) -> Endpoint:
    """Say that nobody needs to be known."""
    return _mark(OPEN)(endpoint)


def need_of(route: BaseRoute) -> Permission | str | None:
    """Return what a route said, None if it said nothing."""
    found: Permission | str | None = getattr(getattr(route, "endpoint", None), _NEEDS, None)
    return found


def undeclared(routes: Iterable[BaseRoute]) -> tuple[str, ...]:
    """Return the addresses of routes that do not say what they need."""
    return tuple(str(getattr(route, "path", route)) for route in routes if need_of(route) is None)


def _mark(said: Permission | str) -> Callable[[Endpoint], Endpoint]:
    def marked(endpoint: Endpoint) -> Endpoint:
        setattr(endpoint, _NEEDS, said)
        return endpoint

    return marked
