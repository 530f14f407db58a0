"""Make of a written value what its field holds."""

import re
from datetime import UTC, datetime, time, timedelta
from typing import Final, NamedTuple

from registry_tasks.entities.search import Field, Operator, Value
from registry_tasks.entities.semantic_version import SemanticVersion
from registry_tasks.rules.search.fields import FieldKind, Kind

_COMMIT: Final = re.compile(r"[0-9a-f]{4,64}")
_DIGEST: Final = re.compile(r"md5:([0-9a-f]{32}(?:\.dir)?)")
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_PATTERNS: Final = (Operator.LIKE, Operator.NOT_LIKE)
_WORDS: Final = (*_PATTERNS, Operator.CONTAINS)
_LARGEST: Final = 2**31 - 1


class Moment(NamedTuple):
    """What a written time covers: a date its whole day (UTC), a time nothing but itself."""

    start: datetime
    end: datetime | None


def typed(field: Field, found: FieldKind, operator: Operator, value: Value) -> "Value | Moment":
    """Return the value as its field holds it. Raises ValueError with the reason."""
    match found.kind:
        case Kind.ANY if operator not in _WORDS:
            return ("true" if value else "false") if isinstance(value, bool) else value
        case Kind.NUMBER if _is_number(value):
            return float(value)  # type: ignore[arg-type]
        case Kind.WHOLE if isinstance(value, int) and not isinstance(value, bool):
            return max(min(value, _LARGEST), -_LARGEST)
        case Kind.YES_NO if isinstance(value, bool):
            return value
        case Kind.NUMBER | Kind.WHOLE | Kind.YES_NO:
            pass
        case _ if isinstance(value, str):
            return _read(field, found, operator, value)
    raise ValueError(f"{field} is {found.kind}, {_shown(value)} is {_kind_of(value)}")


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _read(field: Field, found: FieldKind, operator: Operator, text: str) -> "Value | Moment":
    if operator in _PATTERNS and len(text) - len(text.rstrip("\\")) & 1:
        raise ValueError("a pattern cannot end with one \\: double it")
    wrong = ValueError(f"{field} is {found.kind}, {_shown(text)} is none")
    match found.kind:
        case Kind.TIME:
            return _moment(field, text)
        case Kind.SEMANTIC:
            try:
                return SemanticVersion.parse(text)
            except ValueError:
                raise wrong from None
        case Kind.COMMIT:
            if not _COMMIT.fullmatch(text.lower()):
                raise ValueError(f"{field} is {found.kind}: 4 or more of 0-9 and a-f")
            return text.lower()
        case Kind.DIGEST:
            if not (digest := _DIGEST.fullmatch(text)):
                raise wrong
            return digest[1]
        case Kind.RELEASE if operator not in _PATTERNS:
            _check_release(field, operator, text)
    if found.choices and operator not in _WORDS and text not in found.choices:
        raise ValueError(f"{field} is one of {', '.join(found.choices)}")
    return text


def _moment(field: Field, text: str) -> Moment:
    try:
        read = datetime.fromisoformat(text)
        aware = read if read.tzinfo else read.replace(tzinfo=UTC)
        start = aware.astimezone(UTC)
        is_date = _DATE.fullmatch(text) and start.time() == time()
        return Moment(start, start + timedelta(days=1) if is_date else None)
    except (ValueError, OverflowError):
        example = "'2013-06-01' or '2013-06-01T12:30:00+02:00'"
        raise ValueError(f"{field} is a date or a time: write it as {example}") from None


def _check_release(field: Field, operator: Operator, text: str) -> None:
    from packaging.version import InvalidVersion, Version

    if operator in (Operator.EQUAL, Operator.UNEQUAL, Operator.IN, Operator.NOT_IN):
        return  # whatever was recorded, also what PEP 440 does not know
    try:
        Version(text)
    except InvalidVersion:
        raise ValueError(f"{field} is {Kind.RELEASE}, {_shown(text)} is none (PEP 440)") from None


def _kind_of(value: Value) -> str:
    if isinstance(value, bool):
        return Kind.YES_NO
    return Kind.TEXT if isinstance(value, str) else Kind.NUMBER


def _shown(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return str(value)
    return "'" + (value if len(value) <= 40 else value[:37] + "...") + "'"
