"""The description of the API in OpenAPI 3.1: made from the verbs, so that it cannot go astray."""

import inspect
import json
from collections.abc import Iterable, Iterator
from functools import cache
from types import NoneType
from typing import Any, Final

from fastapi import Request
from pydantic import TypeAdapter
from starlette.responses import Response

from registry_tasks.entities.permission import Permission
from registry_tasks.entities.request import Asked
from registry_tasks.faces.http.declared import needs
from registry_tasks.faces.http.media import BYTES, JSON
from registry_tasks.faces.rest.downloads import FileQuestion
from registry_tasks.faces.rest.examples import EXAMPLES
from registry_tasks.faces.rest.operations import Operation, operations
from registry_tasks.faces.rest.parameters import MEANINGS
from registry_tasks.faces.rest.problem import HEADERS, PROBLEM, RESPONSES, SHARED
from registry_tasks.faces.rest.uploads import is_json
from registry_tasks.faces.routes import BASE, FILE, TOLD_BYTES

PATH: Final = f"{BASE}/openapi.json"
_REF: Final = "#/components/schemas/{model}"
_ABOUT: Final = (
    "Every verb of the registry. GET asks, its arguments are the query; POST changes something, its "
    "body is the request. An error is a problem document; `error` and `args` name it for programs."
)


@needs(Permission.READ)
async def describe(request: Request) -> Response:
    """Give the description."""
    return Response(_document(), media_type=JSON)


@cache
def _document() -> bytes:
    return json.dumps(document()).encode()


def document() -> dict[str, Any]:
    """Make the description."""
    known = operations()
    schemas, definitions = _schemas(known)
    paths = {o.route.path: {o.route.method.lower(): _operation(o, schemas)} for o in known}
    paths[FILE] = {"get": _file()}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Model registry", "version": "1", "description": _ABOUT},
        "paths": paths,
        "components": {
            "schemas": {**definitions, "Problem": PROBLEM},
            "responses": RESPONSES,
            "headers": HEADERS,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"token": []}, {}],
    }


def _schemas(known: Iterable[Operation]) -> tuple[dict[Any, Any], dict[str, Any]]:
    inputs: list[Any] = [(o.name, "serialization", o.answer) for o in known]
    inputs += [
        (o.name, "validation", TypeAdapter(o.asked)) for o in known if o.route.method == "POST"
    ]
    schemas, definitions = TypeAdapter.json_schemas(inputs, ref_template=_REF)
    return schemas, definitions.get("$defs", {})


def _operation(operation: Operation, schemas: dict[Any, Any]) -> dict[str, Any]:
    summary, description = _said(operation.verb)
    told: dict[str, Any] = {
        "operationId": operation.name,
        "summary": summary,
        "description": f"{description}\n\nNeeds the permission to {operation.needs}.".strip(),
        "tags": [operation.route.path.removeprefix(f"{BASE}/").partition("/")[0]],
        "responses": _responses(operation, schemas),
    }
    if operation.route.method == "GET":
        told["parameters"] = [*_query(operation.asked), _header("If-None-Match", "a tag one has")]
        return told
    key = _TOLD_ONCE if operation.tells_secret else _KEY
    told["parameters"] = [_header("If-Match", "a tag that must be so still"), key]
    if operation.route.stores:
        shown = [name for name in operation.asked.model_fields if name not in _hidden(operation)]
        told["parameters"] += _query(operation.asked, shown, EXAMPLES[operation.name])
        told["parameters"].append(_header("Repr-Digest", "`sha-256=:<base64>:` of the body"))
        content: dict[str, Any] = {kind: {"schema": schema} for kind, schema in _FILES.items()}
    else:
        schema = schemas[operation.name, "validation"]
        content = {JSON: {"schema": schema, "example": EXAMPLES[operation.name]}}
    told["requestBody"] = {"required": True, "content": content}
    return told


def _hidden(operation: Operation) -> tuple[str, ...]:
    """What the server says itself: a file that has a name needs no path beside it."""
    return ("path",) if "name" in operation.asked.model_fields else ()


