"""Bytes on their way into a bucket: one request, or parts of which a few travel at once."""

import asyncio
import base64
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from registry_tasks.entities.errors import RemoteCannot, RemoteUnreachable
from registry_tasks.stores.artifacts.digests import open_regular
from registry_tasks.stores.artifacts.s3.answers import NotOnRecord, Occupied
from registry_tasks.stores.artifacts.s3.connection import Connection, all_of
from registry_tasks.stores.artifacts.s3.deadline import Deadline

PART_BYTES: Final = 16 << 20
AT_ONCE: Final = 4
_MOST_PARTS: Final = 10_000  # as S3 allows
IF_ABSENT: Final = {"IfNoneMatch": "*"}
ANYWAY: Final[dict[str, str]] = {}


class Place(NamedTuple):
    """Where bytes go: the key, how they are kept there, and what must hold of the key."""

    key: str
    options: dict[str, Any]
    condition: dict[str, str]


async def upload(connection: Connection, source: Path, place: Place, deadline: Deadline) -> None:
    """Upload a file; whether it arrived is for the reader to prove. Raises as Connection.call.

    Where there is an object already and the place is to be absent, it stays, if the server knows
    conditions; one that says that it knows none is asked without.
    """
    try:
        await _upload(connection, source, place, deadline)
    except Occupied:  # by another writer, or by ourselves and the answer was lost
        return
    except RemoteCannot:
        if place.condition == ANYWAY:
            raise
        await _upload(connection, source, place._replace(condition=ANYWAY), deadline)


async def _upload(connection: Connection, source: Path, place: Place, deadline: Deadline) -> None:
    key, options, condition = place
    if source.stat().st_size <= PART_BYTES:
        sealed = _sealed(await asyncio.to_thread(_read, source, 0, PART_BYTES))
        await connection.call("put_object", deadline, Key=key, **sealed, **options, **condition)
        return
    made = await connection.call("create_multipart_upload", deadline, Key=key, **options)
    which = {"Key": key, "UploadId": made["UploadId"]}
    try:
        parts = await _upload_parts(connection, source, which, deadline)
        await _complete(connection, which | condition, parts, deadline)
    except Exception:
        await _abort(connection, which, deadline)
        raise


async def _upload_parts(
    connection: Connection, source: Path, which: dict[str, str], deadline: Deadline
) -> list[dict[str, Any]]:
    size_bytes = source.stat().st_size
    part_bytes = max(PART_BYTES, -(-size_bytes // _MOST_PARTS))
    slots = asyncio.Semaphore(max(1, AT_ONCE * PART_BYTES // part_bytes))

    async def send(number: int, start: int) -> dict[str, Any]:
        async with slots:
            body = await asyncio.to_thread(_read, source, start, part_bytes)
            answer = await connection.call(
                "upload_part", deadline, PartNumber=number, **which, **_sealed(body)
            )
            return {"PartNumber": number, "ETag": answer["ETag"]}

    starts: Iterator[tuple[int, int]] = enumerate(range(0, size_bytes, part_bytes), start=1)
    return await all_of([send(number, start) for number, start in starts])


async def _complete(
    connection: Connection,
    which: dict[str, str],
    parts: list[dict[str, Any]],
    deadline: Deadline,
) -> None:
    try:
        await connection.call(
            "complete_multipart_upload", deadline, MultipartUpload={"Parts": parts}, **which
        )
    except NotOnRecord:  # done already, the answer was lost: reading it back will tell
        return


async def _abort(connection: Connection, which: dict[str, str], deadline: Deadline) -> None:
    try:
        await connection.call("abort_multipart_upload", deadline, **which)
    except (NotOnRecord, RemoteUnreachable):  # the sweep finds it
        return


def _read(source: Path, start: int, size_bytes: int) -> bytes:
    with open_regular(source) as reader:
        reader.seek(start)
        found = bytearray()
        while len(found) < size_bytes and (piece := reader.read(size_bytes - len(found))):
            found += piece
    return bytes(found)


def _sealed(body: bytes) -> dict[str, Any]:
    """Add the MD5, by which a server refuses what was damaged on the way to it."""
    md5 = hashlib.md5(body, usedforsecurity=False).digest()
    return {"Body": body, "ContentMD5": base64.b64encode(md5).decode()}
