"""Documents are held to a JSON Schema, and a schema that cannot be used is refused first."""

from typing import Any

import pytest

from registry_tasks.entities.errors import InvalidDocument, InvalidSchema
from registry_tasks.rules.schemas import DIALECT, Shape, check_schema

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
        ({"pattern": "(?!a)b"}, "$.pattern", "look-around.* is not supported"),
        ({"pattern": r"(a)\1"}, "$.pattern", "backreferences are not supported"),
        ({"pattern": "a{9999999}"}, "$.pattern", "exceeds size limit"),
        ({"patternProperties": {"(": {}}}, "$.patternProperties", "unclosed group"),
        ({"patternProperties": {"^a": {}}, "allOf": [{"unevaluatedProperties": False}]}, "$",
         "cannot be checked together"),
        ({"$ref": "https://example.org/x"}, '$["$ref"]', "must hold all that it refers to"),
        ({"$ref": "file:///etc/passwd"}, '$["$ref"]', "must hold all that it refers to"),
        ({"items": {"$ref": "#/$defs/no"}}, '$.items["$ref"]', "must hold all that it refers to"),
        ({"$schema": "http://json-schema.org/draft-07/schema#"}, '$["$schema"]', "2020-12"),
    ],
)  # fmt: skip
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


EVIL = "^(a+)+$"


@pytest.mark.parametrize(
    ("below", "of_key"),
    [
        ({"pattern": EVIL}, False),
        ({"propertyNames": {"pattern": EVIL}}, True),
        ({"patternProperties": {EVIL: {}}, "additionalProperties": False}, True),
        ({"$schema": DIALECT, "not": {"$schema": DIALECT, "not": {"pattern": EVIL}}}, False),
    ],
)
def test_a_pattern_that_could_be_tried_for_ever_is_matched_at_once(
    below: dict[str, Any], of_key: bool
) -> None:
    schema = {"$schema": DIALECT, "properties": {"a": {"$ref": "#/$defs/b"}}, "$defs": {"b": below}}
    check_schema("mower", schema)
    shape = Shape("mower", schema)
    for text, is_right in (("aaa", True), ("a" * 9_999 + "!", False)):
        found = shape.difference({"a": {text: 1} if of_key else text})
        assert (found is None) is is_right


def test_patterns_choose_properties() -> None:
    shape = Shape(
        "mower",
        {
            "properties": {"name": {"type": "string"}},
            "patternProperties": {"^x_": {"type": "integer"}, "_s$": {"minimum": 3}},
            "additionalProperties": {"type": "boolean"},
        },
    )
    assert shape.difference({"name": "a", "x_a": 1, "y_s": 3, "other": True}) is None
    assert shape.difference({"x_a": "1"}) == ("$.x_a", "'1' is not of type 'integer'")
    assert shape.difference({"x_s": 2}) == ("$.x_s", "2 is less than the minimum of 3")
    assert shape.difference({"other": 1}) == ("$.other", "1 is not of type 'boolean'")
    closed = Shape("mower", {"patternProperties": {"^x_": {}}, "additionalProperties": False})
    assert closed.difference({"x_a": 1}) is None
    assert closed.difference({"b": 1, "a": 1}) == (
        "$",
        "Additional properties are not allowed ('a', 'b': no pattern matches)",
    )


@pytest.mark.parametrize(
    ("schema", "document"),
    [
        ({"properties": {"a": {"pattern": "^a*$"}}}, {"a": "a" * 10_001}),
        ({"patternProperties": {"^a*$": {}}}, {"a" * 10_001: 1}),
        ({"patternProperties": {"^a*$": {}}, "additionalProperties": False}, {"a" * 10_001: 1}),
    ],
)
def test_a_text_too_long_for_patterns_is_refused(
    schema: dict[str, Any], document: dict[str, Any]
) -> None:
    found = Shape("mower", schema).difference(document)
    assert found is not None
    assert "10,001 characters; a pattern reads 10,000" in found[1]


def test_a_pattern_of_an_earlier_release_that_is_none_now_is_named() -> None:
    shape = Shape("mower", {"properties": {"a": {"pattern": "(?=a)"}}})
    with pytest.raises(InvalidSchema, match=r"a pattern in it: look-around"):
        shape.check("document", {"a": "a"})


def test_a_schema_without_end_is_named() -> None:
    with pytest.raises(InvalidSchema, match="refers to itself without end"):
        Shape("mower", {"properties": {"a": {"$ref": "#/properties/a"}}}).check("x", {"a": 1})
