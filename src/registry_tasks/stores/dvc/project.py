"""What dvc.yaml says: the models it declares and the DVC stages as written."""

import difflib
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from pydantic import JsonValue, ValidationError

from registry_tasks.entities.declaration import ModelDeclaration
from registry_tasks.entities.errors import (
    InvalidProject,
    MalformedName,
    ModelNotFound,
    NotAProject,
)
from registry_tasks.stores.dvc.documents import read_document

FILE = "dvc.yaml"
_REQUIRED = ("format", "pipeline", "metrics")
_OPTIONAL = ("curves", "importance", "signature", "holdout", "score")
OUTPUTS = ("outs", "metrics", "plots")
PLACEHOLDER = re.compile(r"\$\{[^}]*\}")
_PATHS = ("path", "metrics", "curves", "importance", "signature", "holdout")


def read_declaration(root: Path, model: str) -> ModelDeclaration:
    """Read what ``artifacts:`` in dvc.yaml says of a model.

    Raises: ModelNotFound, InvalidProject naming the key, NotAProject if there is no dvc.yaml.
    """
    artifacts = _section(root, "artifacts")
    if model not in artifacts:
        raise ModelNotFound(model, tuple(difflib.get_close_matches(model, artifacts, n=3)))
    where = f"artifacts.{model}"
    entry = _mapping(artifacts[model], where)
    meta = _mapping(entry.get("meta"), f"{where}.meta")
    fields = {"path": _text(entry, "path", where)}
    fields |= {key: _text(meta, key, f"{where}.meta") for key in _REQUIRED}
    fields |= {key: _text(meta, key, f"{where}.meta") for key in _OPTIONAL if key in meta}
    for key in _PATHS:
        _check_path(fields.get(key, ""), key, where)
    if fields["pipeline"].partition("@")[0] not in stage_templates(root):
        raise InvalidProject(
            FILE, f"{where}.meta.pipeline: there is no DVC stage {fields['pipeline']!r}"
        )
    description = _text(entry, "desc", where) if "desc" in entry else ""
    try:
        return ModelDeclaration(name=model, description=description, **fields)
    except (ValidationError, MalformedName) as error:
        raise InvalidProject(FILE, f"{where}: {error}") from error


def declared_models(root: Path) -> tuple[str, ...]:
    """Return the names under ``artifacts:`` whose type is model or not said, sorted."""
    artifacts = _section(root, "artifacts")
    entries = {name: _mapping(entry, f"artifacts.{name}") for name, entry in artifacts.items()}
    return tuple(sorted(n for n, entry in entries.items() if entry.get("type", "model") == "model"))


def stage_templates(root: Path) -> dict[str, str]:
    """Return each DVC stage's command as written, before any placeholder is filled in."""
    return {name: _command(stage.get("cmd"), name) for name, stage in read_stages(root)}


def uncached_outputs(root: Path) -> dict[str, re.Pattern[str]]:
    """Return for each DVC stage as written how paths of its ``cache: false`` outputs look.

    DVC's lock file does not say it, and its run cache may hold such an output all the same.
    """
    return {name: paths_like(_uncached(stage)) for name, stage in read_stages(root)}


def plot_outputs(root: Path) -> dict[str, re.Pattern[str]]:
    """Return for each DVC stage as written how paths of its ``plots:`` outputs look."""
    return {name: paths_like(paths_in(of.get("plots"))) for name, of in read_stages(root)}


def drawn_files(root: Path) -> frozenset[str]:
    """Return the paths that the ``plots:`` at the top of dvc.yaml name; a title is among them."""
    named: set[str] = set()
    section = read_document(root / FILE).get("plots")
    for entry in section if isinstance(section, list) else [section]:
        for name, options in entry.items() if isinstance(entry, dict) else [(entry, None)]:
            drawn = options.get("y") if isinstance(options, dict) else None
            named |= {name} if isinstance(name, str) else set()
            named |= set(drawn) if isinstance(drawn, dict) else set()
    return frozenset(os.path.normpath(path) for path in named)


def read_stages(root: Path) -> Iterator[tuple[str, dict[str, JsonValue]]]:
    """Give each DVC stage's name and what is written of it, placeholders as they are."""
    for name, entry in _section(root, "stages").items():
        stage = _mapping(entry, f"stages.{name}")
        if "foreach" in stage:
            stage = _mapping(stage.get("do"), f"stages.{name}.do")
        if "wdir" in stage:
            reason = f"stages.{name}.wdir: the registry reads paths from the root"
            raise InvalidProject(FILE, reason)
        yield name, stage


def _uncached(stage: dict[str, JsonValue]) -> Iterator[str]:
    for kind in OUTPUTS:
        entries = stage.get(kind)
        for entry in entries if isinstance(entries, list) else [entries]:
            for path, options in entry.items() if isinstance(entry, dict) else ():
                if isinstance(options, dict) and options.get("cache") is False:
                    yield path


def paths_in(entries: JsonValue) -> Iterator[str]:
    """Give the paths of a ``deps:``, ``outs:``, ``metrics:`` or ``plots:`` list, as written."""
    for entry in entries if isinstance(entries, list) else [entries]:
        yield from entry if isinstance(entry, dict) else [entry] if isinstance(entry, str) else ()


def paths_like(paths: Iterable[str]) -> re.Pattern[str]:
    """Return what matches the paths, with anything in place of a placeholder."""
    written = (PLACEHOLDER.split(os.path.normpath(path)) for path in paths)
    return re.compile("|".join(".+".join(map(re.escape, parts)) for parts in written) or "(?!)")


def _command(command: JsonValue, stage: str) -> str:
    lines = command if isinstance(command, list) else [command]
    texts = [line for line in lines if isinstance(line, str)]
    if not texts or len(texts) < len(lines):
        raise InvalidProject(FILE, f"stages.{stage}.cmd: it must be a command or a list of them")
    return "\n".join(texts)


def _section(root: Path, name: str) -> dict[str, JsonValue]:
    if not (root / FILE).is_file():
        raise NotAProject(str(root), "DVC")
    section = read_document(root / FILE).get(name)
    return {} if section is None else _mapping(section, name)


def _mapping(value: JsonValue, where: str) -> dict[str, JsonValue]:
    if not isinstance(value, dict):
        raise InvalidProject(FILE, f"{where}: it must hold keys and values")
    return value


def _text(mapping: dict[str, JsonValue], key: str, where: str) -> str:
    value = mapping.get(key)
    if not isinstance(value, str) or not value.strip():
        raise InvalidProject(FILE, f"{where}.{key}: it is missing or not a text")
    return value


def _check_path(path: str, key: str, where: str) -> None:
    pure = PurePosixPath(path)
    if pure.is_absolute() or ".." in pure.parts:
        raise InvalidProject(FILE, f"{where}: {key} {path!r} leads out of the project")
