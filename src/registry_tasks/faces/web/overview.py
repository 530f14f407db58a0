"""The overview: what there is, what is in production, what happened, what waits, what is at risk."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any, Final, NamedTuple

from fastapi import Request, Response

from registry_tasks.entities.errors import StoreMissing
from registry_tasks.entities.event import Event, EventKind
from registry_tasks.entities.model import RegisteredModel
from registry_tasks.entities.permission import Permission
from registry_tasks.entities.search import MAX_PAGE, FoundVersion, Search
from registry_tasks.entities.stage import Stage
from registry_tasks.faces.http.caller import Calling, Opened
from registry_tasks.faces.http.declared import needs
from registry_tasks.faces.web.links import with_query
from registry_tasks.faces.web.reading import Reading
from registry_tasks.faces.web.rendering import render
from registry_tasks.faces.web.routing import page
from registry_tasks.faces.web.tables import Table, csv_of, each
from registry_tasks.registry.catalogue.drills import list_risks
from registry_tasks.registry.catalogue.reading import Reader
from registry_tasks.registry.catalogue.search import search_versions
from registry_tasks.registry.catalogue.show import list_history, list_models, list_runs
from registry_tasks.registry.lifecycle.approvals import list_approvals
from registry_tasks.registry.registry import Registry

_MODELS: Final = 25
_LATELY: Final = 8
_RELEASED: Final = Search(filter="stage = 'production'", limit=200)
_RISKS: Final = 20
_MOST_RISKS: Final = 1000
_EVERY: Final = 2**31 - 1
_RELEASES: Final = (EventKind.VERSION_PROMOTED, EventKind.VERSION_ROLLED_BACK)
_USUAL: Final = (Stage.PRODUCTION.value, Stage.STAGING.value)


class Row(NamedTuple):
    """A model, the project of its newest run, what it has in production of each environment."""

    model: RegisteredModel
    project: str
    production: tuple[FoundVersion, ...]


@needs(Permission.READ)
def overview(
    request: Request,
    registry: Opened,
    reader: Reading,
    caller: Calling,
    after: str = "",
    risks: str = "",
) -> Response:
    """Show how things stand; ``after`` is a model to go on from, ``risks=all`` shows more of them."""
    tables = (
        Table("models", *_csv(registry)),
        Table("risks", ("version", "why"), lambda: _risks(registry)),
    )
    if asked := csv_of(request, *tables):
        return asked
    try:
        shown = _shown(registry, reader, after, _MOST_RISKS if risks == "all" else _RISKS)
    except StoreMissing:  # the first change makes it
        shown = {"rows": (), "first": None}
    return render(request, caller, "overview.html", **shown)


def _shown(registry: Registry, reader: Reader, after: str, most: int) -> dict[str, Any]:
    found = list_models(registry, after=after or None, limit=_MODELS + 1)
    risks = list_risks(registry, limit=most + 1)
    in_production = search_versions(reader, _RELEASED)
    released = in_production.items
    waiting = list_approvals(registry, limit=_LATELY + 1)
    rows = tuple(_rows(registry, reader, found[:_MODELS]))
    return {
        "rows": rows,
        "is_all": not after and len(found) <= _MODELS,
        "following": with_query("/", after=rows[-1].model.name) if len(found) > _MODELS else None,
        "first": "/" if after else None,
        "projects": sorted({row.project for row in rows if row.project}),
        "released": released,
        "is_all_released": in_production.next is None,
        "lately": _lately(registry),
        "waiting": waiting[:_LATELY],
        "is_all_waiting": len(waiting) <= _LATELY,
        "risks": risks[:most],
        "more_risks": len(risks) > most and ("cut" if most == _MOST_RISKS else "left"),
    }


def _rows(registry: Registry, reader: Reader, models: tuple[RegisteredModel, ...]) -> Iterator[Row]:
    held: dict[str, list[FoundVersion]] = {model.name: [] for model in models}
    for version in _in_production(reader, held):
        held[version.model].append(version)
    for model in models:
        yield Row(model, _project(registry, model), tuple(held[model.name]))


def _in_production(reader: Reader, models: Iterable[str]) -> Iterator[FoundVersion]:
    """Find all that these models have in production, however much others have there."""
    names = ", ".join(f"'{name}'" for name in models)
    if not names:
        return
    search = Search(filter=f"stage = 'production' and model in ({names})", limit=MAX_PAGE)
    while True:
        page = search_versions(reader, search)
        yield from page.items
        if page.next is None:
            return
        search = search.model_copy(update={"cursor": page.next})


def _risks(registry: Registry) -> Iterator[tuple[str, str]]:
    for risk in list_risks(registry, limit=_EVERY):
        yield risk.ref, risk.why


def _lately(registry: Registry) -> tuple[Event, ...]:
    """What went into production, came back to it, or was not let in anywhere; the newest first."""
    into, refused = Stage.PRODUCTION, (EventKind.VERSION_REFUSED,)
    found = (
        *list_history(registry, kinds=_RELEASES, stage=into, limit=_LATELY),
        *list_history(registry, kinds=refused, limit=_LATELY),
    )
    return tuple(sorted(found, key=lambda event: event.sequence, reverse=True))[:_LATELY]


def _csv(
    registry: Registry,
) -> tuple[Callable[[], Sequence[str]], Callable[[], Iterator[tuple[object, ...]]]]:
    """Return what the columns are, a place each that any model has a version in, and the rows."""

    def every() -> Iterator[RegisteredModel]:
        def ask(after: str | None) -> Sequence[RegisteredModel]:
            return list_models(registry, after=after, limit=500)

        return each(ask, lambda model: model.name)

    @cache
    def places() -> tuple[str, ...]:
        found = {place for model in every() for place in model.slots}
        return (*_USUAL, *sorted(found.difference(_USUAL)))

    def rows() -> Iterator[tuple[object, ...]]:
        for m in every():
            held = (m.slots.get(place) for place in places())
            yield (m.name, _project(registry, m), *held, m.latest, m.versions, m.owner)

    return lambda: ("model", "project", *places(), "latest", "versions", "owner"), rows


def _project(registry: Registry, model: RegisteredModel) -> str:
    newest = list_runs(registry, model.name, limit=1)
    return newest[0].origin.project if newest else ""


ROUTES: Final = (page("/", overview),)
