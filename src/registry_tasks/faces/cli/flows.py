"""Find and load a flow of the project, by the path of its file."""

import logging
import os
import sys
from collections.abc import Callable
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any, Final

from registry_tasks.entities.errors import (
    ExtraMissing,
    InvalidProject,
    NotAProject,
    RegistryError,
)
from registry_tasks.faces.prefect_server import prefect_server
from registry_tasks.settings import Settings

FOLDER: Final = "flows"
_EXTRA: Final = ("prefect", "dvc", "numpy")
Flow = Callable[..., Any]


def run_flow(settings: Settings, name: str, **asked: Any) -> Any:
    """Run a flow of the project in its root, on a Prefect server that is there or made for it.

    Raises: NotAProject without a checkout, InvalidProject, ExtraMissing, what opening the store
    raises before anything is started, and what the flow raises.
    """
    if settings.project is None:
        raise NotAProject(str(Path.cwd()), "Git")
    path = flow_file(settings.project, name)
    os.environ["REGISTRY_PROJECT"] = str(settings.project)
    os.environ["REGISTRY_STATE"] = str(settings.state)
    os.environ["REGISTRY_STORE"] = settings.store_url
    os.chdir(settings.project)
    sys.dont_write_bytecode = True  # the checkout is the user's
    if not all(find_spec(package) for package in _EXTRA):
        raise ExtraMissing("running flows", "flows")
    from registry_tasks.registry.registry import Registry

    with Registry(settings) as registry:
        registry.check()
    with prefect_server(settings):
        flow = load_flow(path)
        _told_once()
        return flow(**asked)


def flow_file(project: Path, name: str) -> Path:
    """Return ``<project>/flows/<name>.py``. Raises InvalidProject if there is none."""
    path = project / FOLDER / f"{name}.py"
    if not path.is_file():
        reason = f"{project} has no such flow; run this in a checkout of a project with {FOLDER}/"
        raise InvalidProject(f"{FOLDER}/{name}.py", f"{reason}, or set REGISTRY_PROJECT to one")
    return path


def load_flow(path: Path) -> Flow:
    """Return the function that has its file's name.

    Flows import each other as scripts in one folder do. Raises: InvalidProject.
    """
    name = path.stem
    spec = spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None  # it ends in .py
    sys.path.insert(0, str(path.parent))
    module = module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    flow: Flow | None = getattr(module, name, None)
    if flow is None:
        raise InvalidProject(f"{FOLDER}/{path.name}", f"it has no flow called {name}; define one")
    return flow


def _told_once() -> None:
    """Leave the tracebacks of our own errors out of Prefect's lines: the command tells them."""

    def without_traceback(record: logging.LogRecord) -> bool:
        if record.exc_info and isinstance(record.exc_info[1], RegistryError):
            record.exc_info = None
        return True

    for name in ("prefect", "prefect.flow_runs", "prefect.task_runs"):
        logger = logging.getLogger(name)
        for handler in logger.handlers:
            handler.addFilter(without_traceback)
