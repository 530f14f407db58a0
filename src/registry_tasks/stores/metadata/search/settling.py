"""What a filter needs to know of the store before it can be SQL: models by id, versions by PEP 440."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from packaging.specifiers import InvalidSpecifier, Specifier
from packaging.version import InvalidVersion, Version

from registry_tasks.entities.search import And, Comparison, Field, Filter, Not, Operator, Or
from registry_tasks.stores.metadata.query import Query

RELEASES: Final = ("package", "python")
_LOOSE: Final = """
WITH RECURSIVE found(text) AS (
    SELECT min({column}) FROM {table} WHERE {key}
    UNION ALL
    SELECT (SELECT min({column}) FROM {table} WHERE {key} AND {column} > found.text) FROM found
    WHERE found.text IS NOT NULL)
SELECT text FROM found WHERE text IS NOT NULL
"""


def settle(query: Query, term: Filter) -> Filter:
    """Return the filter with version numbers of packages as those that are there and meet it."""
    match term:
        case And():
            return And(tuple(settle(query, part) for part in term.terms))
        case Or():
            return Or(tuple(settle(query, part) for part in term.terms))
        case Not():
            return Not(settle(query, term.term))
    if term.field.name not in RELEASES or term.operator in (Operator.HAS, Operator.LIKE):
        return term
    known = releases(query, term.field)
    meeting = tuple(text for text in known if _meets(text, term))
    return replace(term, operator=Operator.IN, values=meeting)


def releases(query: Query, field: Field) -> tuple[str, ...]:
    """Return the different versions of a package, or of Python: few, however many rows have them."""
    if field.name == "python":
        rows = query(_LOOSE.format(column="python", table="environment", key="TRUE"), ())
    else:
        named = _LOOSE.format(column="version", table="environment_package", key="name = ?")
        rows = query(named, (field.key, field.key))
    return tuple(text for (text,) in rows)


def unreadable(query: Query, field: Field) -> tuple[str, ...]:
    """Return the versions of a package, or of Python, that PEP 440 does not know."""
    return tuple(text for text in releases(query, field) if _version(text) is None)


def ranked(texts: Iterable[str]) -> tuple[str, ...]:
    """Return version numbers from lowest to highest; those that PEP 440 does not know come first."""
    return tuple(sorted(texts, key=_rank))


def rank_of(text: str, ranks: tuple[str, ...]) -> float:
    """Return the place of a version number among others, between two if it is none of them."""
    below = sum(_rank(other) < _rank(text) for other in ranks)
    return below if text in ranks else below - 0.5


def _rank(text: str) -> tuple[int, Version, str]:
    known = _version(text)
    return (0, Version("0"), text) if known is None else (1, known, text)


def _version(text: str) -> Version | None:
    try:
        return Version(text)
    except InvalidVersion:
        return None


def _meets(text: str, term: Comparison) -> bool:
    if term.operator in (Operator.EQUAL, Operator.IN):
        return any(_is_same(text, str(wanted)) for wanted in term.values)
    found, wanted = _version(text), Version(str(term.values[0]))
    if found is None:
        return False
    match term.operator:
        case Operator.BELOW:
            return found < wanted
        case Operator.AT_MOST:
            return found <= wanted
        case Operator.ABOVE:
            return found > wanted
    return found >= wanted


def _is_same(text: str, wanted: str) -> bool:
    found = _version(text)
    if wanted.endswith(".*") and found is not None:
        try:
            return Specifier(f"=={wanted}").contains(found, prereleases=True)
        except InvalidSpecifier:
            return text == wanted
    other = _version(wanted)
    return text == wanted if found is None or other is None else found == other
