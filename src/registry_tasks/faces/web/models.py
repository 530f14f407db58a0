"""The list of models: by name or by the search language, with facets."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from registry_tasks.entities.errors import InvalidFilter, StoreMissing
from registry_tasks.entities.permission import Permission
from registry_tasks.entities.search import Facet, FoundModel, ModelPage, Search
from registry_tasks.faces.http.caller import Calling, Opened
from registry_tasks.faces.http.declared import needs
from registry_tasks.faces.web.links import models_url, version_url, with_query
from registry_tasks.faces.web.reading import Reading
from registry_tasks.faces.web.rendering import render
from registry_tasks.faces.web.routing import page
from registry_tasks.faces.web.tables import Table, csv_of, each_found
from registry_tasks.registry.catalogue.facets import count_facets
from registry_tasks.registry.catalogue.reading import Reader
from registry_tasks.registry.catalogue.search import search_models

_PLAIN: Final = re.compile(r"[\w./-]+")
_REFERENCE: Final = re.compile(r"[a-z0-9/_-]+@[1-9][0-9]*")
_EMPTY: Final = ModelPage(items=(), next=None)
_COLUMNS: Final = (
    *("model", "production", "staging", "stages", "latest", "versions", "aliases", "owner"),
    *("created", "description"),
)


class Choice(NamedTuple):
    """A facet on the page: where it leads, and whether it holds already."""

    facet: Facet
    url: str
    is_set: bool


@needs(Permission.READ)
def models(
    request: Request,
    registry: Opened,
    reader: Reading,
    caller: Calling,
    q: str = "",
    cursor: str | None = None,
) -> Response:
    """Show models that a name or a filter finds."""
    if _REFERENCE.fullmatch(q.strip()):
        return RedirectResponse(version_url(q.strip()), status_code=303)
    asked = as_filter(q)
    problem: InvalidFilter | None = None
    shown, choices = _EMPTY, {}
    try:
        if file := csv_of(request, Table("models", _COLUMNS, lambda: _rows(reader, asked))):
            return file
        choices = {name: _choices(q, found) for name, found in count_facets(registry).items()}
        shown = search_models(reader, Search(filter=asked, cursor=cursor))
    except StoreMissing:  # the first change makes it
        pass
    except InvalidFilter as error:
        problem = error
    return render(
        request,
        caller,
        "models.html",
        asked=q,
        problem_of_filter=problem,
        page=shown,
        choices=choices,
        following=shown.next and with_query("/models", q=q, cursor=shown.next),
        first=cursor and models_url(q),
    )


def as_filter(asked: str) -> str:
    """Return the filter that somebody means: words that are no filter are a part of a name."""
    words = asked.strip()
    return f"name ~ '{words}'" if _PLAIN.fullmatch(words) else words


def _choices(asked: str, facets: Iterable[Facet]) -> tuple[Choice, ...]:
    return tuple(_choice(asked, facet) for facet in facets)


def _choice(asked: str, facet: Facet) -> Choice:
    terms = [term for term in asked.split(" and ") if term.strip()]
    if facet.filter in terms:
        terms.remove(facet.filter)
        return Choice(facet, models_url(" and ".join(terms)), True)
    said = as_filter(asked)
    whole = f"({said})" if " or " in said.lower() else said
    narrowed = f"{whole} and {facet.filter}" if whole else facet.filter
    return Choice(facet, models_url(narrowed), False)


def _rows(reader: Reader, asked: str) -> Iterator[tuple[object, ...]]:
    def search(cursor: str | None) -> ModelPage:
        return search_models(reader, Search(filter=asked, cursor=cursor, limit=500))

    yield from map(_row, each_found(search))


def _row(found: FoundModel) -> tuple[object, ...]:
    slots, stages, aliases = found.slots, _pairs(found.slots), _pairs(found.aliases)
    return (
        *(found.name, slots.get("production"), slots.get("staging"), stages, found.latest),
        *(found.versions, aliases, found.owner, found.created_at, found.description),
    )


def _pairs(numbers: Mapping[str, int]) -> str:
    return " ".join(f"{name}={number}" for name, number in numbers.items())


ROUTES: Final = (page("/models", models),)
