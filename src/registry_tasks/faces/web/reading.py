"""What searching pages take: the quick road to the store that the server keeps open."""

from typing import Annotated

from fastapi import Depends, Request

from registry_tasks.registry.catalogue.reading import Reader


def _reader(request: Request) -> Reader:
    found: Reader = request.app.state.callers.reader
    return found


Reading = Annotated[Reader, Depends(_reader)]
"""What an endpoint takes: ``def page(reader: Reading)``."""
