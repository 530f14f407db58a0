"""How errors are described: one shape for all of them, and which statuses an operation may answer."""

from http import HTTPStatus
from types import MappingProxyType
from typing import Any, Final

from registry_tasks.faces.http.problems import MEDIA_TYPE

_TEXT: Final = {"type": "string"}
PROBLEM: Final[dict[str, Any]] = {
    "type": "object",
    "title": "Problem",
    "description": "What went wrong, as RFC 9457 has it.",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        "type": _TEXT,
        "title": _TEXT,
        "status": {"type": "integer"},
        "detail": {**_TEXT, "description": "what happened and what to do"},
        "instance": {**_TEXT, "description": "the request's id, as in the server's log"},
        "error": {**_TEXT, "description": "the name of the registry's error, if it is one"},
        "args": {"type": "array", "description": "its facts, from which it can be made again"},
    },
    "examples": [
        {
            "type": "about:blank",
            "title": "Not Found",
            "status": 404,
            "detail": "no registered model 'flight-delay'; did you mean flight-delays?",
            "instance": "urn:uuid:2b0c1c1e-6c0e-4a4e-9a5c-2f4f0f4f6c11",
            "error": "ModelNotFound",
            "args": ["flight-delay", ["flight-delays"]],
        }
    ],
}
_MEANINGS: Final = MappingProxyType(
    {
        400: "the request is wrong: mend it",
        401: "there is no token, or it does not hold",
        403: "the caller may not, or another site sent it",
        404: "there is no such thing",
        408: "the body came too slowly",
        409: "somebody else was first: look again, then retry",
        412: "it is not as `If-Match` has it",
        413: "the body is too long",
        414: "the address is too long",
        415: "the body is of another type, or compressed",
        421: "the server does not answer to this host name",
        422: "a rule said no: nothing was changed",
        429: "too many tokens that do not hold: `Retry-After` says when to try again",
        431: "the headers are too long",
        500: "what is stored is not what was recorded, or nobody foresaw it",
        503: "something needed is not there now: `Retry-After`",
    }
)
RESPONSES: Final = {
    str(status): {
        "description": f"{HTTPStatus(status).phrase}: {meaning}",
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    for status, meaning in _MEANINGS.items()
}
_OF_BODIES: Final = frozenset({408, 412, 413})
SHARED: Final = MappingProxyType(
    {
        method: {
            str(status): {"$ref": f"#/components/responses/{status}"}
            for status in _MEANINGS
            if method == "POST" or status not in _OF_BODIES
        }
        for method in ("GET", "POST")
    }
)
"""Which statuses an operation may have besides its own."""
HEADERS: Final = {
    "ETag": {"description": "what one has seen, for `If-Match`", "schema": _TEXT},
    "Link": {"description": '`<...>; rel="next"` where a list goes on', "schema": _TEXT},
}
