"""Every page of the dashboard, by an address that has something to show."""

from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import quote
from uuid import UUID

from registry_tasks.entities.approval import Closing
from registry_tasks.faces.web.links import approval_url, rebuilding_url, version_url, with_query
from registry_tasks.faces.web.version import VIEWS
from registry_tasks.registry.catalogue.datasets import list_datasets
from registry_tasks.registry.catalogue.drills import list_drills
from registry_tasks.registry.catalogue.show import list_runs
from registry_tasks.registry.experiments.sweep import list_sweeps
from registry_tasks.registry.lifecycle.approvals import list_approvals
from registry_tasks.registry.registry import Registry

Address = Callable[[Registry], str]


def _run(registry: Registry) -> str:
    return f"/runs/{list_runs(registry, 'mower', limit=1)[0].uuid}"


def _sweep(registry: Registry) -> str:
    return f"/sweeps/{list_sweeps(registry, 'mower', limit=1)[0].uuid}"


def _dataset(registry: Registry) -> str:
    return f"/dataset?name={quote(list_datasets(registry)[0].name)}"


def _waiting(registry: Registry) -> str:
    return approval_url(list_approvals(registry)[0].uuid)


def _decided(registry: Registry) -> str:
    asked = list_approvals(registry, over=True)
    return approval_url(next(a.uuid for a in asked if a.outcome is Closing.PROMOTED))


def _drilled(registry: Registry) -> str:
    return with_query(version_url(list_drills(registry)[0].version), view="evidence")


def _at(address: str) -> Address:
    return lambda _: address


def views(version: str) -> dict[str, Address]:
    """Return all views of a version but the first one; ``version`` is its page."""
    return {f"version-{name}": _at(f"{version}?view={name}") for name, _ in VIEWS if name}


OF_ALL: Final[Mapping[str, str]] = {
    "overview": "/",
    "models": "/models",
    "compare-empty": "/compare",
    "experiments": "/experiments",
    "runs": "/runs",
    "sweeps": "/sweeps",
    "datasets": "/datasets",
    "approvals": "/approvals",
    "history": "/history",
    "subscriptions": "/subscriptions",
    "access": "/access",
}
"""Those that are about no single thing, and so there in every registry."""
PAGES: Final[Mapping[str, Address]] = {
    **{name: _at(address) for name, address in OF_ALL.items()},
    "models-found": _at("/models?q=owner+%3D+'ada'"),
    "models-none": _at("/models?q=name+%3D+'nothing'"),
    "model": _at("/models/mower"),
    "model-kite": _at("/models/kite"),
    "policy": _at("/policy?model=kite"),
    "version": _at("/models/kite/versions/2"),
    "version-of-a-run": _at("/models/mower/versions/2"),
    **views("/models/kite/versions/2"),
    "compare": _at("/compare?ref=kite@1&ref=kite@2&ref=kite@3"),
    "lineage": _at("/lineage?subject=mower@2"),
    "run": _run,
    "sweep": _sweep,
    "dataset": _dataset,
    "approval": _waiting,
    "approval-decided": _decided,
    "version-drilled": _drilled,
    "history-of-a-model": _at("/history?subject=mower"),
    "login": _at("/login"),
}
"""Each that a registry with everything in it has by itself."""
UNDER_WAY: Final = str(UUID(int=1))
OVER: Final = str(UUID(int=2))
MORE: Final[Mapping[str, Address]] = {
    "error": _at("/models/kite/versions/99"),
    "rebuild": _at(rebuilding_url(UNDER_WAY)),
    "rebuild-over": _at(rebuilding_url(OVER)),
}
"""Beside a Prefect server that knows these rebuilds, and what is shown of what is not there."""
ALONE: Final[Mapping[str, Address]] = {
    "overview-empty": _at("/"),
    "access-off": _at("/access"),
}
"""Where nothing is registered and nobody has an account."""
STATUSES: Final[Mapping[str, int]] = {"error": 404}
"""What pages answer that do not answer 200, by name."""
