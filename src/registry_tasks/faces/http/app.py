"""The app: REST and the dashboard over one registry."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from registry_tasks.entities.errors import InvalidSetting, RegistryError
from registry_tasks.faces.http import operating, problems
from registry_tasks.faces.http.caller import Callers
from registry_tasks.faces.http.config import ServerConfig
from registry_tasks.faces.http.declared import undeclared
from registry_tasks.faces.http.edge import Edge
from registry_tasks.faces.http.guard import put_guards
from registry_tasks.faces.http.metrics import Metrics
from registry_tasks.faces.http.turns import Turns
from registry_tasks.faces.rest import router as rest
from registry_tasks.faces.web import errors, router as web
from registry_tasks.stores.artifacts.proven import Proven

_log: Final = logging.getLogger(__name__)


def create_app(config: ServerConfig) -> FastAPI:
    """Make the app that a server process runs; opens nothing before the first request."""
    app = FastAPI(
        title="Model registry",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        lifespan=_closing,
        redirect_slashes=False,
    )
    app.state.callers = Callers(config)
    app.state.turns, app.state.long_bodies = Turns(config.turns), Turns(config.long_bodies)
    operating.add_routes(app)
    rest.add_routes(app)
    web.add_routes(app)
    if found := undeclared(app.routes):
        raise RuntimeError(f"routes that do not say what they need: {', '.join(found)}")
    put_guards(app.routes)
    app.add_exception_handler(RegistryError, _refused)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _not_served)
    app.state.metrics, app.state.proven = Metrics(), Proven()
    app.add_middleware(Edge, config=config, metrics=app.state.metrics, broken=_broken)
    return app


@asynccontextmanager
async def _closing(app: FastAPI) -> AsyncIterator[None]:
    yield
    app.state.callers.close()


def _refused(request: Request, error: Any) -> Response:
    if errors.is_for_people(request):
        return errors.error_page(request, error)
    return problems.of_error(request, error)


def _malformed(request: Request, error: Any) -> Response:
    first = error.errors()[0]
    where = str(first["loc"][-1])
    told = InvalidSetting(where, str(first.get("input"))[:120], first["msg"])
    return _refused(request, told)


def _not_served(request: Request, error: Any) -> Response:
    if not errors.is_for_people(request):
        return problems.of_http(request, error)
    answer = errors.status_page(request, error.status_code, error.detail)
    answer.headers.update(error.headers or {})
    return answer


def _broken(request: Request, status: int) -> Response:
    """Answer what nobody foresaw; pages may be what is broken, so none is tried twice."""
    if errors.is_for_people(request):
        try:
            return errors.status_page(request, status)
        except Exception:  # noqa: BLE001 - told, and answered below
            _log.exception("and no page could be made of it")
    return problems.problem(request.scope, status, "the log tells more, by the id given here")
