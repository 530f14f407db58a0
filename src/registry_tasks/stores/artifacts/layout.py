"""DVC's layout of objects, which cache and remotes share."""

import re

_MD5 = re.compile(r"([0-9a-f]{2})([0-9a-f]{30}(?:\.dir)?)")


def parts(md5: str) -> tuple[str, str, str, str]:
    """Return the names that lead to an object. Raises ValueError for what is no MD5."""
    found = _MD5.fullmatch(md5)
    if not found:
        raise ValueError(f"{md5!r} is not an MD5 of DVC's")
    return "files", "md5", found[1], found[2]
