"""Every place of a server where a stranger's text can get in: made from its routes and their types."""

import inspect
import json
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from functools import partial
from typing import Any, Final, NamedTuple, get_args, get_origin
from urllib.parse import quote

from registry_tasks.entities.request import Asked
from registry_tasks.faces.rest.downloads import FileQuestion
from registry_tasks.faces.rest.examples import EXAMPLES
from registry_tasks.faces.rest.openapi import PATH as DESCRIPTION
from registry_tasks.faces.rest.operations import Operation, operations
from registry_tasks.faces.rest.uploads import is_json
from registry_tasks.faces.routes import BASE, FILE
from registry_tasks.faces.web.router import ROUTES as PAGES
from support.plain_http import Shot

JSON: Final = {"Content-Type": "application/json"}
BYTES: Final = {"Content-Type": "application/octet-stream"}
_HIDDEN: Final = {"path"}  # of an upload whose file has a name: the server says it
_HEADERS: Final = (
    *("If-Match", "If-None-Match", "Range", "If-Range", "Idempotency-Key", "Repr-Digest"),
    *("Accept", "Accept-Language", "Accept-Encoding", "User-Agent", "Referer", "Cookie", "Host"),
    *("Origin", "Sec-Fetch-Site", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto"),
    *("Forwarded", "X-Original-URL", "X-Rewrite-URL", "X-HTTP-Method-Override", "X-Request-Id"),
    *("X-Remote-User", "X-Form-Token", "Content-Type", "Content-Encoding", "Expect", "Upgrade"),
)
_PLAIN: Final[dict[str, Any]] = {"repository": "", "base_commit": None, "points": [[1, 0.4]]}
"""What is no text of its own choice."""
_ALONE: Final = {"right"}  # of which one field says what another one must not say as well
_DOWN: Final = "/"  # in the name of an opening: from a field to what is in it
_WORDS_OF_SCHEMAS: Final = ("$ref", "$dynamicRef", "$schema", "$id", "pattern")
_KEY: Final = object()  # the text becomes a field's name
Steps = tuple[Any, ...]


class Opening(NamedTuple):
    """A place for a text, and how a request is made that has it there."""

    name: str
    shoot: Callable[[str], Shot]

    @property
    def changes(self) -> bool:
        """Whether what is let in is written."""
        return self.name.startswith("POST")


def all_openings(names: Mapping[str, Any]) -> tuple[Opening, ...]:
    """Find them; ``names`` are arguments by which something is found, so that texts get far."""
    found: list[Opening] = []
    for operation in operations():
        if operation.route.stores:
            found += _of_upload(operation, names)
        elif operation.route.method == "POST":
            found += _of_body(operation, names)
        else:
            found += _of_query(operation.route.path, operation.asked, names)
    found += _of_query(FILE, FileQuestion, names)
    return (*found, *_of_pages(names), *_of_headers(names), *_raw())


def bodies(names: Mapping[str, Any]) -> Iterator[tuple[Operation, dict[str, Any]]]:
    """Give every operation that takes JSON, and a body that it can take."""
    for operation in operations():
        if operation.route.method == "POST" and not operation.route.stores:
            yield operation, _example(operation, names)


def query(path: str, asked: Mapping[str, Any]) -> bytes:
    """Write an address."""
    pairs = ((k, v) for k, of in asked.items() for v in (of if isinstance(of, list) else [of]))
    written = "&".join(f"{k}={_quoted(str(v))}" for k, v in pairs)
    return f"{path}?{written}".encode()


# ---------------------------------------------------------------- addresses


def _of_query(path: str, asked: type[Asked], names: Mapping[str, Any]) -> Iterator[Opening]:
    fields = asked.model_fields
    needed = {n: names[n] for n, of in fields.items() if of.is_required()}
    for name in fields:
        yield Opening(f"GET {path} {name}", _query_with(path, needed, name))


def _query_with(path: str, needed: Mapping[str, Any], name: str) -> Callable[[str], Shot]:
    return lambda text: Shot("GET", query(path, {**_now(needed), name: text}))


def _of_pages(names: Mapping[str, Any]) -> Iterator[Opening]:
    for page in PAGES:
        if page.method != "GET":
            continue
        told = inspect.signature(page.endpoint, eval_str=True).parameters
        taken = [n for n, of in told.items() if _is_taken(of.annotation)]
        parts = [n for n in taken if f"{{{n}" in page.path]
        here = {n: str(names.get(f"page {n}", "1")) for n in parts}
        for name in taken:
            yield Opening(f"GET {page.path} {name}", _page_with(page.path, here, name))


def _page_with(path: str, here: Mapping[str, str], name: str) -> Callable[[str], Shot]:
    def shoot(text: str) -> Shot:
        written = path
        for part, of in {**here, **({name: text} if name in here else {})}.items():
            for form in (f"{{{part}}}", f"{{{part}:path}}", f"{{{part}:int}}"):
                written = written.replace(form, _quoted(of))
        return Shot("GET", written.encode() if name in here else query(written, {name: text}))

    return shoot


def _is_taken(annotation: Any) -> bool:
    """Whether an endpoint takes it from an address, and not from the server."""
    kinds = (*get_args(annotation), annotation)
    return bool({str, int, bool, list} & {get_origin(kind) or kind for kind in kinds})


# ---------------------------------------------------------------- bodies


def _of_body(operation: Operation, names: Mapping[str, Any]) -> Iterator[Opening]:
    path, example = operation.route.path, _example(operation, names)
    for steps in _texts_in(operation.asked):
        yield Opening(f"POST {path} {_told(steps)}", _body_with(path, example, steps))


def _body_with(path: str, example: dict[str, Any], steps: Steps) -> Callable[[str], Shot]:
    def shoot(text: str) -> Shot:
        body = json.dumps(_put(_now(example), steps, text), ensure_ascii=not text.isprintable())
        return Shot("POST", path.encode(), JSON, body.encode(errors="surrogatepass"))

    return shoot


def _of_upload(operation: Operation, names: Mapping[str, Any]) -> Iterator[Opening]:
    path, kind = operation.route.path, operation.asked
    example = _example(operation, names)
    for steps in _texts_in(kind):
        if not ("name" in kind.model_fields and _name(steps[0]) in _HIDDEN):
            yield Opening(f"POST {path} {_told(steps)}", _upload_with(path, kind, example, steps))


def _upload_with(
    path: str, kind: type[Asked], example: dict[str, Any], steps: Steps
) -> Callable[[str], Shot]:
    def shoot(text: str) -> Shot:
        told = _put(_now(example), steps, text)
        pairs = {n: json.dumps(of) if is_json(kind, n) else of for n, of in told.items()}
        return Shot("POST", query(path, pairs), BYTES, b"a model")

    return shoot


def _example(operation: Operation, names: Mapping[str, Any]) -> dict[str, Any]:
    """Return a request as the description shows it, about what is there."""
    told = EXAMPLES[operation.name]
    return {n: names.get(f"{operation.name} {n}", names.get(n, of)) for n, of in told.items()}


def _now(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return arguments as they are this time: some are used up, and so are others each time."""
    return {name: of() if callable(of) else deepcopy(of) for name, of in told.items()}


def _texts_in(kind: type[Asked]) -> Iterator[Steps]:
    schema = kind.model_json_schema()
    for steps in _spots(schema, schema.get("$defs", {}), ()):
        if _name(steps[0]) == "json_schema" and _name(steps[-1]) is _KEY:
            yield from ((*steps[:1], word) for word in _WORDS_OF_SCHEMAS)
        yield steps


def _spots(schema: dict[str, Any], known: dict[str, Any], steps: Steps) -> Iterator[Steps]:
    """Give the way to each place of a value that may be a text."""
    if "$ref" in schema:
        schema = known[schema["$ref"].rpartition("/")[2]]
    kinds = schema.get("anyOf", [schema])
    for one in kinds:
        one = known[one["$ref"].rpartition("/")[2]] if "$ref" in one else one
        if one.get("type") == "string" or not one.keys() & {"type", "anyOf", "properties"}:
            yield steps
        elif one.get("type") == "array":
            items = one.get("items") or one.get("prefixItems", [{}])[0]
            yield from _spots(items, known, (*steps, 0))
        elif one.get("type") == "object" and "properties" in one:
            for name, of in one["properties"].items():
                yield from _spots(of, known, (*steps, (name, _sample(one, known, name))))
        elif one.get("type") == "object":
            of = one.get("additionalProperties", {})
            of = of if isinstance(of, dict) else {}
            plain = _PLAIN.get(str(_name(steps[-1])), _value(of, known)) if steps else None
            yield (*steps, (_KEY, plain))
            yield from _spots(of, known, (*steps, "a"))
    return


def _sample(schema: dict[str, Any], known: dict[str, Any], but: str) -> dict[str, Any]:
    if schema.get("title") == "Right" and but == "model":
        return {"role": "viewer"}
    needed = (n for n in schema.get("required", ()) if n != but)
    of = schema["properties"]
    return {n: _PLAIN[n] if n in _PLAIN else _value(of[n], known) for n in needed}


def _value(schema: dict[str, Any], known: dict[str, Any]) -> Any:
    """Return the plainest thing of a type."""
    if "$ref" in schema:
        schema = known[schema["$ref"].rpartition("/")[2]]
    if "anyOf" in schema:
        return _value(schema["anyOf"][0], known)
    if "enum" in schema:
        return schema["enum"][0]
    if schema.get("type") == "object":
        return _sample(schema, known, "") if "properties" in schema else {}
    plain = {"string": "x", "integer": 1, "number": 1.0, "boolean": False, "array": []}
    return plain.get(schema.get("type", "number"))


def _put(body: Any, steps: Steps, text: str) -> Any:
    """Return ``body`` with a text where the steps lead."""
    if not steps:
        return text
    first, rest = steps[0], steps[1:]
    if first == 0:
        return [_put(None, rest, text)]
    name, beside = first if isinstance(first, tuple) else (first, {})
    told = dict(body) if isinstance(body, dict) else {}
    if name is _KEY:
        return {text: beside}
    told = {**beside, **told}
    told[name] = _put({} if name in _ALONE else told.get(name), rest, text)
    return told


def _told(steps: Steps) -> str:
    return _DOWN.join("(name)" if n is _KEY else str(n) for n in map(_name, steps))


def _name(step: Any) -> Any:
    return step[0] if isinstance(step, tuple) else step


# ---------------------------------------------------------------- headers, and what is no HTTP


def _of_headers(names: Mapping[str, Any]) -> Iterator[Opening]:
    file = Shot("GET", query(FILE, {"ref": names["ref"]}))
    for name in _HEADERS:
        yield Opening(f"header {name} of a file", _header_with(lambda: file, name))
        change = partial(_change, names)
        yield Opening(f"header {name} of a change", _header_with(change, name))


def _change(names: Mapping[str, Any]) -> Shot:
    """Change something of which Git is not told at once."""
    body = json.dumps({"run": names["run"](), "parameters": {"a": 1}}).encode()
    return Shot("POST", f"{BASE}/run/log".encode(), JSON, body)


def _header_with(make: Callable[[], Shot], name: str) -> Callable[[str], Shot]:
    def shoot(text: str) -> Shot:
        made = make()
        return made._replace(headers={**made.headers, name: text})

    return shoot


def _raw() -> Iterator[Opening]:
    """Texts as addresses, or parts of them, as they are."""
    for start in ("", "/", f"{BASE}/", "/static/", "/models/", f"{FILE}?ref=", f"{DESCRIPTION};"):
        yield Opening(f"raw {start}", lambda text, start=start: _raw_shot(start, text))
        if start in ("", f"{DESCRIPTION};"):
            continue
        yield Opening(f"in {start}", lambda text, start=start: Shot("GET", _joined(start, text)))


def _raw_shot(start: str, text: str) -> Shot:
    return Shot("GET", (start + text).encode(errors="surrogatepass"))


def _joined(start: str, text: str) -> bytes:
    return f"/{start.removeprefix('/')}{_quoted(text)}".encode()


def _quoted(text: str) -> str:
    return quote(text, safe="", errors="surrogatepass")
