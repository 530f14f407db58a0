"""A cursor: where a page ended, bound to the search it is one of.

It is no secret and no right: whoever makes one up gets no more than another place in their own search.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from datetime import datetime
from hashlib import blake2b
from typing import Any, Final, NamedTuple

from registry_tasks.entities.errors import InvalidCursor
from registry_tasks.rules.search.fields import Kind

_DIGEST: Final = 12
_LONGEST: Final = 200_000
_FOREIGN: Final = "was cut, changed, or belongs to another filter or order"
_TYPES: Final[dict[Kind, tuple[type, ...]]] = {
    Kind.NUMBER: (float,),
    Kind.WHOLE: (int,),
    Kind.SEMANTIC: (int, int, int),
}
_Key = str | int | float | datetime


class Mark(NamedTuple):
    """Where a page ended: the segment of the order, the keys there, and what breaks ties."""

    segment: int
    keys: tuple[_Key, ...]
    tie: int


def seal(search: str, mark: Mark) -> str:
    """Return the cursor for a place in a search, which ``search`` describes."""
    keys = [key.isoformat() if isinstance(key, datetime) else key for key in mark.keys]
    body = json.dumps([mark.segment, mark.tie, *keys], separators=(",", ":")).encode()
    return urlsafe_b64encode(_digest(search, body) + body).decode().rstrip("=")


def unseal(search: str, cursor: str, kind: Kind | None) -> Mark:
    """Return the place; ``kind`` is what the search is ordered by. Raises InvalidCursor."""
    if len(cursor) > _LONGEST or not cursor.isascii():
        raise InvalidCursor(_FOREIGN)
    try:
        sealed = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    except ValueError:
        raise InvalidCursor(_FOREIGN) from None
    digest, body = sealed[:_DIGEST], sealed[_DIGEST:]
    if digest != _digest(search, body) or cursor != urlsafe_b64encode(sealed).decode().rstrip("="):
        raise InvalidCursor(_FOREIGN)
    try:
        segment, tie, *keys = json.loads(body)
        read = tuple(datetime.fromisoformat(k) for k in keys) if kind is Kind.TIME else tuple(keys)
    except (ValueError, TypeError):
        raise InvalidCursor(_FOREIGN) from None
    mark = Mark(segment, read, tie)
    if not _is_whole(mark, kind):
        raise InvalidCursor(_FOREIGN)
    return mark


def _is_whole(mark: Mark, kind: Kind | None) -> bool:
    if not all(type(n) is int and 0 <= n < 2**31 for n in (mark.segment, mark.tie)):
        return False
    if not mark.keys:
        return True
    if kind is Kind.ANY:
        return _are(mark.keys, (str,)) or _are(mark.keys, (float,))
    if kind is Kind.TIME:
        return all(isinstance(key, datetime) and key.tzinfo for key in mark.keys)
    return kind is not None and _are(mark.keys, _TYPES.get(kind, (str,)))


def _are(keys: Sequence[Any], types: tuple[type, ...]) -> bool:
    return tuple(map(type, keys)) == types


def _digest(search: str, body: bytes) -> bytes:
    key = blake2b(search.encode(), digest_size=32).digest()
    return blake2b(body, key=key, digest_size=_DIGEST).digest()
