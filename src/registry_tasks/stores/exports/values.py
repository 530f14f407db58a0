"""Values as JSON Lines and Parquet have them, and back as the store keeps them."""

import json
import math
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, Final

from registry_tasks.stores.exports.columns import Kind

UNUSUAL: Final = "$json"
"""Names the text of a document that would come out otherwise if it were read and written again."""

_encode: Final = json.JSONEncoder(ensure_ascii=False).encode
_NUMBERS: Final = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}
_BIGGEST: Final = 2**63


class WrongValue(Exception):
    """A value is not of its column's kind."""


def written(kind: Kind) -> Callable[[Any], str]:
    """Return what writes a value of a kind, not None, as JSON."""
    return _WRITERS[kind]


def read(kind: Kind) -> Callable[[Any], Any]:
    """Return what turns JSON back into what the store keeps. It raises WrongValue."""
    return _READERS[kind]


def time_text(value: datetime) -> str:
    """Write a time as ISO 8601 in UTC, to the microsecond."""
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def _write_number(value: float) -> str:
    if math.isfinite(value):
        return repr(float(value))
    return '"NaN"' if math.isnan(value) else '"Infinity"' if value > 0 else '"-Infinity"'


def _write_document(text: str) -> str:
    """Give a document as it is, unless reading and writing it would not give the same text."""
    try:
        value = json.loads(text, parse_constant=_refuse)
        same = json.dumps(value) == text and not (isinstance(value, dict) and UNUSUAL in value)
    except (ValueError, RecursionError):
        same = False
    return text if same else _encode({UNUSUAL: text})


def _refuse(constant: str) -> None:
    raise ValueError(constant)  # NaN and the like are no JSON


def _read_document(value: Any) -> str:
    if isinstance(value, dict) and value.keys() == {UNUSUAL}:
        return _read_text(value[UNUSUAL])
    return json.dumps(value)


def _read_integer(value: Any) -> int:
    if type(value) is not int or not -_BIGGEST <= value < _BIGGEST:
        raise WrongValue("no whole number of 64 bits")
    return value


def _read_number(value: Any) -> float:
    if type(value) is float or type(value) is int:
        return float(value)
    if isinstance(value, str) and value in _NUMBERS:
        return _NUMBERS[value]
    raise WrongValue("no number")


def _read_boolean(value: Any) -> bool:
    if not isinstance(value, bool):
        raise WrongValue("neither true nor false")
    return value


def _read_text(value: Any) -> str:
    if not isinstance(value, str):
        raise WrongValue("no text")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise WrongValue("text that is no Unicode") from None
    return value


def _read_time(value: Any) -> datetime:
    try:
        found = datetime.fromisoformat(_read_text(value))
    except ValueError:
        raise WrongValue("no time in ISO 8601") from None
    if found.tzinfo is None:
        raise WrongValue("a time without a zone")
    return found.astimezone(UTC)


def _read_date(value: Any) -> date:
    try:
        return date.fromisoformat(_read_text(value))
    except ValueError:
        raise WrongValue("no date in ISO 8601") from None


_WRITERS: Final[dict[Kind, Callable[[Any], str]]] = {
    Kind.INTEGER: str,
    Kind.NUMBER: _write_number,
    Kind.BOOLEAN: lambda value: "true" if value else "false",
    Kind.TEXT: _encode,
    Kind.TIME: lambda value: f'"{time_text(value)}"',
    Kind.DATE: lambda value: f'"{value.isoformat()}"',
    Kind.JSON: _write_document,
}
_READERS: Final[dict[Kind, Callable[[Any], Any]]] = {
    Kind.INTEGER: _read_integer,
    Kind.NUMBER: _read_number,
    Kind.BOOLEAN: _read_boolean,
    Kind.TEXT: _read_text,
    Kind.TIME: _read_time,
    Kind.DATE: _read_date,
    Kind.JSON: _read_document,
}
