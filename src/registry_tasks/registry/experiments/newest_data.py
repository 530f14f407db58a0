"""The newest data of a model: what its sources have now, and which parameters choose it."""

import json
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple
from uuid import uuid4

from pydantic import JsonValue, TypeAdapter, ValidationError

from registry_tasks.entities.errors import (
    InvalidDocument,
    InvalidPolicy,
    MalformedText,
    ModelNotFound,
    StoreMissing,
    VersionNotFound,
)
from registry_tasks.entities.manifest import Manifest
from registry_tasks.entities.model_version import ModelVersion
from registry_tasks.entities.news import News
from registry_tasks.entities.parameters import Parameters
from registry_tasks.entities.reference import Reference
from registry_tasks.entities.run import Train
from registry_tasks.registry.experiments.workspaces import hold, scratch, worktree
from registry_tasks.registry.policies import policy_of
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.dvc.cache import shared_cache
from registry_tasks.stores.dvc.command import run_command
from registry_tasks.stores.dvc.newer_imports import fetch_newest, find_newer
from registry_tasks.stores.dvc.project import declared_models, read_declaration
from registry_tasks.stores.dvc.workspace import dvc_environment, point_workspace
from registry_tasks.stores.metadata import runs
from registry_tasks.stores.metadata.lookup import get_version
from registry_tasks.stores.metadata.query import through

_PARAMETERS: Final = TypeAdapter[dict[str, JsonValue]](Parameters)
_FIRST: Final = "no version is registered yet"


class Newest(NamedTuple):
    """The newest version of a model, which tells up to where its data was used."""

    version: ModelVersion
    parameters: dict[str, JsonValue]  # dotted
    manifest: Manifest


def with_newest_data(registry: Registry, request: Train, folder: Path) -> Train:
    """Bring a workspace's imports to what their sources have, and choose the newest window.

    Raises: InvalidPolicy, StageFailed for the window's command, ProgramFailed for DVC.
    """
    fetch_newest(folder, dvc_environment(registry.settings.state))
    chosen = newest_parameters(registry, request.model, folder)
    return request.model_copy(update={"parameters": {**chosen, **request.parameters}})


def declared(registry: Registry) -> tuple[str, ...]:
    """Return the models that the checkout declares. Raises: NotAProject, InvalidProject."""
    return declared_models(registry.repository.root)


def look_for_news(registry: Registry, model: str) -> News:
    """Say what a retraining on the newest data would have that the newest version has not.

    Nothing is trained, fetched or kept. Raises: ModelNotFound for one that the checkout does not
    declare, and what ``with_newest_data`` raises.
    """
    read_declaration(registry.repository.root, model)
    last = newest_version(registry, model)
    with working_copy(registry, registry.repository.head()) as folder:
        chosen = newest_parameters(registry, model, folder)
    if last is None:
        return News(model=model, version=None, what=(_FIRST,), parameters=chosen)
    newer = _newer(registry, last)
    told = (f"{path}: its source has something newer" for path in newer)
    return News(
        model=model,
        version=last.version.ref,
        what=(*_changed(last, chosen), *told),
        parameters=chosen,
        sources=newer,
    )


def newest_parameters(registry: Registry, model: str, folder: Path) -> dict[str, JsonValue]:
    """Let the project's own command choose the window; nothing where policy names none."""
    command = policy_of(registry, model).policy.retraining.window
    if command is None:
        return {}
    last = newest_version(registry, model)
    with scratch(registry) as place:
        trained, chosen = place / "trained.json", place / "next.json"
        trained.write_text(json.dumps({} if last is None else last.parameters))
        for name, path in (("trained", trained), ("next", chosen)):
            command = command.replace(f"{{{name}}}", shlex.quote(str(path)))
        run_command(command, folder, dvc_environment(registry.settings.state), "window")
        return _read(model, chosen)


@contextmanager
def working_copy(registry: Registry, commit: str) -> Iterator[Path]:
    """A worktree to look at and throw away, whose DVC finds the shared cache."""
    with (
        hold(registry, f"look-{uuid4()}") as held,
        worktree(registry, held, commit) as folder,
    ):
        cache = shared_cache(registry.repository.root)
        point_workspace(folder, cache, registry.settings.remote)
        yield folder


def newest_version(registry: Registry, model: str) -> Newest | None:
    """Return the newest version that is there, None before the first."""
    try:
        with registry.metadata.reading() as connection:
            found = get_version(through(connection), Reference.parse(f"{model}@latest")).version
            row = runs.get_row(connection, found.run)
            parameters = runs.read_parameters(connection, row.id)
            manifest = runs.read_manifest(connection, row.id)
    except (ModelNotFound, VersionNotFound, StoreMissing):
        return None
    return Newest(found, parameters, manifest)


def _read(model: str, path: Path) -> dict[str, JsonValue]:
    where = "retraining.window: the command"
    try:
        return _PARAMETERS.validate_json(path.read_bytes())
    except FileNotFoundError:
        raise InvalidPolicy(model, f"{where} did not write {{next}}") from None
    except (ValidationError, InvalidDocument, MalformedText) as error:
        reason = f"{where} must write a JSON object of dotted parameters: {error}"
        raise InvalidPolicy(model, reason[:500]) from None


def _changed(last: Newest, chosen: dict[str, JsonValue]) -> Iterator[str]:
    for key, value in chosen.items():
        if last.parameters.get(key) != value:
            yield f"{key}: {json.dumps(last.parameters.get(key))} -> {json.dumps(value)}"


def _newer(registry: Registry, last: Newest) -> dict[str, str]:
    """Ask the sources of what the version's own commit imports."""
    if last.version.commit is None:
        return {}
    with working_copy(registry, last.version.commit) as folder:
        return find_newer(folder, dvc_environment(registry.settings.state))
