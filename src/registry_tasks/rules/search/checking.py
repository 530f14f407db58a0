"""Hold a filter against the fields of a subject, and bring it down to few operators.

What comes out compares with ``=``, ``<``, ``<=``, ``>``, ``>=``, ``in``, ``like`` and ``has`` only;
its values are of the type that the field holds. A comparison is true or false, never unknown: where
there is no value it is false.
"""

import difflib
from dataclasses import replace

from packaging.utils import canonicalize_name

from registry_tasks.entities.search import (
    And,
    Comparison,
    Field,
    Filter,
    Not,
    Operator,
    Or,
    Order,
    Subject,
    Value,
)
from registry_tasks.entities.stage import DEFAULT_ENVIRONMENT, POOLS
from registry_tasks.rules.search.fields import FIELDS, FieldKind, Key, Kind
from registry_tasks.rules.search.lowering import lowered
from registry_tasks.rules.search.pointing import mistake
from registry_tasks.rules.search.values import Moment, typed


def check_filter(text: str, subject: Subject, read: Filter) -> Filter:
    """Return the filter in its simple form. Raises InvalidFilter."""
    return _Checking(text, subject).simple(read)


def check_order(text: str, subject: Subject, order: Order) -> Order:
    """Return the order by the field's own name. Raises InvalidFilter."""
    checking = _Checking(text, subject)
    found = checking.kind(order.field, order.at)
    if found.kind is Kind.YES_NO:
        raise mistake(text, order.at, f"{order.field} is no order")
    field = checking.named(order.field)
    if field.name == "stage" and field.key is None:
        field = replace(field, key=DEFAULT_ENVIRONMENT)
    return replace(order, field=field)


class _Checking:
    def __init__(self, text: str, subject: Subject) -> None:
        self._text, self._subject = text, subject

    def simple(self, read: Filter) -> Filter:
        match read:
            case And():
                return And(tuple(self.simple(term) for term in read.terms))
            case Or():
                return Or(tuple(self.simple(term) for term in read.terms))
            case Not():
                return Not(self.simple(read.term))
        return self._comparison(read)

    def kind(self, field: Field, column: int) -> FieldKind:
        """Return what a field holds, once its name and key are right."""
        of_subject = FIELDS[self._subject]
        found = of_subject.get(field.name)
        if found is None:
            raise mistake(self._text, column, self._unknown(field))
        if found.key is Key.ASKED and field.key is None:
            raise mistake(self._text, column, f"{field.name} needs a key: {field.name}.NAME")
        if found.key is Key.NONE and field.key is not None:
            raise mistake(self._text, column, f"{field.name} has no key: write {field.name}")
        return found

    def named(self, field: Field) -> Field:
        """Give each field one name, and packages their normal one (PEP 503)."""
        if field.name == "name":
            return Field("model")
        if field.name == "package" and field.key is not None:
            return Field("package", canonicalize_name(field.key))
        return field

    def _unknown(self, field: Field) -> str:
        what = self._subject.value
        of_subject = FIELDS[self._subject]
        others = [s.value for s, fields in FIELDS.items() if field.name in fields]
        if others:
            return f"{what} have no field {field.name}, {' and '.join(others)} have"
        near = difflib.get_close_matches(field.name.lower(), of_subject, n=2, cutoff=0.6)
        if near:
            return f"{what} have no field {field.name}; did you mean {' or '.join(near)}?"
        return f"{what} have no field {field.name}; they have {', '.join(sorted(of_subject))}"

    def _comparison(self, read: Comparison) -> Filter:
        found = self.kind(read.field, read.at[0])
        if read.operator not in found.operators:
            allowed = " ".join(o for o in Operator if o in found.operators)
            reason = f"{read.field} cannot be compared with {read.operator}; use {allowed}"
            raise mistake(self._text, read.at[1], reason)
        columns = zip(read.values, read.at[2:], strict=True)
        values = tuple(self._value(read, found, value, column) for value, column in columns)
        return lowered(replace(read, field=self.named(read.field)), found.kind, values)

    def _value(
        self, read: Comparison, found: FieldKind, value: Value, column: int
    ) -> Value | Moment:
        try:
            checked = typed(read.field, found, read.operator, value)
        except ValueError as error:
            raise mistake(self._text, column, str(error)) from None
        if self._subject is Subject.MODELS and read.field.name == "stage" and checked in POOLS:
            reason = f"{checked} holds many versions; models are found by stages with one place"
            raise mistake(self._text, column, reason)
        return checked
