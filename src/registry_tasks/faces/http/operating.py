"""What whoever operates a server asks it: is it alive, can it work, how much does it do?"""

import json
import logging
from datetime import UTC, datetime
from typing import Final

from fastapi import FastAPI, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.routing import Route

from registry_tasks.entities.errors import RegistryError, StoreMissing
from registry_tasks.entities.permission import Permission
from registry_tasks.faces.http import metrics
from registry_tasks.faces.http.declared import needs, open_to_all
from registry_tasks.faces.http.problems import problem
from registry_tasks.stores.metadata.subscriptions import tally

_log: Final = logging.getLogger(__name__)


@open_to_all
async def health(request: Request) -> Response:
    """Say that the process answers."""
    return _said("alive")


@open_to_all
async def ready(request: Request) -> Response:
    """Say whether the store answers; why not is for the log, since anybody may ask."""
    try:
        await run_in_threadpool(_look, request)
    except RegistryError as error:
        _log.warning("not ready: %s", error)
        return problem(request.scope, 503, "the store does not answer", {"Retry-After": "1"})
    return _said("ready")


@needs(Permission.READ)
async def measured(request: Request) -> Response:
    """Give what was counted."""
    counted = await run_in_threadpool(request.app.state.metrics.text)
    counted += await run_in_threadpool(_deliveries, request)
    return Response(counted, media_type=metrics.MEDIA_TYPE)


ROUTES: Final = (("/health", health), ("/ready", ready), ("/metrics", measured))


def add_routes(app: FastAPI) -> None:
    """Add what an operator asks for."""
    app.router.routes.extend(Route(path, endpoint, methods=["GET"]) for path, endpoint in ROUTES)


def _look(request: Request) -> None:
    try:
        with request.app.state.callers.reader.reading() as query:
            query("SELECT 1", ())
    except StoreMissing:  # the first change makes it
        return


def _deliveries(request: Request) -> bytes:
    try:
        with request.app.state.callers.reader.reading() as query:
            return metrics.text_of(tally(query), datetime.now(UTC))
    except StoreMissing:
        return b""


def _said(status: str) -> Response:
    return Response(json.dumps({"status": status}), media_type="application/json")
