"""An order as segments, one after the other: those with a value, then those without.

Each segment is one statement in the order of one index, so that a page costs what is on it.
"""

from dataclasses import dataclass

from registry_tasks.entities.search import Comparison, Field, Filter, Operator
from registry_tasks.stores.metadata.search.conditions import Writer, is_text
from registry_tasks.stores.metadata.search.sql import TRUE, Sql
from registry_tasks.stores.metadata.search.vocabulary import Source


@dataclass(frozen=True)
class Ordering:
    """What comes first; no field means: by the subject's own id."""

    field: Field | None
    descending: bool
    ranks: tuple[str, ...] = ()
    """All values from lowest to highest, of a field that SQL cannot order."""


@dataclass(frozen=True)
class Segment:
    """Subjects in the order of ``keys`` and then ``tie``.

    ``there`` holds where there is a value. ``rows`` with ``link`` are joined to the subject. If the
    segment is ``indexed``, comparisons of its ``own`` field say where in the index to look;
    ``worded`` tells text from numbers where a field can be both. A ``derived`` key is worked out
    for every subject that the filter leaves.
    """

    where: Sql = TRUE
    there: Sql = TRUE
    keys: tuple[str, ...] = ()
    tie: str = "s.id"
    rows: str = ""
    link: str = ""
    own: Field | None = None
    worded: bool | None = None
    indexed: bool = True
    derived: Sql | None = None

    def bounds(self, term: Filter) -> bool:
        """Whether a condition says where in the index to look."""
        if not isinstance(term, Comparison) or term.field != self.own or not self.keys:
            return False
        worded = self.worded is None or is_text(term) == self.worded
        return worded and term.operator is not Operator.HAS

    def contradicts(self, term: Filter) -> bool:
        """Whether no subject of this segment can meet a condition."""
        if not isinstance(term, Comparison) or term.field != self.own:
            return False
        return not self.keys or (term.operator is not Operator.HAS and not self.bounds(term))


def segments(writer: Writer, order: Ordering) -> tuple[Segment, ...]:
    """Return the parts of an order."""
    if order.field is None:
        return (Segment(writer.scope),)
    name, source = order.field, writer.sources[order.field.name]
    absent = writer.condition(Comparison(name, Operator.HAS))
    without = Segment(Sql(f"NOT {absent.text}", absent.values), own=name, indexed=False)
    key = writer.keyed(source, name)
    if order.ranks or (source.rows and not source.indexed):
        return Segment(
            keys=("k",), own=name, indexed=False, derived=_derived(order, source, key)
        ), without
    if source.text:
        numbers = _joined(source, source.value, key, name, worded=False)
        words = _joined(source, source.text, key, name, worded=True)
        return (words, numbers, without) if order.descending else (numbers, words, without)
    if source.rows:
        return _joined(source, source.value, key, name), without
    there = Sql(f"{source.value} IS NOT NULL") if source.nullable else TRUE
    scope = writer.scope if source.within else TRUE
    direct = Segment(scope, there, source.keys, own=name, indexed=source.indexed)
    return (direct, without) if source.nullable else (direct,)


def _joined(
    source: Source, column: str, key: Sql, own: Field, *, worded: bool | None = None
) -> Segment:
    there = TRUE if worded is None else Sql(f"{column} IS NOT NULL")
    return Segment(key, there, (column,), source.tie, source.rows, source.link, own, worded)


def _derived(order: Ordering, source: Source, key: Sql) -> Sql:
    """Order by the lowest value where there are several, or by the rank of it."""
    lowest = f"(SELECT min({source.value}) FROM {source.rows} WHERE {source.link} AND {key.text})"
    if not order.ranks:
        return Sql(lowest, key.values)
    cases = " ".join("WHEN ? THEN ?" for _ in order.ranks)
    pairs = tuple(part for rank, text in enumerate(order.ranks) for part in (text, rank))
    return Sql(f"CASE {lowest} {cases} END", key.values + pairs)
