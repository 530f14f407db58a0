"""Find and load a flow of the project, by the path of its file."""

import os
import sys
from collections.abc import Callable
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any, Final

from registry_tasks.entities.errors import ExtraMissing, InvalidProject, NotAProject
from registry_tasks.settings import Settings, prefect_environment

FOLDER: Final = "flows"
_EXTRA: Final = ("prefect", "dvc", "numpy")
Flow = Callable[..., Any]


def enter_project(settings: Settings) -> Path:
    """Work in the project's root, and let the flow's tasks find the same stores.

    Raises: NotAProject without a checkout.
    """
    if settings.project is None:
        raise NotAProject(str(Path.cwd()), "Git")
    os.environ["REGISTRY_PROJECT"] = str(settings.project)
    os.environ["REGISTRY_STATE"] = str(settings.state)
    os.environ["REGISTRY_STORE"] = settings.store_url
    os.environ.update(prefect_environment(settings))
    os.chdir(settings.project)
    return settings.project


def load_flow(project: Path, name: str) -> Flow:
    """Return the function ``name`` of ``<project>/flows/<name>.py``.

    Flows import each other as scripts in one folder do. Raises: InvalidProject, ExtraMissing.
    """
    file = f"{FOLDER}/{name}.py"
    path = project / file
    spec = spec_from_file_location(name, path)
    if not path.is_file() or spec is None or spec.loader is None:
        reason = f"{project} has no such flow; run this in a checkout of a project with {FOLDER}/"
        raise InvalidProject(file, f"{reason}, or set REGISTRY_PROJECT to one")
    sys.path.insert(0, str(path.parent))
    module = module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] in _EXTRA:
            raise ExtraMissing("running flows", "flows") from None
        raise
    flow: Flow | None = getattr(module, name, None)
    if flow is None:
        raise InvalidProject(file, f"it has no flow called {name}; define one")
    return flow
