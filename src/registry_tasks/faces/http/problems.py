"""What an error is answered with: a problem document as RFC 9457 has it."""

import json
from http import HTTPStatus
from typing import Any, Final

from fastapi import Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from registry_tasks.entities.errors import RegistryError, Unavailable
from registry_tasks.entities.secrets import hide_secrets
from registry_tasks.faces.statuses import status_of

MEDIA_TYPE: Final = "application/problem+json"
_RETRY_S: Final = 1


def of_error(request: Request, error: RegistryError) -> Response:
    """Answer with what a verb raised; ``error`` and ``args`` let a client raise the same."""
    facts = {"error": type(error).__name__, "args": json.loads(json.dumps(error.args, default=str))}
    headers = {}
    status = status_of(error)
    if status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = 'Bearer realm="registry"'
    if isinstance(error, Unavailable):
        headers["Retry-After"] = str(_RETRY_S)
    return problem(request.scope, status, str(error), headers, facts)


def of_http(request: Request, error: HTTPException) -> Response:
    """Answer with what has no verb: no such address, no such method."""
    return problem(request.scope, error.status_code, error.detail, dict(error.headers or {}))


def problem(
    scope: Any,
    status: int,
    detail: str,
    headers: dict[str, str] | None = None,
    facts: dict[str, Any] | None = None,
) -> Response:
    """Make a problem document; ``facts`` stand beside its usual members."""
    told = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "instance": f"urn:uuid:{scope.get('state', {}).get('request_id', '')}",
    }
    text = hide_secrets(json.dumps(told | (facts or {}), ensure_ascii=False))
    return Response(text.encode(errors="replace"), status, headers, MEDIA_TYPE)
