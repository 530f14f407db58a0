"""Downloads: a file by its name in a manifest, whole or in part, every byte verified before it goes."""

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Final
from urllib.parse import quote

from fastapi import Request
from pydantic import Field
from starlette.responses import Response, StreamingResponse

from registry_tasks.entities.manifest import Artifact
from registry_tasks.entities.permission import Permission
from registry_tasks.faces.http import media
from registry_tasks.faces.http.declared import needs
from registry_tasks.faces.http.turns import in_turn
from registry_tasks.faces.rest.answering import is_known
from registry_tasks.faces.rest.asking import read_query
from registry_tasks.faces.rest.operations import Question
from registry_tasks.faces.rest.parameters import MEANINGS
from registry_tasks.faces.rest.ranges import Span, Unsatisfiable, read_range
from registry_tasks.registry.catalogue.artifact import artifact_url, fetch_artifact, find_artifact
from registry_tasks.settings import EXPIRES_S, MAX_EXPIRES_S
from registry_tasks.stores.artifacts.digests import open_regular

_PIECE_BYTES: Final = 128 * 1024
"""What a client that does not read keeps in memory."""
_POLICY: Final = "sandbox; default-src 'none'; frame-ancestors 'none'"
"""A file is nobody's page, whatever is in it."""


class FileQuestion(Question):
    """Which file, and whether a link to it will do."""

    ref: Annotated[str, Field(max_length=10_000, description=f"{MEANINGS['ref']}, or `run:<uuid>`")]
    name: Annotated[
        str | None,
        Field(max_length=1000, description="its name in the manifest; the model if left out"),
    ] = None
    link: Annotated[
        bool, Field(description="whether to be sent to a presigned link, if the objects have any")
    ] = False
    expires_s: Annotated[
        int, Field(ge=1, le=MAX_EXPIRES_S, description="how long the link holds")
    ] = EXPIRES_S


@needs(Permission.READ)
async def download(request: Request) -> Response:
    """Give a file, or with ``link`` the way to it."""
    return await in_turn(request, _download, request)


def _download(request: Request) -> Response:
    asked: Any = read_query(request, FileQuestion)
    registry = request.app.state.callers.registry.acting_as(request.state.caller.identity)
    found = find_artifact(registry, asked.ref, asked.name)
    if asked.link:
        address = artifact_url(registry, found, asked.expires_s)
        return Response(None, 307, {"Location": address})
    headers = _headers(found.artifact)
    if is_known(request, headers["ETag"]):
        return Response(None, 304, {"ETag": headers["ETag"]})
    proven = request.app.state.proven if "range" in request.headers else None
    return _send(request, fetch_artifact(registry, found, proven), found.artifact, headers)


def _headers(artifact: Artifact) -> dict[str, str]:
    digest = base64.b64encode(bytes.fromhex(artifact.sha256)).decode()
    name = quote(artifact.path.rpartition("/")[2], safe="")
    return {
        "ETag": f'"{artifact.sha256}"',
        "Repr-Digest": f"sha-256=:{digest}:",
        "Accept-Ranges": "bytes",
        "Content-Disposition": f"attachment; filename*=UTF-8''{name}",
        "Content-Security-Policy": _POLICY,
    }


def _send(request: Request, path: Path, artifact: Artifact, headers: dict[str, str]) -> Response:
    size = artifact.size_bytes
    asked = request.headers.get("range")
    if request.headers.get("if-range", headers["ETag"]) != headers["ETag"]:
        asked = None  # they have the beginning of another file
    try:
        span = read_range(asked, size)
    except Unsatisfiable:
        return Response(None, 416, {"Content-Range": f"bytes */{size}", "Accept-Ranges": "bytes"})
    status, part = 200, Span(0, size)
    if span is not None:
        status, part = 206, span
        headers["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
    headers["Content-Length"] = str(part.stop - part.start)
    if request.method == "HEAD":
        return Response(None, status, headers, media.BYTES)
    return StreamingResponse(_pieces(path, part), status, headers, media.BYTES)


def _pieces(path: Path, part: Span) -> Iterator[bytes]:
    with open_regular(path) as file:
        file.seek(part.start)
        left = part.stop - part.start
        while left and (piece := file.read(min(_PIECE_BYTES, left))):
            left -= len(piece)
            yield piece
