"""A model registry for teams that already live in Git and DVC.

    from registry_tasks import connect

    version = connect().resolve("flight-delay@production")

Everything public is here; nothing is loaded before it is used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from registry_tasks.entities import errors
    from registry_tasks.faces.sdk.client import Client, connect
    from registry_tasks.faces.sdk.loading import Trust
    from registry_tasks.faces.serving.following import Following
    from registry_tasks.faces.serving.middleware import FollowingMiddleware

    __version__: str

__all__ = [
    "Client",
    "Following",
    "FollowingMiddleware",
    "Trust",
    "__version__",
    "connect",
    "errors",
]

_HOMES = {
    "Client": "registry_tasks.faces.sdk.client",
    "Following": "registry_tasks.faces.serving.following",
    "FollowingMiddleware": "registry_tasks.faces.serving.middleware",
    "Trust": "registry_tasks.faces.sdk.loading",
    "connect": "registry_tasks.faces.sdk.client",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    if name == "errors":
        return import_module("registry_tasks.entities.errors")
    if name == "__version__":
        return import_module("importlib.metadata").version("registry-tasks")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
