"""Choose how to find a page: along the order, or from the rarest condition.

Along the order of an index, conditions are tested row by row until the page is full; that is quick
while enough rows meet them. From a condition that few rows meet, these are found, tested and sorted.
Both cost the same where a condition has the square root of page times store rows, so conditions are
counted first, each no further than to that point. SQLite has no statistics to choose by (nobody runs
ANALYZE), and PostgreSQL's do not know which values go together; so the choice is made here for both,
and the statements leave none: SQLite takes CROSS JOIN as an order, and no condition can be turned into
another join.
"""

from collections.abc import Sequence
from contextlib import nullcontext
from math import isqrt
from typing import Any, NamedTuple

from registry_tasks.entities.search import Comparison, Filter, Operator, Subject
from registry_tasks.stores.metadata.query import Query, Rows, marks
from registry_tasks.stores.metadata.search.conditions import Writer
from registry_tasks.stores.metadata.search.drives import Way, ways
from registry_tasks.stores.metadata.search.orders import Segment
from registry_tasks.stores.metadata.search.sql import TRUE, Sql, both, tested
from registry_tasks.stores.metadata.search.vocabulary import TABLES


class Position(NamedTuple):
    """A place in an order: the keys of a row, and its tie."""

    keys: tuple[Any, ...]
    tie: int


class Found(NamedTuple):
    """A subject's row id, and where it stands in the order."""

    id: int
    position: Position


class Plan(NamedTuple):
    """One segment of a search over one store."""

    query: Query
    writer: Writer
    subject: Subject
    terms: tuple[Filter, ...]
    segment: Segment
    descending: bool

    def page(self, after: Position | None, limit: int) -> list[Found]:
        """Return the next subjects in this segment."""
        known = list(ways(self.writer, [t for t in self.terms if not self._is_bound(t)]))
        if not known:
            return self._along(after, limit)
        rows = self._rows()
        most = isqrt(limit * rows) + 1 if self.segment.indexed else rows
        if way := self._rarest(known, most):
            return self._run(self._statement(way, after), limit)
        if not self.segment.indexed:
            return self._along(after, limit)
        return self._with_patience(known, most, after, limit)

    def _with_patience(
        self, known: Sequence[Way], most: int, after: Position | None, limit: int
    ) -> list[Found]:
        """Go along the order, but not for longer than another way would take.

        Each condition may be common, and yet few rows meet them all, or all lie at the far end.
        """
        found: list[Found] = []
        patience = 2 * most
        while True:
            end = self._far(after, patience)
            found += self._along(after, limit - len(found), end)
            if end is None or len(found) == limit:
                return found
            after, patience = end, 4 * patience
            if way := self._rarest(known, patience):
                return found + self._run(self._statement(way, after), limit - len(found))

    def _along(
        self, after: Position | None, limit: int, end: Position | None = None
    ) -> list[Found]:
        """Go along the order, of an index if one has it."""
        with self.writer.engine.in_order(self.query) if self.segment.indexed else nullcontext():
            return self._run(self._statement(None, after, end), limit)

    def _rows(self) -> int:
        ((rows,),) = self.query(f"SELECT max(id) FROM {TABLES[self.subject]}", ())
        return rows or 0

    def _rarest(self, known: Sequence[Way], most: int) -> Way | None:
        """Return the way with the fewest rows, None if each has ``most`` or more."""
        best = None
        for way in known:
            count = way.rows(self.query, most)
            if count < most:
                best, most = way, count
        return best

    def _far(self, after: Position | None, rows: int) -> Position | None:
        """Return what stands so many rows further along the order, None if that is beyond its end."""
        segment = self.segment
        table = segment.rows or f"{TABLES[self.subject]} s"
        where = both(segment.where, *self._bounds(), self._beyond(after))
        columns = ", ".join((segment.tie, *segment.keys))
        with self.writer.engine.in_order(self.query):
            far = self.query(
                f"SELECT {columns} FROM {table} WHERE {where.text} {self._order()} LIMIT 1 OFFSET ?",
                (*where.values, rows),
            )
        return Position(tuple(far[0][1:]), far[0][0]) if far else None

    def _run(self, statement: Sql, limit: int) -> list[Found]:
        rows: Rows = self.query(f"{statement.text} LIMIT ?", (*statement.values, limit))
        return [Found(id_, Position(tuple(keys), tie)) for id_, tie, *keys in rows]

    def _statement(
        self, way: Way | None, after: Position | None, end: Position | None = None
    ) -> Sql:
        segment, table = self.segment, f"{TABLES[self.subject]} s"
        start: tuple[Any, ...]
        tests = [self.writer.condition(term) for term in self.terms if not self._is_bound(term)]
        order = [f"{segment.rows}", table] if segment.rows else [table]
        linked, start = Sql(segment.link) if segment.link else TRUE, ()
        if way is not None:  # the subject is found by its id, and what is linked to it by that
            order = [f"({way.ids.text}) w", *reversed(order)]
            linked, start = both(Sql("s.id = w.id"), linked), way.ids.values
        source = " CROSS JOIN ".join(order)
        if segment.derived is not None:
            return self._derived(source, both(segment.where, linked, *tests), start, after)
        bounds = [*self._bounds(), self._beyond(after), self._until(end)]
        if way is not None:
            bounds = [tested(bound) for bound in bounds]
        where = both(segment.where, *bounds, linked, *tests)
        columns = ", ".join(("s.id", segment.tie, *segment.keys))
        text = f"SELECT {columns} FROM {source} WHERE {where.text} {self._order()}"
        return Sql(text, start + where.values)

    def _derived(
        self, source: str, where: Sql, start: tuple[Any, ...], after: Position | None
    ) -> Sql:
        derived = self.segment.derived or TRUE
        inner = f"SELECT s.id AS id, {derived.text} AS k FROM {source} WHERE {where.text}"
        beyond = both(Sql("k IS NOT NULL"), self._beyond(after, "q.id"))
        text = f"SELECT q.id, q.id, k FROM ({inner}) q WHERE {beyond.text} {self._order('q.id')}"
        return Sql(text, derived.values + start + where.values + beyond.values)

    def _is_bound(self, term: Filter) -> bool:
        if not (isinstance(term, Comparison) and self.segment.indexed):
            return False
        return term.operator is not Operator.IN and self.segment.bounds(term)

    def _bounds(self) -> list[Sql]:
        """Where in the index the segment lies."""
        own = [t for t in self.terms if isinstance(t, Comparison) and self._is_bound(t)]
        return [self.segment.there, *(self.writer.plain(term) for term in own)]

    def _order(self, tie: str = "") -> str:
        direction = " DESC" if self.descending else ""
        columns = (*self.segment.keys, tie or self.segment.tie)
        return "ORDER BY " + ", ".join(f"{column}{direction}" for column in columns)

    def _beyond(self, after: Position | None, tie: str = "") -> Sql:
        return self._compared(after, "<" if self.descending else ">", tie)

    def _until(self, end: Position | None) -> Sql:
        return self._compared(end, ">=" if self.descending else "<=")

    def _compared(self, place: Position | None, sign: str, tie: str = "") -> Sql:
        if place is None:
            return TRUE
        columns = (*self.segment.keys, tie or self.segment.tie)
        values = tuple(self.writer.engine.bound(value) for value in (*place.keys, place.tie))
        return Sql(f"({', '.join(columns)}) {sign} ({marks(columns)})", values)
