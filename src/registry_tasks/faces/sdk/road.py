"""The road to a registry: the same verbs, in this process or over HTTP."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Protocol, TypeVar

if TYPE_CHECKING:
    from datetime import datetime

    from registry_tasks.entities.logged_run import LogRun
    from registry_tasks.entities.model_version import ModelVersion
    from registry_tasks.entities.registration import RegisterFile, Registration
    from registry_tasks.entities.search import Search
    from registry_tasks.registry.catalogue.reading import Reader
    from registry_tasks.registry.experiments.held_run import HeldRun
    from registry_tasks.registry.registry import Registry
    from registry_tasks.stores.artifacts.downloads import Source

P = ParamSpec("P")
R = TypeVar("R")


class Road(Protocol):
    """What each of them does; a registry's own errors come back as they are, whichever it is."""

    def ask(
        self, verb: "Callable[Concatenate[Registry, P], R]", *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Return what a verb answers."""
        ...

    def search(self, verb: "Callable[[Reader, Search], R]", search: "Search") -> R:
        """Return what a searching verb answers."""
        ...

    def resolve(self, ref: str, at: "datetime | None" = None) -> "ModelVersion":
        """Return the version that a reference names, or named."""
        ...

    def bytes_of(self, version: "ModelVersion") -> "Source":
        """Return where the bytes of a version come from."""
        ...

    def download_url(self, version: "ModelVersion", expires_s: int) -> str:
        """Return a link to a version's model file."""
        ...

    def register_file(self, request: "RegisterFile") -> "Registration":
        """Make a version of a file that is here."""
        ...

    def hold_run(self, request: "LogRun") -> "HeldRun":
        """Begin a run that goes on here."""
        ...

    def close(self) -> None:
        """Close the connections; a later call opens them again."""
        ...
