"""Read a space of parameters from options and from a file: docs/sweeps.md has the language."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, TypeVar

from pydantic import JsonValue

from registry_tasks.entities.errors import InvalidSetting, InvalidSpace
from registry_tasks.entities.sweep import Between, Choice, Integers, Space, Values
from registry_tasks.stores.dvc.documents import flatten, parse_document
from registry_tasks.stores.dvc.parameters import parse_value

MAX_TEXT: Final = 100_000
"""Characters of what one parameter may be, and bytes of a file."""
_CALL: Final = re.compile(r"\s*([a-z]+)\s*\((.*)\)\s*", re.DOTALL)
_RANGE: Final = ("low", "high", "step")
Found = TypeVar("Found", Choice, Between, Integers)
_WORDS: Final = "choice(a, b, ...), uniform(low, high), loguniform(low, high) or int(low, high)"


def read_space(told: Mapping[str, JsonValue]) -> Space:
    """Read what each parameter may be. Raises InvalidSpace."""
    return {key: _values(key, value) for key, value in told.items()}


def read_space_file(path: Path) -> Space:
    """Read a YAML file of keys, dotted or nested. Raises InvalidSpace, InvalidSetting."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_TEXT + 1)
        text = content.decode()
    except OSError as error:
        raise InvalidSetting("--space", str(path), error.strerror or str(error)) from None
    except UnicodeDecodeError as error:
        raise InvalidSetting("--space", str(path), f"it is not UTF-8: {error.reason}") from None
    if len(content) > MAX_TEXT:
        reason = f"it has more than {MAX_TEXT:,} bytes"
        raise InvalidSetting("--space", str(path), reason)
    try:
        document = parse_document(text)
    except ValueError as error:
        raise InvalidSetting("--space", str(path), str(error)) from None
    if not isinstance(document, dict):
        raise InvalidSetting("--space", str(path), "at its top it must hold keys and values")
    return read_space(flatten(document))


def _values(key: str, told: JsonValue) -> Values:
    """Read a call such as ``uniform(0, 1)``, a list of choices, or the one value there is."""
    if isinstance(told, list):
        return _choice(key, told)
    if not isinstance(told, str):
        return _choice(key, [told])
    if len(told) > MAX_TEXT:
        raise InvalidSpace(key, f"it has {len(told):,} characters; {MAX_TEXT:,} are allowed")
    call = _CALL.fullmatch(told)
    if call is None:
        value = _parsed(key, told)
        return _choice(key, value if isinstance(value, list) else [value])
    arguments = _arguments(key, call[2])
    match call[1]:
        case "choice":
            return _choice(key, arguments)
        case "uniform" | "loguniform" as kind if len(arguments) == 2:
            low, high = (_number(key, value) for value in arguments)
            return _named(key, lambda: Between(kind=kind, low=low, high=high))
        case "int" if len(arguments) in (2, 3):
            whole = [_whole(key, value) for value in arguments]
            return _named(key, lambda: Integers(**dict(zip(_RANGE, whole, strict=False))))
    raise InvalidSpace(key, f"{told[:120]!r} is none of {_WORDS}")


def _parsed(key: str, text: str) -> JsonValue:
    try:
        return parse_value(text)
    except ValueError as error:
        raise InvalidSpace(key, f"{text[:120]!r} cannot be read: {error}") from None


def _arguments(key: str, text: str) -> list[JsonValue]:
    try:
        found = parse_document(f"[{text}]")
    except ValueError as error:
        raise InvalidSpace(key, f"what is in brackets cannot be read: {error}") from None
    if not isinstance(found, list):
        raise InvalidSpace(key, "what is in brackets is no list of values")
    return found


def _choice(key: str, values: list[JsonValue]) -> Choice:
    return _named(key, lambda: Choice(values=tuple(values)))


def _named(key: str, make: Callable[[], Found]) -> Found:
    """Make the values of a parameter; what is wrong with them is told with its name."""
    try:
        return make()
    except InvalidSpace as error:
        raise InvalidSpace(key, error.reason) from None


def _number(key: str, value: JsonValue) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InvalidSpace(key, f"the bound {value!r} is no number")
    try:
        return float(value)
    except OverflowError:
        raise InvalidSpace(key, "a bound is beyond all numbers") from None


def _whole(key: str, value: JsonValue) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise InvalidSpace(key, f"{value!r} is no whole number")
    return value
