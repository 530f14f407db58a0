"""Whether a document has the shape that a JSON Schema (draft 2020-12) says. Fetches nothing."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, Final

from pydantic import JsonValue

from registry_tasks.entities.document import path_of
from registry_tasks.entities.errors import InvalidDocument, InvalidSchema
from registry_tasks.rules.patterns import check_pattern, validator_class

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_DATA: Final = frozenset({"const", "default", "enum", "examples"})
"""Keywords whose values are data and no schemas."""
_REFERENCES: Final = ("$ref", "$dynamicRef")
_PATTERNS: Final = "patternProperties"
_UNEVALUATED: Final = "unevaluatedProperties"
_MANY: Final = 100
_SHOWN: Final = 300


def check_schema(model: str, schema: dict[str, JsonValue]) -> None:
    """Raise InvalidSchema unless documents can be held to ``schema`` and nothing else is needed."""
    from jsonschema import Draft202012Validator, FormatChecker
    from jsonschema.exceptions import best_match
    from referencing import Registry
    from referencing.exceptions import Unresolvable
    from referencing.jsonschema import DRAFT202012

    if schema.get("$schema", DIALECT) != DIALECT:
        raise InvalidSchema(model, path_of(("$schema",)), f"only {DIALECT} is understood")
    patterns = FormatChecker(())
    patterns.checks("regex", raises=ValueError)(check_pattern)
    rules = Draft202012Validator(Draft202012Validator.META_SCHEMA, format_checker=patterns)
    if found := best_match(rules.iter_errors(schema)):
        why = f"{_short(found.message)}: {found.cause}" if found.cause else _short(found.message)
        raise InvalidSchema(model, path_of(tuple(found.absolute_path)), why)
    if {_PATTERNS, _UNEVALUATED} <= _keywords(schema):
        reason = f"it has {_PATTERNS} and {_UNEVALUATED}, which cannot be checked together"
        raise InvalidSchema(model, "$", reason)
    alone: Registry[Any] = Registry()
    resolver = alone.resolver_with_root(DRAFT202012.create_resource(schema))
    for path, target, at in _references(schema, (), resolver):
        try:
            at.lookup(target)
        except Unresolvable:
            reason = f"{_short(target)} is nowhere in it; a schema must hold all that it refers to"
            raise InvalidSchema(model, path_of(path), reason) from None


class Shape:
    """A schema that documents are held to."""

    def __init__(self, model: str, schema: dict[str, JsonValue]) -> None:
        from referencing import Registry

        nothing_else: Registry[Any] = Registry()  # the default one would ask the network
        self._model = model
        self._validator = validator_class()(schema, registry=nothing_else)

    def check(self, what: str, document: dict[str, JsonValue]) -> None:
        """Raise InvalidDocument, with the place of the mistake, unless a document has the shape."""
        if found := self.difference(document):
            raise InvalidDocument(what, *found)

    def difference(self, document: dict[str, JsonValue]) -> tuple[str, str] | None:
        """Return path and reason of what is wrong with a document, None if nothing is.

        An empty document is none, and so has every shape. Raises: InvalidSchema if the schema
        refers to itself without end, or to what it does not hold.
        """
        from jsonschema.exceptions import relevance
        from referencing.exceptions import Unresolvable

        if not document:
            return None
        try:
            errors = list(islice(self._validator.iter_errors(document), _MANY))
        except RecursionError:
            raise InvalidSchema(self._model, "$", "it refers to itself without end") from None
        except Unresolvable as error:
            raise InvalidSchema(self._model, "$", f"it does not hold {error.ref[:100]}") from None
        except ValueError as error:  # put there by a release that took more
            raise InvalidSchema(self._model, "$", f"a pattern in it: {error}") from None
        if not errors:
            return None
        worst = max(errors, key=relevance)
        others = len(errors) - 1
        more = f" (and {others} other mistake{'s' if others > 1 else ''})" if others else ""
        return path_of(tuple(worst.absolute_path)), _short(worst.message) + more


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN // 2]} ... {text[-_SHOWN // 2 :]}"


def _keywords(value: JsonValue) -> set[str]:
    """Return all keys of a schema; names of properties are among them."""
    if isinstance(value, Mapping):
        found = {key for key in value if key not in _DATA}
        return found.union(*(_keywords(value[key]) for key in found))
    if isinstance(value, list):
        return set[str]().union(*map(_keywords, value))
    return set()


def _references(
    value: JsonValue, path: tuple[str | int, ...], at: Any
) -> Iterator[tuple[tuple[str | int, ...], str, Any]]:
    """Give each reference with its place, and what looks it up there."""
    from referencing.jsonschema import DRAFT202012

    if isinstance(value, Mapping):
        if path and isinstance(value.get("$id"), str):  # references below it start from there
            at = at.in_subresource(DRAFT202012.create_resource(value))
        for key, item in value.items():
            if key in _REFERENCES and isinstance(item, str):
                yield (*path, key), item, at
            elif key not in _DATA:
                yield from _references(item, (*path, key), at)
    elif isinstance(value, list):
        for place, item in enumerate(value):
            yield from _references(item, (*path, place), at)
