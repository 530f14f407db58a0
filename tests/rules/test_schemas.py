"""Documents are held to a JSON Schema, and a schema that cannot be used is refused first."""

from typing import Any

import pytest

from registry_tasks.entities.errors import InvalidDocument, InvalidSchema
from registry_tasks.rules.schemas import Shape, check_schema

SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["training"],
    "properties": {"training": {"$ref": "#/$defs/training"}},
    "$defs": {
        "training": {
            "properties": {
                "months": {"type": "array", "items": {"pattern": "^[0-9]{4}-[0-9]{2}$"}},
                "rows": {"type": "integer", "minimum": 1},
            }
        }
    },
}


def test_a_document_of_the_shape_passes() -> None:
    check_schema("mower", SCHEMA)
    shape = Shape("mower", SCHEMA)
    shape.check("document", {"training": {"rows": 3, "months": ["2013-01"]}})
    shape.check("document", {})  # none at all


@pytest.mark.parametrize(
    ("found", "path", "reason"),
    [
        ({"training": {"rows": "many"}}, "$.training.rows", "'many' is not of type 'integer'"),
        ({"training": {"rows": 0}}, "$.training.rows", "0 is less than the minimum of 1"),
        ({"training": {"months": ["2013-01", "13"]}}, "$.training.months[1]", "'13' does not"),
        ({"a": 1}, "$", "'training' is a required property"),
    ],
)
def test_a_wrong_shape_is_refused_with_the_path(
    found: dict[str, Any], path: str, reason: str
) -> None:
    with pytest.raises(InvalidDocument, match=reason) as refused:
        Shape("mower", SCHEMA).check("document of mower@1", found)
    assert refused.value.path == path
    assert f"document of mower@1 refused at {path}: " in str(refused.value)


def test_other_mistakes_are_counted_and_long_ones_cut() -> None:
    shape = Shape("mower", {"properties": {name: {"type": "integer"} for name in "abc"}})
    with pytest.raises(InvalidDocument, match=r"and 2 other mistakes") as refused:
        shape.check("document", {"a": "x" * 100_000, "b": "x" * 100_000, "c": "x" * 100_000})
    assert len(str(refused.value)) < 500


@pytest.mark.parametrize(
    ("schema", "path", "reason"),
    [
        ({"type": "objekt"}, "$.type", "'objekt'"),
        ({"properties": {"a": {"minimum": "1"}}}, "$.properties.a.minimum", "not of type"),
        ({"properties": {"a": {"pattern": "("}}}, "$.properties.a.pattern", "regex"),
        ({"$ref": "https://example.org/x"}, '$["$ref"]', "must hold all that it refers to"),
        ({"$ref": "file:///etc/passwd"}, '$["$ref"]', "must hold all that it refers to"),
        ({"items": {"$ref": "#/$defs/no"}}, '$.items["$ref"]', "must hold all that it refers to"),
        ({"$schema": "http://json-schema.org/draft-07/schema#"}, '$["$schema"]', "2020-12"),
    ],
)
def test_a_schema_that_cannot_be_used_is_refused(
    schema: dict[str, Any], path: str, reason: str
) -> None:
    with pytest.raises(InvalidSchema, match=reason) as refused:
        check_schema("mower", schema)
    assert refused.value.path == path


@pytest.mark.parametrize(
    "schema",
    [
        {},
        {"const": {"$ref": "no reference"}},
        {"properties": {"$ref": {"type": "string"}}},
        {"$dynamicRef": "#node", "$dynamicAnchor": "node"},
        {"$id": "https://e.org/a", "$ref": "b", "$defs": {"b": {"$id": "b", "$ref": "#/$defs/c"}
         | {"$defs": {"c": {}}}}},
    ],
)  # fmt: skip
def test_a_schema_that_holds_all_that_it_needs_is_taken(schema: dict[str, Any]) -> None:
    check_schema("mower", schema)


def test_a_schema_without_end_is_named() -> None:
    with pytest.raises(InvalidSchema, match="refers to itself without end"):
        Shape("mower", {"properties": {"a": {"$ref": "#/properties/a"}}}).check("x", {"a": 1})
