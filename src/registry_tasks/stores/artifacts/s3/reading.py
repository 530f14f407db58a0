"""An object's bytes in order, by ranges: a connection that breaks costs one range only."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final, NamedTuple

from registry_tasks.stores.artifacts.s3.answers import TooShort
from registry_tasks.stores.artifacts.s3.connection import Connection, all_of
from registry_tasks.stores.artifacts.s3.deadline import Deadline

RANGE_BYTES: Final = 16 << 20
AT_ONCE: Final = 4
"""So at most 64 MiB of an object are in memory."""


class OtherBytes(Exception):
    """An object is not what it must be; says what it is."""

    def __init__(self, found: str) -> None:
        super().__init__(found)
        self.found = found


class Stored(NamedTuple):
    """What a bucket says of an object without giving its bytes."""

    size_bytes: int
    mark: str
    """Changes whenever the object is written anew."""
    at: datetime
    metadata: dict[str, str]


async def look(connection: Connection, which: dict[str, str], deadline: Deadline) -> Stored:
    """Ask for the head of an object: of its ``Key``, and ``VersionId`` if one is named.

    Raises NoSuchObject, and as ``Connection.request``.
    """
    answer = await connection.call("head_object", deadline, **which)
    mark = f"{answer.get('ETag')} {answer.get('VersionId')} {answer.get('LastModified')}"
    told = answer.get("Metadata", {})
    return Stored(answer["ContentLength"], mark, answer["LastModified"], told)


def content(
    connection: Connection,
    which: dict[str, str],
    size_bytes: int,
    deadline: Deadline,
) -> Iterator[bytes]:
    """Give the bytes of an object of this size: of its ``Key``, and ``VersionId`` if one is named.

    Raises: NoSuchObject, OtherBytes if it has another size, and as ``Connection.request``.
    """
    if size_bytes <= RANGE_BYTES:
        piece, _ = connection.run(_get(connection, which, size_bytes, deadline), deadline)
        yield piece
        return
    first, tag = connection.run(_range(connection, which, size_bytes, 0, deadline), deadline)
    yield first
    which = {**which, "IfMatch": tag}  # else ranges of two objects could be mixed
    starts = range(RANGE_BYTES, size_bytes, RANGE_BYTES)
    for begin in range(0, len(starts), AT_ONCE):
        some = starts[begin : begin + AT_ONCE]
        works = [_range(connection, which, size_bytes, start, deadline) for start in some]
        for piece, _ in connection.run(all_of(works), deadline):
            yield piece


async def _range(
    connection: Connection,
    which: dict[str, Any],
    size_bytes: int,
    start: int,
    deadline: Deadline,
) -> tuple[bytes, str]:
    end = min(start + RANGE_BYTES, size_bytes)
    asked = {**which, "Range": f"bytes={start}-{end - 1}"}
    return await _get(connection, asked, size_bytes, deadline)


async def _get(
    connection: Connection, asked: dict[str, Any], size_bytes: int, deadline: Deadline
) -> tuple[bytes, str]:
    async def act(client: Any) -> tuple[bytes, str]:
        answer = await client.get_object(Bucket=connection.bucket.name, **asked)
        length: int = answer["ContentLength"]
        whole = int(answer.get("ContentRange", f"/{length}").rpartition("/")[2])
        async with answer["Body"] as body:
            if whole != size_bytes:
                raise OtherBytes(f"{whole} bytes")
            piece = await body.read()
        if len(piece) != length:
            raise ConnectionError(f"the answer broke off after {len(piece)} of {length} bytes")
        return piece, answer["ETag"]

    try:
        return await connection.request("get_object", act, deadline, min(size_bytes, RANGE_BYTES))
    except TooShort:
        raise OtherBytes(f"less than {size_bytes} bytes") from None
