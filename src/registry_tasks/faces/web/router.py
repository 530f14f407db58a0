"""All pages: each module of pages lists its own in ``ROUTES``."""

from typing import Final

from fastapi import FastAPI

from registry_tasks.faces.web import (
    access,
    approvals,
    compare,
    datasets,
    history,
    lineage,
    login,
    model,
    model_forms,
    models,
    overview,
    policy,
    rebuilding,
    runs,
    static_files,
    subscriptions,
    sweeps,
    version,
    version_forms,
)
from registry_tasks.faces.web.routing import Page, know_numbers

ROUTES: Final[tuple[Page, ...]] = (
    *static_files.ROUTES,
    *overview.ROUTES,
    *models.ROUTES,
    *version_forms.ROUTES,
    *rebuilding.ROUTES,
    *version.ROUTES,
    *model_forms.ROUTES,
    *model.ROUTES,
    *policy.ROUTES,
    *runs.ROUTES,
    *sweeps.ROUTES,
    *datasets.ROUTES,
    *lineage.ROUTES,
    *history.ROUTES,
    *compare.ROUTES,
    *approvals.ROUTES,
    *access.ROUTES,
    *subscriptions.ROUTES,
    *login.ROUTES,
)


def add_routes(app: FastAPI) -> None:
    """Add every page and every form."""
    know_numbers()
    for page in ROUTES:
        app.add_api_route(
            page.path,
            page.endpoint,
            methods=[page.method],
            include_in_schema=False,
            response_model=None,
        )
