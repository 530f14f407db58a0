"""Structured metadata: JSON of the team's own shape, and how far it may go."""

import json
import math
import re
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, JsonValue

from registry_tasks.entities.errors import InvalidDocument, MalformedText
from registry_tasks.entities.texts import check_storable

MAX_BYTES: Final = 1_000_000
MAX_SCHEMA_BYTES: Final = 100_000
MAX_DEPTH: Final = 50
_BIGGEST: Final = 2**63
_PLAIN_KEY: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")

Path = tuple[str | int, ...]


def path_of(path: Path) -> str:
    """Write a place in a document as JSONPath does: ``$.training.rows[3]``."""
    return "$" + "".join(
        f"[{step}]"
        if isinstance(step, int)
        else f".{step}"
        if _PLAIN_KEY.fullmatch(step)
        else f"[{json.dumps(step)}]"
        for step in path
    )


def check_document(value: Any) -> Any:
    """Return an object of JSON that every database and reader can keep. Raises InvalidDocument."""
    return _check(value, "document", MAX_BYTES)


def check_values(value: Any) -> Any:
    """Return parameters as an object of JSON, as ``check_document`` does. Raises InvalidDocument."""
    return _check(value, "parameters", MAX_BYTES)


def check_schema_document(value: Any) -> Any:
    """Return a schema as a document of JSON. Raises InvalidDocument."""
    return _check(value, "schema", MAX_SCHEMA_BYTES)


def _check(value: Any, what: str, most: int) -> Any:
    if not isinstance(value, dict):
        raise InvalidDocument(what, "$", f"it is a {type(value).__name__}, not an object of JSON")
    waiting: list[tuple[Path, Any]] = [((), value)]
    count = 0
    while waiting:
        path, found = waiting.pop()
        count += 1
        if count > most:  # each takes a byte at least
            raise _too_big(what, most)
        if len(path) > MAX_DEPTH:
            reason = f"it is nested deeper than the {MAX_DEPTH} levels that are allowed"
            raise InvalidDocument(what, path_of(path[:3]) + "...", reason)
        if isinstance(found, dict):
            for key, item in found.items():
                if not isinstance(key, str):
                    raise InvalidDocument(what, path_of(path), f"its key {key!r} is no text")
                _check_text(what, path, key)
                waiting.append(((*path, key), item))
        elif isinstance(found, list):
            waiting += [((*path, place), item) for place, item in enumerate(found)]
        elif isinstance(found, str):
            _check_text(what, path, found)
        elif wrong := _why_not(found):
            raise InvalidDocument(what, path_of(path), wrong)
    if len(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()) > most:
        raise _too_big(what, most)
    return value


def _check_text(what: str, path: Path, text: str) -> None:
    try:
        check_storable("text", text)
    except MalformedText as error:
        raise InvalidDocument(what, path_of(path), error.reason) from None


def _why_not(value: object) -> str | None:
    if isinstance(value, float) and not math.isfinite(value):
        return f"{value} is no number of JSON; leave it out, or write null"
    if value is None or isinstance(value, bool | float):
        return None
    if not isinstance(value, int):
        return f"a {type(value).__name__} is no JSON"
    return (
        None if -_BIGGEST <= value < _BIGGEST else "a whole number beyond 64 bits; write it as text"
    )


def _too_big(what: str, most: int) -> InvalidDocument:
    reason = f"it has more than the {most:,} bytes of JSON that are allowed"
    return InvalidDocument(what, "$", f"{reason}; keep big things as artifacts or DVC data")


Document = Annotated[dict[str, JsonValue], BeforeValidator(check_document)]
SchemaDocument = Annotated[dict[str, JsonValue], BeforeValidator(check_schema_document)]
