"""``registry deploy``: tell a Prefect server what deployments/ says."""

import os
from pathlib import Path
from typing import Annotated, Final

import typer

from registry_tasks.entities.errors import ExtraMissing, NotAProject, PrefectFailed
from registry_tasks.faces.cli.options import Json
from registry_tasks.faces.cli.output import print_json, print_text
from registry_tasks.faces.cli.session import settings_of
from registry_tasks.settings import PREFECT_API as API

_MARKS: Final = {"made": "+", "changed": "~", "unchanged": "=", "left": "?"}

Url = Annotated[
    str | None, typer.Option("--prefect-url", metavar="URL", envvar=API, help="The server's API.")
]
WorkPool = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Another one than deployments/work-pool.yaml."),
]


def deploy(
    context: typer.Context,
    prefect_url: Url = None,
    work_pool: WorkPool = None,
    json: Json = False,
) -> None:
    """Tell Prefect which flows run where and when."""
    from importlib.util import find_spec

    settings = settings_of(context)
    if settings.project is None:
        raise NotAProject(str(Path.cwd()), "Git")
    if not prefect_url:
        raise PrefectFailed("", "no server is named; set PREFECT_API_URL")
    if not all(find_spec(package) for package in ("prefect", "dvc")):
        raise ExtraMissing("`registry deploy`", "flows")
    from registry_tasks.faces.deploying.door import deploy_checkout

    os.environ[API] = prefect_url
    changes = []
    for change in deploy_checkout(settings, work_pool):
        changes.append(change)
        if not json:
            told = f": {', '.join(change.fields)}" if change.fields else ""
            print_text(f"{_MARKS[change.outcome]} {change.what} {change.outcome}{told}")
    if json:
        print_json({"server": prefect_url, "changes": [change._asdict() for change in changes]})
