"""All addresses below /api/v1."""

from fastapi import FastAPI
from starlette.routing import Route

from registry_tasks.faces.rest import openapi
from registry_tasks.faces.rest.downloads import download
from registry_tasks.faces.rest.endpoints import endpoint_of
from registry_tasks.faces.rest.operations import operations
from registry_tasks.faces.routes import FILE


def add_routes(app: FastAPI) -> None:
    """Add a route for every verb that has an address, for files, and for the description of all."""
    routes = app.router.routes
    for operation in operations():
        path, method = operation.route.path, operation.route.method
        routes.append(Route(path, endpoint_of(operation), methods=[method]))
    routes.append(Route(FILE, download, methods=["GET"]))
    routes.append(Route(openapi.PATH, openapi.describe, methods=["GET"]))
