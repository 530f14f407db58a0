"""Say with few operators what was asked with many."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from registry_tasks.entities.search import And, Comparison, Filter, Not, Operator, Or, Value
from registry_tasks.rules.search.fields import Kind
from registry_tasks.rules.search.values import Moment

_ESCAPED: Final = str.maketrans({"\\": "\\\\", "%": "\\%", "_": "\\_"})
_OPPOSITE: Final = {
    Operator.UNEQUAL: Operator.EQUAL,
    Operator.NOT_IN: Operator.IN,
    Operator.NOT_LIKE: Operator.LIKE,
}
_AFTER: Final = dict(zip("0123456789abcde", "123456789abcdef", strict=True))


def lowered(asked: Comparison, kind: Kind, values: tuple[Value | Moment, ...]) -> Filter:
    """Return the same question with ``= < <= > >= in like has``, of typed values."""
    O = Operator
    match asked.operator:
        case O.HAS:
            return replace(asked, values=())
        case O.UNEQUAL | O.NOT_IN | O.NOT_LIKE:
            there = Comparison(asked.field, O.HAS)
            same = lowered(replace(asked, operator=_OPPOSITE[asked.operator]), kind, values)
            return Not(same) if kind is Kind.YES_NO else And((there, Not(same)))
        case O.BETWEEN:
            ends = zip((O.AT_LEAST, O.AT_MOST), values, strict=True)
            return And(tuple(lowered(replace(asked, operator=o), kind, (v,)) for o, v in ends))
        case O.IN if kind in _ONE_BY_ONE:
            each = (lowered(replace(asked, operator=O.EQUAL), kind, (v,)) for v in values)
            return Or(tuple(each))
        case O.CONTAINS:
            pattern = f"%{str(values[0]).translate(_ESCAPED)}%"
            return replace(asked, operator=O.LIKE, values=(pattern,))
    meaning = _ONE_BY_ONE.get(kind)
    if meaning is not None:
        return meaning(asked, values[0])
    return replace(asked, values=tuple(v for v in values if not isinstance(v, Moment)))


def _time(asked: Comparison, value: Value | Moment) -> Filter:
    assert isinstance(value, Moment)
    start, end = value

    def at(operator: Operator, when: Value) -> Comparison:
        return replace(asked, operator=operator, values=(when,))

    O = Operator
    if end is None:
        return at(asked.operator, start)
    match asked.operator:
        case O.BELOW | O.AT_LEAST:
            return at(asked.operator, start)
        case O.AT_MOST:
            return at(O.BELOW, end)
        case O.ABOVE:
            return at(O.AT_LEAST, end)
    return And((at(O.AT_LEAST, start), at(O.BELOW, end)))


def _commit(asked: Comparison, value: Value | Moment) -> Filter:
    """All that begin so, as a range, which an index can find."""
    begin = str(value)
    first = replace(asked, operator=Operator.AT_LEAST, values=(begin,))
    rest = begin.rstrip("f")
    if not rest:
        return first
    after = rest[:-1] + _AFTER[rest[-1]]
    return And((first, replace(asked, operator=Operator.BELOW, values=(after,))))


def _same(asked: Comparison, value: Value | Moment) -> Filter:
    return replace(asked, values=(value,))  # type: ignore[arg-type]


def _yes_no(asked: Comparison, value: Value | Moment) -> Filter:
    there = replace(asked, operator=Operator.HAS, values=())
    return there if value else Not(there)


_ONE_BY_ONE: Final[dict[Kind, Callable[[Comparison, Value | Moment], Filter]]] = {
    Kind.TIME: _time,
    Kind.COMMIT: _commit,
    Kind.SEMANTIC: _same,
    Kind.YES_NO: _yes_no,
    Kind.ANY: _same,
}
"""Kinds of which a list is asked one by one: a value can mean a range, or another type."""
