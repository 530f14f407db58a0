"""Which fields each subject has, and what kind of value each holds."""

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from registry_tasks.entities.run import RunStatus
from registry_tasks.entities.search import Operator, Subject


class Kind(StrEnum):
    """What a field holds, as messages call it."""

    TEXT = "text"
    NUMBER = "a number"
    WHOLE = "a whole number"
    TIME = "a date or a time"
    YES_NO = "true or false"
    SEMANTIC = "a semantic version such as 'v1.2.0'"
    RELEASE = "a version number such as '4.6'"
    COMMIT = "the beginning of a commit id"
    DIGEST = "a content hash such as 'md5:...'"
    ANY = "a number, text, true or false"


class Key(StrEnum):
    """Whether a field's name is followed by a key."""

    NONE = "none"
    ASKED = "asked"
    ALLOWED = "allowed"


O = Operator
_SAME: Final = frozenset({O.EQUAL, O.UNEQUAL, O.IN, O.NOT_IN, O.HAS})
_ORDERED: Final = _SAME | {O.BELOW, O.AT_MOST, O.ABOVE, O.AT_LEAST, O.BETWEEN}
_WORDS: Final = frozenset({O.LIKE, O.NOT_LIKE, O.CONTAINS})
_BY_KIND: Final = MappingProxyType(
    {
        Kind.TEXT: _ORDERED | _WORDS,
        Kind.YES_NO: _SAME - {O.HAS},
        Kind.RELEASE: _ORDERED | {O.LIKE, O.NOT_LIKE},
        Kind.COMMIT: _SAME,
        Kind.DIGEST: _SAME,
        Kind.ANY: _ORDERED | _WORDS,
    }
)


@dataclass(frozen=True)
class FieldKind:
    """``many``: a subject can have several values, of which any one may match."""

    kind: Kind
    key: Key = Key.NONE
    many: bool = False
    choices: tuple[str, ...] = ()

    @property
    def operators(self) -> frozenset[Operator]:
        """How it can be compared; several values have no order."""
        if self.many and self.kind is Kind.TEXT:
            return _SAME | _WORDS
        return _BY_KIND.get(self.kind, _ORDERED)


_TEXT: Final = FieldKind(Kind.TEXT)
_TIME: Final = FieldKind(Kind.TIME)
_NAMES: Final = FieldKind(Kind.TEXT, many=True)
_OF_ALL: Final = {"name": _TEXT, "model": _TEXT, "created": _TIME}
_OF_RUNS: Final = {
    "run": _TEXT,
    "experiment": _TEXT,
    "commit": FieldKind(Kind.COMMIT),
    "created_by": _TEXT,
    "format": _TEXT,
    "metrics": FieldKind(Kind.NUMBER, Key.ASKED),
    "params": FieldKind(Kind.ANY, Key.ASKED),
    "package": FieldKind(Kind.RELEASE, Key.ASKED),
    "python": FieldKind(Kind.RELEASE),
    "dataset": FieldKind(Kind.DIGEST, Key.ASKED, many=True),
    "number": FieldKind(Kind.WHOLE),
}
_OF_NAMED: Final = {
    "alias": _NAMES,
    "tags": FieldKind(Kind.TEXT, Key.ASKED),
    "owner": _TEXT,
    "team": _TEXT,
    "description": _TEXT,
}
FIELDS: Final = MappingProxyType(
    {
        Subject.VERSIONS: _OF_ALL
        | _OF_RUNS
        | _OF_NAMED
        | {
            "version": FieldKind(Kind.SEMANTIC),
            "stage": FieldKind(Kind.TEXT, Key.ALLOWED, many=True),
            "grade": FieldKind(Kind.TEXT, choices=tuple("ABCDEF")),
            "deleted": FieldKind(Kind.YES_NO),
        },
        Subject.RUNS: _OF_ALL
        | _OF_RUNS
        | {
            "stage": FieldKind(Kind.TEXT, Key.ALLOWED, many=True),
            "alias": _NAMES,
            "status": FieldKind(Kind.TEXT, choices=tuple(map(str, RunStatus))),
            "ended": _TIME,
            "duration": FieldKind(Kind.NUMBER),
        },
        Subject.MODELS: _OF_ALL
        | _OF_NAMED
        | {"stage": FieldKind(Kind.TEXT, Key.ALLOWED, many=True)},
    }
)
"""Fields by subject; docs/search.md lists them, a test compares."""
