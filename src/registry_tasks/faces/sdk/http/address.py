"""Where a server is: an address that holds no secrets and nothing that a path would be lost in."""

from typing import Final
from urllib.parse import SplitResult, urlsplit

from registry_tasks.entities.errors import InvalidSetting

_FORM: Final = "write http://host:port or https://host, and what stands before /api if it has that"


def read_address(text: str) -> str:
    """Return an address without the slash at its end. Raises InvalidSetting."""
    parts = _split(text)
    host = parts.netloc.rpartition("@")[2]
    shown = f"{parts.scheme}://{host}"
    if "@" in parts.netloc:
        reason = "leave name and password out of it; a token goes into REGISTRY_TOKEN"
        raise InvalidSetting("REGISTRY_STORE", shown, reason)
    if not parts.hostname or parts.query or parts.fragment:
        raise InvalidSetting("REGISTRY_STORE", shown, _FORM)
    return shown + parts.path.rstrip("/")


def _split(text: str) -> SplitResult:
    try:
        parts = urlsplit(text)
        _ = parts.port  # is read when it is asked for
    except ValueError as error:
        raise InvalidSetting("REGISTRY_STORE", "", f"{error}; {_FORM}") from None
    return parts
