"""Uploads: a file comes as the body of a request, is hashed on its way, and becomes what it is to be."""

import base64
import binascii
import os
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from enum import Enum
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from registry_tasks.entities.errors import InvalidSetting
from registry_tasks.entities.logged_run import check_artifact_name
from registry_tasks.entities.request import Asked
from registry_tasks.faces.http.config import ServerConfig
from registry_tasks.faces.rest.asking import make, parse, read_object, read_pairs
from registry_tasks.stores.artifacts.writing import dead_temporaries, temporary
from registry_tasks.stores.failures import writing
from registry_tasks.stores.folders import make_folder

_DIGEST: Final = re.compile(r"sha-256=:([A-Za-z0-9+/]{43}=):")


def read_upload(request: Request, kind: type[Asked], line: bytes | None) -> Asked:
    """Read what a file is to become: from the query, where fields that are no text are JSON.

    And from the line before the file if there is one, which has room for all that is long.
    """
    told: dict[str, Any] = {} if line is None else read_object(line)
    for name, text in read_pairs(request):
        if name in told:
            raise InvalidSetting(name[:120], text[:120], "it is given twice")
        told[name] = parse(text.encode()) if is_json(kind, name) else text
    if "path" not in kind.model_fields or "name" in kind.model_fields:
        told["path"] = told.get("name", "")
    elif "/" in check_artifact_name(str(told.get("path", ""))):
        raise InvalidSetting("path", str(told["path"])[:120], "write the file's name alone")
    return make(kind, told)


def is_json(kind: type[Asked], name: str) -> bool:
    """Whether a field is written as JSON, being no text."""
    field = kind.model_fields.get(name)
    if field is None or field.annotation in (str, str | None):
        return False
    return not (isinstance(field.annotation, type) and issubclass(field.annotation, Enum))


@asynccontextmanager
async def staged(
    request: Request, config: ServerConfig, pieces: AsyncIterator[bytes]
) -> AsyncIterator[Path]:
    """Keep what comes of the body in a file that only the server can read and that is gone afterwards.

    Raises InvalidSetting if it is not what ``Repr-Digest`` says, and as ``stream_body``.
    """
    expected = _expected(request)
    folder = config.settings.state / "uploads"
    with writing(folder):
        await run_in_threadpool(_prepare, folder)
        with temporary(folder) as (path, writer):
            os.fchmod(writer.fileno(), 0o600)
            hasher = sha256()

            def keep(piece: bytes) -> None:
                hasher.update(piece)
                writer.write(piece)

            async for piece in pieces:
                await run_in_threadpool(keep, piece)
            writer.flush()
            if expected not in (None, hasher.digest()):
                raise InvalidSetting("Repr-Digest", hasher.hexdigest(), "other bytes came")
            yield path


def _prepare(folder: Path) -> None:
    make_folder(folder)
    folder.chmod(0o700)
    for left in dead_temporaries(folder):
        left.unlink(missing_ok=True)


def _expected(request: Request) -> bytes | None:
    said = request.headers.get("repr-digest")
    if said is None:
        return None
    found = _DIGEST.search(said)
    if found is None:
        raise InvalidSetting("Repr-Digest", said[:120], "write sha-256=:<base64>:")
    try:
        return base64.b64decode(found[1], validate=True)
    except binascii.Error:
        raise InvalidSetting("Repr-Digest", said[:120], "it is no base64") from None
