"""What a request asks for: its query or its JSON body, read strictly, as the verb wants it."""

import json
from typing import Any, Final, NoReturn, get_origin
from urllib.parse import parse_qsl

from fastapi import HTTPException, Request
from pydantic import ValidationError

from registry_tasks.entities.errors import InvalidSetting
from registry_tasks.entities.request import Asked, in_words
from registry_tasks.entities.secrets import hide_secrets

_MAX_DEPTH: Final = 64
_MAX_PARAMETERS: Final = 2000
_MAX_VALUES: Final = 100_000
_MAX_OBJECTS: Final = 10_000


def read_query(request: Request, kind: type[Asked]) -> Asked:
    """Read arguments. Raises InvalidSetting for what is unknown, doubled or of no such shape."""
    told: dict[str, Any] = {}
    for name, value in read_pairs(request):
        field = kind.model_fields.get(name)
        if field is not None and get_origin(field.annotation) is list:
            told.setdefault(name, []).append(value)
        elif name in told:
            raise InvalidSetting(name[:120], hide_secrets(value)[:120], "it is given twice")
        else:
            told[name] = value
    return make(kind, told)


def read_pairs(request: Request) -> list[tuple[str, str]]:
    """Return names and values of a query. Raises 400 for too many."""
    try:
        return parse_qsl(
            request.scope["query_string"].decode("ascii"),
            keep_blank_values=True,
            max_num_fields=_MAX_PARAMETERS,
        )
    except ValueError:
        raise HTTPException(400, f"a query may have {_MAX_PARAMETERS:,} parameters") from None


def read_json(body: bytes, kind: type[Asked]) -> Asked:
    """Read a body. Raises as ``read_query``."""
    return make(kind, read_object(body))


def read_object(body: bytes) -> dict[str, Any]:
    """Read a JSON object. Raises InvalidSetting."""
    told = parse(body)
    if not isinstance(told, dict):
        raise InvalidSetting("body", type(told).__name__, "it is a JSON object")
    return told


def make(kind: type[Asked], told: dict[str, Any]) -> Asked:
    """Make what a verb is asked with. Raises what its types raise, else InvalidSetting."""
    try:
        return kind.model_validate(told)
    except ValidationError as error:  # some look at a whole, past where the parts are looked at
        raise in_words(error) from None


def parse(body: bytes) -> Any:
    """Read JSON that no two readers read in two ways. Raises InvalidSetting."""
    _check_room(body)
    try:
        told = json.loads(body.decode(), object_pairs_hook=_once, parse_constant=_no_number)
        _check_depth(told)
        if b"\\u" in body:
            _check_texts(told)
    except (ValueError, RecursionError) as error:
        raise InvalidSetting("body", "", f"it is no JSON: {str(error)[:200]}") from None
    return told


def _check_room(body: bytes) -> None:
    """Count before anything is made of it: many small things take many times their length."""
    objects = body.count(b"{")
    if objects > _MAX_OBJECTS or objects + body.count(b",") + body.count(b"[") > _MAX_VALUES:
        reason = f"it has more than {_MAX_OBJECTS:,} objects or {_MAX_VALUES:,} values"
        raise InvalidSetting("body", "", reason)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    told = dict(pairs)
    if len(told) != len(pairs):
        raise ValueError("an object names a field twice")
    return told


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of JSON")


def _check_depth(told: Any) -> None:
    level = [told] if isinstance(told, dict | list) else []
    for _ in range(_MAX_DEPTH):
        level = [
            child
            for holder in level
            for child in (holder.values() if isinstance(holder, dict) else holder)
            if isinstance(child, dict | list)
        ]
        if not level:
            return
    raise ValueError(f"it is nested deeper than {_MAX_DEPTH} levels")


def _check_texts(told: Any) -> None:
    """Escapes can write what is no text: half a character, or the end of one."""
    written = json.dumps(told, ensure_ascii=False)
    written.encode()  # raises ValueError
    if "\\u0000" in written:
        raise ValueError("a text holds a NUL")
