"""What pages are made of: a few files of the package, named by content so that they never go stale."""

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

from fastapi import Response

from registry_tasks.faces.http.declared import open_to_all
from registry_tasks.faces.web.routing import page

_TYPES: Final = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}
_FOR_EVER: Final = {"Cache-Control": "public, max-age=31536000, immutable"}


class Asset(NamedTuple):
    """A file as it is served."""

    content: bytes
    media_type: str


@cache
def static_url(name: str) -> str:
    """Return the address of a file, such as ``app.css``."""
    return f"/static/{next(served for served in assets() if _plain(served) == name)}"


@cache
def assets() -> Mapping[str, Asset]:
    """Return all files by the name that they are served under; nothing else can be asked for."""
    found = {}
    for file in files(__package__).joinpath("static").iterdir():
        stem, _, suffix = file.name.rpartition(".")
        if suffix in _TYPES:
            content = file.read_bytes()
            digest = hashlib.sha256(content).hexdigest()[:12]
            found[f"{stem}.{digest}.{suffix}"] = Asset(content, _TYPES[suffix])
    return found


@open_to_all
def static_file(name: str) -> Response:
    """Answer with a file of the package."""
    asset = assets().get(name)
    if asset is None:
        return Response("there is no such file", status_code=404, media_type="text/plain")
    return Response(asset.content, media_type=asset.media_type, headers=_FOR_EVER)


def _plain(served: str) -> str:
    stem, _, rest = served.partition(".")
    return f"{stem}.{rest.partition('.')[2]}"


ROUTES: Final = (page("/static/{name}", static_file),)
