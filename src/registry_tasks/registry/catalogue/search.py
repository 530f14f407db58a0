"""Search versions, models and runs: one page at a time. Loads no SQLAlchemy for SQLite."""

import difflib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from registry_tasks.entities.errors import InvalidSetting, ModelNotFound
from registry_tasks.entities.search import (
    MAX_PAGE,
    And,
    Comparison,
    Field,
    Filter,
    ModelPage,
    Operator,
    Order,
    RunPage,
    Search,
    Subject,
    VersionPage,
)
from registry_tasks.registry.catalogue.missed import count_missed
from registry_tasks.registry.catalogue.reading import Reader
from registry_tasks.rules.search.checking import check_filter, check_order
from registry_tasks.rules.search.cursors import Mark, seal, unseal
from registry_tasks.rules.search.fields import FIELDS, Kind
from registry_tasks.rules.search.parsing import comparisons, parse_filter, parse_order
from registry_tasks.stores.metadata.lookup import to_time
from registry_tasks.stores.metadata.query import Query
from registry_tasks.stores.metadata.search.conditions import conjuncts
from registry_tasks.stores.metadata.search.named_values import read_values
from registry_tasks.stores.metadata.search.pages import (
    Page,
    Place,
    Wanted,
    find,
    hide_deleted,
    names_model,
)
from registry_tasks.stores.metadata.search.plans import Position
from registry_tasks.stores.metadata.search.rows import read_rows
from registry_tasks.stores.metadata.search.sql import Engine


def search_versions(reader: Reader, search: Search) -> VersionPage:
    """Return a page of versions; deleted ones only if the filter speaks of ``deleted``.

    Raises: InvalidFilter, InvalidCursor, ModelNotFound.
    """
    items, following, missed = _search(reader, Subject.VERSIONS, search)
    return VersionPage.model_validate({"items": items, "next": following, "missed": missed})


def search_models(reader: Reader, search: Search) -> ModelPage:
    """Return a page of models. Raises InvalidFilter, InvalidCursor, ModelNotFound."""
    items, following, _ = _search(reader, Subject.MODELS, search)
    return ModelPage.model_validate({"items": items, "next": following})


def search_runs(reader: Reader, search: Search) -> RunPage:
    """Return a page of runs, registered or not. Raises InvalidFilter, InvalidCursor, ModelNotFound."""
    items, following, missed = _search(reader, Subject.RUNS, search)
    return RunPage.model_validate({"items": items, "next": following, "missed": missed})


def _search(
    reader: Reader, subject: Subject, search: Search
) -> tuple[list[dict[str, Any]], str | None, dict[str, int]]:
    if not 1 <= search.limit <= MAX_PAGE:
        raise InvalidSetting("limit", str(search.limit), f"a page has 1 to {MAX_PAGE} items")
    wanted, asked = _read(subject, search.filter, search.order_by, search.model)
    kind = _kind_of(wanted)
    after = None if search.cursor is None else _place(unseal(asked, search.cursor, kind))
    with reader.reading() as query:
        if search.model is not None:
            _check_model(query, search.model)
        engine = Engine.of(reader.url)
        page = find(query, engine, wanted, after, search.limit)
        items, missed = _items(query, wanted, page), count_missed(query, engine, wanted)
    following = None if page.next is None else seal(asked, _mark(page.next, kind))
    return items, following, missed


@lru_cache(maxsize=512)
def _read(
    subject: Subject, text: str, order_by: str | None, model: str | None
) -> tuple[Wanted, str]:
    """Return what is searched, and what its cursors are bound to."""
    read, order = parse_filter(text), None
    term = None if read is None else check_filter(text, subject, read)
    if order_by is not None:
        order = check_order(order_by, subject, parse_order(order_by))
    if model is not None:
        of_model = Comparison(Field("model"), Operator.EQUAL, (model,))
        term = of_model if term is None else And((of_model, term))
    speaks_of_deleted = any(c.field.name == "deleted" for c in comparisons(term))
    if subject is Subject.VERSIONS and not speaks_of_deleted:
        term = hide_deleted(term)
    wanted = Wanted(subject, term, order or _usual_order(subject, term))
    return wanted, repr((subject, wanted.filter, wanted.order))


def _usual_order(subject: Subject, term: Filter | None) -> Order | None:
    """Newest first, models by name; within one model numbers tell which is newest."""
    if subject is Subject.MODELS:
        return Order(Field("model"))
    if subject is Subject.VERSIONS and any(names_model(part) for part in conjuncts(term)):
        return Order(Field("number"), descending=True)
    return None


def _items(query: Query, wanted: Wanted, page: Page) -> list[dict[str, Any]]:
    fields = [compared.field for compared in comparisons(wanted.filter)]
    known: dict[Field, Sequence[Any]] = {
        field: [value] * len(page.ids) for field, value in _named_tags(wanted.filter)
    }
    if wanted.order is not None:
        fields.insert(0, wanted.order.field)
        if wanted.order.field.name in ("metrics", "tags"):
            known[wanted.order.field] = [key[0] if key else None for key in page.keys]
    rows = read_rows(query, wanted.subject, page.ids)
    values = read_values(query, wanted.subject, fields, page.ids, known)
    return [{**row, "values": named} for row, named in zip(rows, values, strict=True)]


def _named_tags(term: Filter | None) -> Iterator[tuple[Field, str]]:
    """Give the tags whose value the filter says: every row on the page has it."""
    for part in conjuncts(term):
        if isinstance(part, Comparison) and part.field.name == "tags":
            (value, *more) = part.values or (None,)
            if part.operator is Operator.EQUAL and isinstance(value, str) and not more:
                yield part.field, value


def _check_model(query: Query, model: str) -> None:
    if not query("SELECT 1 FROM model WHERE name = ?", (model,)):
        names = [name for (name,) in query("SELECT name FROM model ORDER BY name LIMIT 5000", ())]
        raise ModelNotFound(model, tuple(difflib.get_close_matches(model, names)))


def _kind_of(wanted: Wanted) -> Kind | None:
    """What the keys of a cursor are."""
    order = wanted.order
    return None if order is None else FIELDS[wanted.subject][order.field.name].kind


def _mark(place: Place, kind: Kind | None) -> Mark:
    keys = place.position.keys
    shown = tuple(map(to_time, keys)) if kind is Kind.TIME else keys
    return Mark(place.segment, shown, place.position.tie)


def _place(mark: Mark) -> Place:
    return Place(mark.segment, Position(mark.keys, mark.tie))
