"""A checked filter as SQL: each condition true or false for a subject's row, never unknown."""

from typing import NamedTuple

from registry_tasks.entities.search import And, Comparison, Field, Filter, Not, Operator, Or
from registry_tasks.stores.metadata.query import marks
from registry_tasks.stores.metadata.search.sql import (
    FALSE,
    TRUE,
    Engine,
    Sql,
    both,
    joined,
    tested,
)
from registry_tasks.stores.metadata.search.vocabulary import Drive, Source, Sources


class Writer(NamedTuple):
    """Writes conditions for one database and one subject."""

    engine: Engine
    sources: Sources
    scope: Sql = TRUE  # which model it is, for indexes that begin with it

    def condition(self, term: Filter) -> Sql:
        """Return what is true of the subject's row ``s`` where the term is."""
        match term:
            case And() | Or():
                word = " AND " if isinstance(term, And) else " OR "
                text, values = joined(map(self.condition, term.terms), word)
                return Sql(f"({text})", values)
            case Not():
                text, values = self.condition(term.term)
                return Sql(f"NOT {text}", values)
        return self._compared(term)

    def plain(self, term: Comparison) -> Sql:
        """Return a comparison of a value that is at hand, so that an index on it can be used."""
        return self.test(self.value_of(term), term)

    def value_of(self, term: Comparison) -> str:
        """Return where the value is that is compared."""
        source = self.sources[term.field.name]
        return source.text if source.text and is_text(term) else source.value

    def test(self, value: str, term: Comparison) -> Sql:
        """Compare the SQL of a value."""
        values = tuple(self.engine.bound(v) for v in term.values)
        match term.operator:
            case Operator.HAS:
                return Sql(f"({value}) IS NOT NULL")
            case Operator.LIKE:
                return self.engine.like(value, values[0])
            case Operator.IN:
                return Sql(f"{value} IN ({marks(values)})", values) if values else FALSE
        operand = values[0]
        if isinstance(operand, tuple):
            return Sql(f"({value}) {term.operator} ({marks(operand)})", operand)
        return Sql(f"{value} {term.operator} ?", values)

    def keyed(self, source: Source | Drive, field: Field) -> Sql:
        """Return which key it is, if it is one of a key."""
        if field.key is None or not source.key:
            return TRUE
        return Sql(f"{source.key} = ?", (field.key,))

    def _compared(self, term: Comparison) -> Sql:
        source = self.sources[term.field.name]
        if not source.rows:
            test = self.plain(term)
            if term.operator is Operator.HAS and not source.nullable:
                return TRUE
            return tested(test)
        rows, value = source.rows, self.value_of(term)
        linked = both(Sql(source.link), self.keyed(source, term.field))
        if source.covered and term.operator in (Operator.EQUAL, Operator.IN):
            rows += self._covering(source, value)
        elif term.operator is not Operator.HAS:
            value = self.engine.aside(value)
        if term.operator is not Operator.HAS:
            linked = both(linked, self.test(value, term))
        return self.engine.exists(f"SELECT TRUE FROM {rows} WHERE {linked.text}", linked.values)

    def _covering(self, source: Source, value: str) -> str:
        """The index that holds key, value and owner: no row of the table needs to be read."""
        if self.engine is Engine.POSTGRESQL:
            return ""
        table, owner, column = source.rows.split()[0], source.tie, value
        return f" INDEXED BY ix_{table}_key_{column}_{owner}".replace("c.", "")


def is_text(term: Comparison) -> bool:
    """Whether a comparison is one of text."""
    return term.operator is Operator.LIKE or any(isinstance(v, str) for v in term.values)


def conjuncts(term: Filter | None) -> tuple[Filter, ...]:
    """Return what must all be true."""
    if isinstance(term, And):
        return tuple(part for inner in term.terms for part in conjuncts(inner))
    return () if term is None else (term,)
