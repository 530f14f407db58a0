"""What kind of values a column holds, in the words of Frictionless Table Schema."""

import re
from collections.abc import Mapping
from typing import Final

from registry_tasks.stores.data.table import MAX_COLUMNS

ANY: Final = "any"
MISSING: Final = frozenset({"", "na", "n/a", "nan", "null", "none"})
"""Words that stand for no value, in small letters."""

_INTEGER: Final = re.compile(r"[+-]?[0-9]{1,30}")
_NUMBER: Final = re.compile(
    r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[+-]?inf", re.IGNORECASE
)
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DATETIME: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?"
    r"(?:Z|[+-][0-9]{2}:?[0-9]{2})?"
)
_BOOLEAN: Final = frozenset({"true", "false"})
_WIDER: Final[Mapping[frozenset[str], str]] = {
    frozenset({"integer", "number"}): "number",
    frozenset({"date", "datetime"}): "datetime",
}


class ColumnTypes:
    """Collects the type of each column, in the order in which columns are first seen.

    ``mixed`` is what a column is called whose values do not fit together. ``width`` counts columns
    that are not kept, too.
    """

    def __init__(self, mixed: str) -> None:
        self._mixed, self.width = mixed, 0
        self._seen: dict[str, set[str]] = {}

    def add(self, name: str, type_: str | None) -> None:
        """Count a value of a type; None is no value, but makes the column known."""
        if name not in self._seen:
            self.width = max(self.width, len(self._seen) + 1)
            if len(self._seen) == MAX_COLUMNS:
                return
            self._seen[name] = set()
        if type_ is not None:
            self._seen[name].add(type_)

    def empty(self) -> frozenset[str]:
        """Return the columns of which no value was seen."""
        return frozenset(name for name, seen in self._seen.items() if not seen)

    def found(self) -> dict[str, str]:
        """Return column -> type: ``any`` where no value was seen."""
        return {name: self._common(seen) for name, seen in self._seen.items()}

    def _common(self, seen: set[str]) -> str:
        if len(seen) == 1:
            return next(iter(seen))
        return _WIDER.get(frozenset(seen), self._mixed) if seen else ANY


def type_of_text(text: str) -> str | None:
    """Say what a cell of a text file looks like; None for a missing value."""
    text = text.strip()
    if text.lower() in MISSING:
        return None
    if _INTEGER.fullmatch(text):
        return "integer"
    if _NUMBER.fullmatch(text):
        return "number"
    if _DATE.fullmatch(text):
        return "date"
    if _DATETIME.fullmatch(text):
        return "datetime"
    return "boolean" if text.lower() in _BOOLEAN else "string"


def type_of_json(value: object) -> str | None:
    """Say what a value of JSON is; None for ``null``."""
    match value:
        case None:
            return None
        case bool():
            return "boolean"
        case int():
            return "integer"
        case float():
            return "number"
        case str():
            return "string"
        case list():
            return "array"
    return "object"
