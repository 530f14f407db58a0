"""What pages take: who asks, what, of which registry, and the quick road to its store."""

from typing import Annotated, NamedTuple

from fastapi import Depends, Request

from registry_tasks.faces.http.caller import Caller, Calling, Opened
from registry_tasks.registry.catalogue.reading import Reader
from registry_tasks.registry.registry import Registry


class View(NamedTuple):
    """Whoever looks at a page, and through what."""

    request: Request
    registry: Registry
    reader: Reader
    caller: Caller


def _reader(request: Request) -> Reader:
    found: Reader = request.app.state.callers.reader
    return found


Reading = Annotated[Reader, Depends(_reader)]
"""What an endpoint that searches takes: ``def page(reader: Reading)``."""


def _view(request: Request, registry: Opened, reader: Reading, caller: Calling) -> View:
    return View(request, registry, reader, caller)


Viewing = Annotated[View, Depends(_view)]
"""All of it at once: ``def page(view: Viewing)``."""
