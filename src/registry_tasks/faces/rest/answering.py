"""What a verb's answer becomes: JSON without loss, a mark to compare by, the way to the next page."""

from hashlib import sha256
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

from fastapi import Request
from starlette.responses import Response

from registry_tasks.entities.request import Asked
from registry_tasks.faces.http.media import BYTES, JSON
from registry_tasks.faces.rest.operations import Operation
from registry_tasks.registry.marks import is_mark

NEXT: Final = MappingProxyType(
    {
        "models": "name",
        "versions": "number",
        "runs": "uuid",
        "experiments": "name",
        "sweeps": "uuid",
        "notes": "id",
        "history": "sequence",
        "tenures": "sequence",
        "datasets": "name",
        "dataset-states": "md5",
        "dataset-users": "run",
        "deployments": "uuid",
        "accounts": "name",
        "tokens": "uuid",
        "approvals": "uuid",
        "deliveries": "id",
        "drills": "id",
        "risks": "id",
        "subscriptions": "name",
    }
)
"""Of a list: what of its last item the next page begins after."""


def answer_question(
    request: Request, operation: Operation, asked: Asked, mark: str, found: Any
) -> Response:
    """Answer a question; 304 where the one who asks has seen this very answer.

    ``mark`` was read before the answer: a tag never says that one has seen what one has not.
    """
    is_bytes = isinstance(found, bytes)
    body = found if is_bytes else operation.answer.dump_json(found)
    tag = f'"{mark}.{sha256(body).hexdigest()[:32]}"'
    if is_known(request, tag):
        return Response(None, 304, {"ETag": tag})
    headers = {"ETag": tag}
    if (cursor := _cursor(operation, asked, found)) is not None:
        headers["Link"] = f'<{_address(request, *cursor)}>; rel="next"'
    return Response(body, 200, headers, BYTES if is_bytes else JSON)


def is_known(request: Request, tag: str) -> bool:
    """Whether the one who asks has what a tag stands for."""
    known = request.headers.get("if-none-match")
    return known is not None and (known.strip() == "*" or tag in _tags(known.replace("W/", "")))


def expected_marks(request: Request) -> tuple[str, ...] | None:
    """Return the marks of which ``If-Match`` wants one to hold still, None if it wants nothing."""
    wanted = request.headers.get("if-match")
    if wanted is None or wanted.strip() == "*":
        return None
    marks = (tag.strip('"').partition(".")[0] for tag in _tags(wanted) if tag.startswith('"'))
    return tuple(mark for mark in marks if is_mark(mark))


def _tags(listed: str) -> list[str]:
    return [one.strip() for one in listed.split(",")]


def _cursor(operation: Operation, asked: Asked, found: Any) -> tuple[str, Any] | None:
    if (following := getattr(found, "next", None)) is not None:
        return "cursor", following
    name = NEXT.get(operation.name)
    if name is None or not isinstance(found, tuple) or len(found) < getattr(asked, "limit", 1):
        return None
    goes_on = "after" if "after" in type(asked).model_fields else "before"
    return goes_on, getattr(found[-1], name)


def _address(request: Request, name: str, value: Any) -> str:
    """Return the address of the next page: relative, so that it is right behind any proxy."""
    asked = parse_qsl(request.scope["query_string"].decode("ascii"), keep_blank_values=True)
    kept = [(key, of) for key, of in asked if key != name]
    return f"{request.url.path}?{urlencode([*kept, (name, value)])}"