def _responses(operation: Operation, schemas: dict[Any, Any]) -> dict[str, Any]:
    is_bytes = operation.answer_type is bytes
    schema = schemas[operation.name, "serialization"]
    content = {BYTES: {}} if is_bytes else {JSON: {"schema": schema}}
    done: dict[str, Any] = {"description": _answer(operation), "content": content}
    if operation.route.method == "GET":
        done["headers"] = {name: {"$ref": f"#/components/headers/{name}"} for name in HEADERS}
        return {"200": done, "304": {"description": "as in `If-None-Match`"}, **SHARED["GET"]}
    if operation.route.starts:
        done["headers"] = {
            "Location": {"description": "how it stands", "schema": {"type": "string"}}
        }
        return {"202": done, **SHARED["POST"]}
    return {"200": done, **SHARED["POST"]}


def _answer(operation: Operation) -> str:
    kind = operation.answer_type
    name = getattr(kind, "__name__", str(kind)) if not getattr(kind, "__args__", ()) else str(kind)
    return name.replace("registry_tasks.entities.", "")


def _query(
    asked: type[Asked], names: Iterable[str] = (), examples: dict[str, Any] | None = None
) -> Iterator[dict[str, Any]]:
    schema = asked.model_json_schema(ref_template=_REF)
    for name in names or schema["properties"]:
        of = _inlined(schema["properties"][name], schema.get("$defs", {}))
        told = {
            "name": name,
            "in": "query",
            "required": name in schema.get("required", ()),
            "description": of.pop("description", None) or MEANINGS[name],
        }
        if examples and name in examples:
            told["example"] = examples[name]
        if names and is_json(asked, name):
            yield told | {"content": {JSON: {"schema": of}}}
        else:
            yield told | {"schema": of}


def _inlined(schema: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """Return a field's schema without references and without null: it is left out instead."""
    told = dict(schema)
    if "anyOf" in told:
        (told_one, *others) = [one for one in told.pop("anyOf") if one.get("type") != "null"]
        told = {**told_one, **told} if not others else {**told, "anyOf": [told_one, *others]}
    if "$ref" in told:
        told = {**definitions[told.pop("$ref").rpartition("/")[2]], **told}
    if told.get("default", NoneType) is None:
        del told["default"]
    return told


_FILES: Final = {
    kind: {"type": "string", "format": "binary", "description": meaning}
    for kind, meaning in (
        (BYTES, "the file"),
        (
            TOLD_BYTES,
            "a line with a JSON object, of fields that the query does not have, then the file",
        ),
    )
}


def _header(name: str, meaning: str) -> dict[str, Any]:
    return {
        "name": name,
        "in": "header",
        "required": False,
        "description": meaning,
        "schema": {"type": "string"},
    }


_KEY: Final = _header("Idempotency-Key", "however often it is asked with one key, it is done once")
_TOLD_ONCE: Final = _header(
    "Idempotency-Key", "it is done once with one key; its secret is told once: 409 from then on"
)


def _file() -> dict[str, Any]:
    whole = {"description": "the file", "content": {BYTES: {}}}
    part = {"description": "the bytes asked for", "content": {BYTES: {}}}
    return {
        "operationId": "file",
        "summary": "Give a file of a version or a run, every byte verified before it goes.",
        "description": "The model file, or what `name` is in the manifest.",
        "tags": ["file"],
        "parameters": [
            *_query(FileQuestion),
            _header("Range", "one range of bytes"),
            _header("If-Range", "the tag of the file one has the beginning of"),
            _header("If-None-Match", "a tag one has"),
        ],
        "responses": {
            "200": whole,
            "206": part,
            "304": {"description": "as in `If-None-Match`"},
            "307": {"description": "where the file can be read for a while"},
            "416": {"description": "the file has no such bytes"},
            **SHARED["GET"],
        },
    }


def _said(verb: Any) -> tuple[str, str]:
    """Return the first paragraph of what a verb says of itself, and the rest."""
    said = inspect.cleandoc(verb.__doc__ or "")
    summary, _, rest = said.partition("\n\n")
    return " ".join(summary.split()), " ".join(rest.split())
