"""From conditions to the few subjects that can meet them, through indexes.

What a drive gives may be more than what meets the conditions, never less: they are all tested again.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from registry_tasks.entities.search import Comparison, Filter, Not, Operator, Or
from registry_tasks.stores.metadata.query import Query
from registry_tasks.stores.metadata.search.conditions import Writer, conjuncts, is_text
from registry_tasks.stores.metadata.search.sql import Sql, both, joined
from registry_tasks.stores.metadata.search.vocabulary import Drive


class Way(NamedTuple):
    """A way to a superset of subjects: ``ids`` selects them, ``counted`` is where they come from."""

    ids: Sql
    counted: tuple[Sql, ...]

    def rows(self, query: Query, most: int) -> int:
        """Count rows, and no more of them than ``most``."""
        found = 0
        for text, values in self.counted:
            statement = f"SELECT count(*) FROM (SELECT 1 FROM {text} LIMIT ?) found"
            ((more,),) = query(statement, (*values, most - found))
            found += more
            if found >= most:
                break
        return found


def ways(writer: Writer, terms: Iterable[Filter]) -> Iterator[Way]:
    """Return a way for each condition that an index can find."""
    by_field = defaultdict[object, list[Comparison]](list)
    for number, term in enumerate(terms):
        if isinstance(term, Comparison):
            single = _is_single(writer, term)  # several comparisons of one value are one range
            by_field[(term.field, is_text(term)) if single else number].append(term)
        elif found := _either(writer, term):
            yield found
    for compared in by_field.values():
        if found := _way(writer, compared):
            yield found


def _is_single(writer: Writer, term: Comparison) -> bool:
    source = writer.sources[term.field.name]
    return source.indexed or not source.rows


def _either(writer: Writer, term: Filter) -> Way | None:
    """All ways of an ``or`` together; one of an ``and`` is enough."""
    if isinstance(term, Not):
        return None
    if not isinstance(term, Or):
        return next(ways(writer, conjuncts(term)), None)
    found = [_either(writer, part) for part in term.terms]
    known = [way for way in found if way is not None]
    if len(known) < len(found):
        return None
    ids = joined((way.ids for way in known), " UNION ")
    return Way(ids, tuple(counted for way in known for counted in way.counted))


def _way(writer: Writer, terms: list[Comparison]) -> Way | None:
    source = writer.sources[terms[0].field.name]
    found = [_through(writer, drive, terms) for drive in source.drives]
    if not found or any(term.operator is Operator.LIKE for term in terms):
        return None
    ids = joined((one for one, _ in found), " UNION ")
    return Way(ids, tuple(counted for _, counted in found))


def _through(writer: Writer, drive: Drive, terms: list[Comparison]) -> tuple[Sql, Sql]:
    source = writer.sources[terms[0].field.name]
    where = both(Sql(drive.link), drive.where, writer.keyed(drive, terms[0].field))
    for term in terms:
        if term.operator is not Operator.HAS:
            value = source.text if source.text and is_text(term) else drive.value
            where = both(where, writer.test(value, term))
    counted = Sql(f"{drive.rows} WHERE {where.text}", where.values)
    rows = f"{drive.rows} CROSS JOIN {drive.lift}" if drive.lift else drive.rows
    where = both(where, Sql(drive.lifted))
    found = f"SELECT DISTINCT {drive.subject} AS id FROM {rows} WHERE {where.text}"
    return Sql(found, where.values), counted
