"""The overview: what there is, what is in production, what happened, what waits, what is at risk."""

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from fastapi import Request, Response

from registry_tasks.entities.errors import StoreMissing
from registry_tasks.entities.event import Event, EventKind
from registry_tasks.entities.model import RegisteredModel
from registry_tasks.entities.permission import Permission
from registry_tasks.entities.search import FoundVersion, Search
from registry_tasks.entities.stage import Stage
from registry_tasks.faces.http.caller import Calling, Opened
from registry_tasks.faces.http.declared import needs
from registry_tasks.faces.web.reading import Reading
from registry_tasks.faces.web.rendering import render
from registry_tasks.faces.web.routing import page
from registry_tasks.faces.web.tables import Table, csv_of, each
from registry_tasks.registry.catalogue.reading import Reader
from registry_tasks.registry.catalogue.search import search_versions
from registry_tasks.registry.catalogue.show import list_history, list_models, list_runs
from registry_tasks.registry.lifecycle.approvals import list_approvals
from registry_tasks.registry.registry import Registry

_MODELS: Final = 25
_LATELY: Final = 8
_LOOKED_AT: Final = 100
_RELEASED: Final = Search(filter="stage = 'production'", limit=200)
_REBUILDS: Final = 50
_RELEASES: Final = (
    EventKind.VERSION_PROMOTED,
    EventKind.VERSION_ROLLED_BACK,
    EventKind.VERSION_REFUSED,
)
_COLUMNS: Final = ("model", "project", "production", "staging", "latest", "versions", "owner")
_UNMADE: Final = ("E", "F")
"""Grades of what no pipeline made, so that nothing can make it again."""


class Row(NamedTuple):
    """A model, the project of its newest run, what it has in production of each environment."""

    model: RegisteredModel
    project: str
    production: tuple[FoundVersion, ...]


class Risk(NamedTuple):
    """A version that cannot be made again as it was, and why."""

    ref: str
    why: str


@needs(Permission.READ)
def overview(request: Request, registry: Opened, reader: Reading, caller: Calling) -> Response:
    """Show how things stand."""
    if asked := csv_of(request, Table("models", _COLUMNS, lambda: _csv(registry))):
        return asked
    try:
        shown = _shown(registry, reader)
    except StoreMissing:  # the first change makes it
        shown = {"rows": ()}
    return render(request, caller, "overview.html", **shown)


def _shown(registry: Registry, reader: Reader) -> dict[str, Any]:
    found = list_models(registry, limit=_MODELS + 1)
    in_production = search_versions(reader, _RELEASED)
    released = in_production.items
    waiting = list_approvals(registry, limit=_LATELY + 1)
    rows = tuple(_row(registry, model, released) for model in found[:_MODELS])
    return {
        "rows": rows,
        "is_all": len(found) <= _MODELS,
        "projects": sorted({row.project for row in rows if row.project}),
        "released": released,
        "is_all_released": in_production.next is None,
        "lately": _lately(registry),
        "waiting": waiting[:_LATELY],
        "is_all_waiting": len(waiting) <= _LATELY,
        "risks": tuple(_risks(registry, released)),
    }


def _row(registry: Registry, model: RegisteredModel, released: tuple[FoundVersion, ...]) -> Row:
    production = tuple(v for v in released if v.model == model.name)
    return Row(model, _project(registry, model), production)


def _lately(registry: Registry) -> tuple[Event, ...]:
    """What went into production, came back to it, or was not let in anywhere; the newest first."""
    found = list_history(registry, kinds=_RELEASES, limit=_LOOKED_AT)
    return tuple(event for event in found if _is_release(event))[:_LATELY]


def _is_release(event: Event) -> bool:
    if event.kind is not EventKind.VERSION_PROMOTED:
        return True
    return isinstance(event.after, dict) and event.after.get("stage") == Stage.PRODUCTION


def _risks(registry: Registry, released: tuple[FoundVersion, ...]) -> Iterator[Risk]:
    for version in released:
        if version.grade in _UNMADE:
            yield Risk(version.ref, f"in production, grade {version.grade}: no pipeline made it")
    rebuilt: dict[tuple[str | None, int | None], Event] = {}
    kinds = (EventKind.VERSION_REPRODUCED,)
    for event in list_history(registry, kinds=kinds, limit=_REBUILDS):
        rebuilt.setdefault((event.model, event.version), event)
    for event in rebuilt.values():
        told = event.after if isinstance(event.after, dict) else {}
        if told.get("verdict") == "different":
            stage = told.get("first_different_stage")
            where = f", first in {stage}" if stage else ""
            yield Risk(
                f"{event.model}@{event.version}", f"its last rebuild came out different{where}"
            )


def _csv(registry: Registry) -> Iterator[tuple[object, ...]]:
    def ask(after: str | None) -> Sequence[RegisteredModel]:
        return list_models(registry, after=after, limit=500)

    for m in each(ask, lambda model: model.name):
        slots = (m.slots.get("production"), m.slots.get("staging"))
        yield (m.name, _project(registry, m), *slots, m.latest, m.versions, m.owner)


def _project(registry: Registry, model: RegisteredModel) -> str:
    newest = list_runs(registry, model.name, limit=1)
    return newest[0].origin.project if newest else ""


ROUTES: Final = (page("/", overview),)
