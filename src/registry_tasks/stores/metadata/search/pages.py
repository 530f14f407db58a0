"""A page of what a search finds: row ids in order, and where the next page begins."""

from typing import Any, NamedTuple

from registry_tasks.entities.search import (
    And,
    Comparison,
    Field,
    Filter,
    Not,
    Operator,
    Order,
    Subject,
)
from registry_tasks.stores.metadata.query import Query
from registry_tasks.stores.metadata.search.conditions import Writer, conjuncts
from registry_tasks.stores.metadata.search.orders import Ordering, segments
from registry_tasks.stores.metadata.search.plans import Found, Plan, Position
from registry_tasks.stores.metadata.search.settling import (
    RELEASES,
    rank_of,
    ranked,
    releases,
    settle,
)
from registry_tasks.stores.metadata.search.sql import Engine, Sql
from registry_tasks.stores.metadata.search.vocabulary import VOCABULARY, within_model


class Wanted(NamedTuple):
    """What is searched, in its checked form."""

    subject: Subject
    filter: Filter | None
    order: Order | None


class Place(NamedTuple):
    """Where a page ended: in which segment of the order, and where in that."""

    segment: int
    position: Position


class Page(NamedTuple):
    """Row ids in order, what they are ordered by, and where the next page begins, if there is one."""

    ids: tuple[int, ...]
    keys: tuple[tuple[Any, ...], ...]
    next: Place | None


def find(query: Query, engine: Engine, wanted: Wanted, after: Place | None, limit: int) -> Page:
    """Return one page; all statements of it should see one state of the store."""
    terms = conjuncts(None if wanted.filter is None else settle(query, wanted.filter))
    writer, terms = _scoped(query, engine, wanted.subject, terms)
    ordering = _ordering(query, wanted.order)
    after = _by_rank(after, ordering.ranks)
    found: list[tuple[int, Found]] = []
    for number, segment in enumerate(segments(writer, ordering)):
        begun = after is not None and number < after.segment
        if begun or any(segment.contradicts(term) for term in terms):
            continue
        plan = Plan(query, writer, wanted.subject, terms, segment, ordering.descending)
        here = after.position if after is not None and number == after.segment else None
        found += [(number, one) for one in plan.page(here, limit + 1 - len(found))]
        if len(found) > limit:
            break
    ids = tuple(one.id for _, one in found[:limit])
    keys = tuple(one.position.keys for _, one in found[:limit])
    if len(found) <= limit:
        return Page(ids, keys, None)
    number, last = found[limit - 1]
    return Page(ids, keys, _by_text(Place(number, last.position), ordering.ranks))


def _scoped(
    query: Query, engine: Engine, subject: Subject, terms: tuple[Filter, ...]
) -> tuple[Writer, tuple[Filter, ...]]:
    """If all is of one model, look for it by the model's row id."""
    named = [t for t in terms if names_model(t)]
    if subject is Subject.MODELS or not named:
        return Writer(engine, VOCABULARY[subject]), terms
    first = named[0]
    assert isinstance(first, Comparison)
    rows = query("SELECT id FROM model WHERE name = ?", first.values)
    model_id = rows[0][0] if rows else 0
    there = Comparison(Field("model_id"), Operator.EQUAL, (model_id,))
    scope = Sql("s.model_id = ?", (model_id,))
    rest = tuple(there if term is first else term for term in terms)
    return Writer(engine, within_model(subject, model_id), scope), rest


def names_model(term: Filter) -> bool:
    """Whether a condition leaves one model only."""
    if not isinstance(term, Comparison):
        return False
    return term.field.name == "model" and term.operator is Operator.EQUAL


def _ordering(query: Query, order: Order | None) -> Ordering:
    if order is None:
        return Ordering(None, descending=True)
    ranks: tuple[str, ...] = ()
    if order.field.name in RELEASES:
        ranks = ranked(releases(query, order.field))
    return Ordering(order.field, order.descending, ranks)


def _by_rank(place: Place | None, ranks: tuple[str, ...]) -> Place | None:
    """A cursor keeps a version number, for ranks change when there is one more of them."""
    if place is None or not ranks or not place.position.keys:
        return place
    rank = rank_of(str(place.position.keys[0]), ranks)
    return Place(place.segment, Position((rank,), place.position.tie))


def _by_text(place: Place, ranks: tuple[str, ...]) -> Place:
    keys = place.position.keys
    shown = (ranks[keys[0]],) if ranks and keys else keys
    return Place(place.segment, Position(shown, place.position.tie))


def hide_deleted(term: Filter | None) -> Filter:
    """Return the filter without deleted versions."""
    there = Not(Comparison(Field("deleted"), Operator.HAS))
    return there if term is None else And((term, there))
