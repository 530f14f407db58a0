"""Deploy from a checkout to the server that PREFECT_API_URL names; loads Prefect when it is used."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from registry_tasks.entities.errors import NotAProject, PrefectFailed
from registry_tasks.faces.deploying.definitions import read_definitions
from registry_tasks.settings import PREFECT_API as API, Settings, prefect_environment

if TYPE_CHECKING:
    from registry_tasks.faces.deploying.apply import Change


def deploy_checkout(settings: Settings, work_pool: Path | None = None) -> "Iterator[Change]":
    """Apply what deployments/ of the checkout says, and tell what was changed.

    ``work_pool`` is another file than work-pool.yaml, by its path in the checkout.

    Raises: NotAProject, InvalidProject before anything is changed for a file with a mistake,
    PrefectFailed.
    """
    if settings.project is None:
        raise NotAProject(str(settings.state.parent), "Git")
    definitions = read_definitions(settings.project, work_pool)
    os.environ.update(prefect_environment(settings))
    os.chdir(settings.project)
    sys.dont_write_bytecode = True  # the checkout is the user's
    sys.path.insert(0, str(settings.project / "flows"))  # flows import each other as scripts do
    from registry_tasks.faces.deploying.apply import deploy

    try:
        yield from deploy(settings.project, definitions)
    except (httpx.HTTPError, RuntimeError) as error:
        raise PrefectFailed(os.environ.get(API, ""), str(error) or type(error).__name__) from error
