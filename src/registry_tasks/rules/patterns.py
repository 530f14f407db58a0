"""Regular expressions of schemas: matched in time that grows no faster than the text."""

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Annotated, Any, Final

from pydantic import StringConstraints, TypeAdapter, ValidationError
from pydantic_core import SchemaError

if TYPE_CHECKING:
    from jsonschema.protocols import Validator

MAX_TEXT: Final = 10_000
"""Characters of a text, or of a key, that can be held to a pattern."""


def check_pattern(pattern: object) -> bool:
    """Raise ValueError unless a pattern can be matched so: without look-around and references."""
    if isinstance(pattern, str):
        _compiled(pattern)
    return True


def matches(pattern: str, text: str) -> bool:
    """Say whether a pattern is found in a text. Raises ValueError for a pattern that is none."""
    try:
        _compiled(pattern).validate_python(text)
    except ValidationError:
        return False
    return True


@lru_cache(maxsize=1000)
def _compiled(pattern: str) -> TypeAdapter[str]:
    """Compile with the engine of Rust's ``regex``, which never goes back in the text."""
    try:
        return TypeAdapter(Annotated[str, StringConstraints(pattern=pattern)])
    except SchemaError as error:
        lines = [line.strip() for line in str(error).splitlines() if line.strip()]
        raise ValueError(lines[-1].removeprefix("error: ")) from None


@cache
def validator_class() -> "type[Validator]":
    """Return jsonschema's validator, which matches with Python's ``re``, with these patterns."""
    import attrs
    from jsonschema import Draft202012Validator
    from jsonschema.validators import extend

    own = {
        "pattern": _pattern,
        "patternProperties": _pattern_properties,
        "additionalProperties": _additional_properties,
    }
    made: type[Validator] = extend(Draft202012Validator, own)
    # Its own one goes back to the first class wherever a part of the schema has a `$schema`.
    setattr(made, "evolve", attrs.evolve)  # noqa: B010
    return made


def _pattern(validator: Any, pattern: str, instance: Any, schema: Any) -> Iterator[Any]:
    from jsonschema import ValidationError as Mistake

    if not validator.is_type(instance, "string"):
        return
    if len(instance) > MAX_TEXT:
        yield Mistake(f"it has {len(instance):,} characters; a pattern reads {MAX_TEXT:,}")
    elif not matches(pattern, instance):
        yield Mistake(f"{instance!r} does not match {pattern!r}")


def _pattern_properties(validator: Any, patterns: Any, instance: Any, schema: Any) -> Iterator[Any]:
    from jsonschema import ValidationError as Mistake

    if not validator.is_type(instance, "object"):
        return
    for key in instance:
        if len(key) > MAX_TEXT:
            yield Mistake(f"a key has {len(key):,} characters; a pattern reads {MAX_TEXT:,}")
            return
    for pattern, below in patterns.items():
        for key, item in instance.items():
            if matches(pattern, key):
                yield from validator.descend(item, below, path=key, schema_path=pattern)


def _additional_properties(
    validator: Any, others: Any, instance: Any, schema: Any
) -> Iterator[Any]:
    from jsonschema import Draft202012Validator, ValidationError as Mistake

    patterns = schema.get("patternProperties")
    if not patterns or not validator.is_type(instance, "object"):
        usual = Draft202012Validator.VALIDATORS["additionalProperties"]
        yield from usual(validator, others, instance, schema)
        return
    known = schema.get("properties", {})
    short = [key for key in instance if key not in known and len(key) <= MAX_TEXT]
    extra = [key for key in short if not any(matches(pattern, key) for pattern in patterns)]
    if validator.is_type(others, "object"):
        for key in extra:
            yield from validator.descend(instance[key], others, path=key)
    elif not others and extra:
        named = ", ".join(map(repr, sorted(extra)))
        yield Mistake(f"Additional properties are not allowed ({named}: no pattern matches)")
