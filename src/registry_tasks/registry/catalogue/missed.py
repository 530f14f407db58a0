"""Missed: what a search by software cannot tell of, because its software is not known."""

from collections.abc import Iterable
from typing import Final

from registry_tasks.entities.environment import UNKNOWN
from registry_tasks.entities.search import MAX_PAGE, And, Comparison, Field, Filter, Operator
from registry_tasks.stores.metadata.query import Query
from registry_tasks.stores.metadata.search.conditions import conjuncts
from registry_tasks.stores.metadata.search.pages import Wanted, find
from registry_tasks.stores.metadata.search.settling import RELEASES, unreadable
from registry_tasks.stores.metadata.search.sql import Engine

_NOT_RECORDED: Final = Comparison(Field("python"), Operator.EQUAL, (UNKNOWN,))
_ORDERED: Final = (Operator.BELOW, Operator.AT_MOST, Operator.ABOVE, Operator.AT_LEAST)


def count_missed(query: Query, engine: Engine, wanted: Wanted) -> dict[str, int]:
    """Return by reason how many meet all but the conditions on software, up to a page's 1,000.

    Asks nothing of the store unless software is compared.
    """
    terms = conjuncts(wanted.filter)
    asked = [term for term in terms if isinstance(term, Comparison) and _is_about_software(term)]
    if not asked:
        return {}
    rest = [term for term in terms if term not in asked]
    found = {"no recorded software": _count(query, engine, wanted, (*rest, _NOT_RECORDED))}
    for field in dict.fromkeys(t.field for t in asked if t.operator in _ORDERED):
        if texts := tuple(text for text in unreadable(query, field) if text != UNKNOWN):
            others = [t for t in terms if t not in asked or t.field != field]
            there = Comparison(field, Operator.IN, texts)
            many = _count(query, engine, wanted, (*others, there))
            found[f"a version of {field.key or field.name} that cannot be compared"] = many
    return {reason: count for reason, count in found.items() if count}


def _is_about_software(term: Comparison) -> bool:
    known = (Operator.EQUAL, Operator.IN, *_ORDERED)
    return term.field.name in RELEASES and term.operator in known


def _count(query: Query, engine: Engine, wanted: Wanted, terms: Iterable[Filter]) -> int:
    of = Wanted(wanted.subject, And(tuple(terms)), None)
    return len(find(query, engine, of, None, MAX_PAGE).ids)
