"""Parameters of a run: what every database and reader can keep, whoever told them."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, JsonValue

from registry_tasks.entities.document import check_values
from registry_tasks.entities.errors import MalformedText

MAX_NAME: Final = 250
"""Characters of a name, dots between nested ones included."""


def check_parameters(values: Any) -> Any:
    """Return parameters, by dotted key or nested. Raises: InvalidDocument, MalformedText."""
    checked, seen = check_values(values), set()
    for name in _names(checked, ""):
        if len(name) > MAX_NAME or not name.strip() or not name.isprintable():
            reason = f"use up to {MAX_NAME} printable characters"
            raise MalformedText(f"name of a parameter {name[:120]!r}", reason)
        if name in seen:
            reason = "it is there twice, nested and with a dot; write it once"
            raise MalformedText(f"name of a parameter {name!r}", reason)
        seen.add(name)
    return checked


def _names(values: Mapping[str, JsonValue], prefix: str) -> Iterator[str]:
    for key, value in values.items():
        if isinstance(value, dict) and value:
            yield from _names(value, f"{prefix}{key}.")
        else:
            yield prefix + key


Parameters = Annotated[dict[str, JsonValue], BeforeValidator(check_parameters)]
