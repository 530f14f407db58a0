"""Is what a request asks for written sanely? Decided once, on the bytes as they came."""

import re
from typing import Final
from urllib.parse import unquote_to_bytes

from starlette.exceptions import HTTPException

_MAX_BYTES: Final = 48 * 1024
_PRINTABLE: Final = re.compile(rb"[!-~]*")
_ESCAPES: Final = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_CONTROLS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_QUERY_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def check_target(path: bytes, query: bytes) -> None:
    """Raise 400 for a path or a query that two readers could read in two ways, 414 for a long one."""
    if len(path) + len(query) > _MAX_BYTES:
        raise HTTPException(414, f"an address may have {_MAX_BYTES:,} bytes")
    decoded = _decode(path)
    if _CONTROLS.search(decoded) or "%" in decoded or "\\" in decoded or "//" in decoded:
        raise _insane()
    if not decoded.startswith("/") or {".", ".."} & set(decoded.split("/")):
        raise _insane()
    if _QUERY_CONTROLS.search(_decode(query)):
        raise _insane()


def _decode(raw: bytes) -> str:
    if not _PRINTABLE.fullmatch(raw) or _ESCAPES.search(raw):
        raise _insane()
    try:
        return unquote_to_bytes(raw).decode()
    except UnicodeDecodeError:
        raise _insane() from None


def _insane() -> HTTPException:
    return HTTPException(400, "the address is not written as addresses are")
