"""What dvc.lock says: the DVC stages that made a model, as they were run."""

import heapq
from collections.abc import Mapping
from pathlib import Path

from pydantic import JsonValue

from registry_tasks.entities.errors import InvalidDocument, InvalidProject, MalformedText
from registry_tasks.entities.parameters import check_parameters
from registry_tasks.entities.pipeline import Dependency, LockedStage, Pipeline
from registry_tasks.stores.dvc.documents import flatten, read_document
from registry_tasks.stores.dvc.parameters import FILE as PARAMETERS

FILE = "dvc.lock"


def read_pipeline(root: Path, *targets: str) -> Pipeline:
    """Read the DVC stages ``targets`` and all that they need, each after those it needs.

    A foreach stage without a key means all its members. Raises: InvalidProject.
    """
    entries = read_document(root / FILE).get("stages")
    if not isinstance(entries, dict):
        raise InvalidProject(FILE, "it has no stages; run the pipeline first")
    stages = {name: _stage(name, entry) for name, entry in entries.items()}
    wanted: list[str] = []
    for target in targets:
        members = [name for name in stages if name == target or name.startswith(f"{target}@")]
        if not members:
            raise InvalidProject(FILE, f"it has no stage {target!r}; run the pipeline first")
        wanted += members
    needs: dict[str, set[str]] = {}
    while wanted:
        name = wanted.pop()
        if name not in needs:
            needs[name] = _upstream(stages[name], stages)
            wanted.extend(needs[name])
    return Pipeline(stages=tuple(stages[name] for name in _ordered(needs)))


def _upstream(stage: LockedStage, stages: Mapping[str, LockedStage]) -> set[str]:
    return {
        other.name
        for other in stages.values()
        for out in other.outputs
        if any(_overlap(dependency.path, out.path) for dependency in stage.dependencies)
    }


def _overlap(one: str, other: str) -> bool:
    """Whether two paths are equal or one lies inside of the other."""
    return f"{one}/".startswith(f"{other}/") or f"{other}/".startswith(f"{one}/")


def _ordered(needs: Mapping[str, set[str]]) -> list[str]:
    """Sort so that each comes after its needs, and by name where that leaves a choice."""
    missing = {name: set(needed) for name, needed in needs.items()}
    ready = [name for name, needed in missing.items() if not needed]
    heapq.heapify(ready)
    ordered = []
    while ready:
        done = heapq.heappop(ready)
        ordered.append(done)
        for name, needed in missing.items():
            if done in needed:
                needed.remove(done)
                if not needed:
                    heapq.heappush(ready, name)
    if len(ordered) < len(needs):
        circle = ", ".join(sorted(needs.keys() - ordered))
        raise InvalidProject(FILE, f"these stages need each other: {circle}")
    return ordered


def _stage(name: str, entry: JsonValue) -> LockedStage:
    if not isinstance(entry, dict):
        raise InvalidProject(FILE, f"stage {name!r} does not hold keys and values")
    command = entry.get("cmd")
    if isinstance(command, list):
        command = "\n".join(map(str, command))
    if not isinstance(command, str) or not command:
        raise InvalidProject(FILE, f"stage {name!r} has no command")
    return LockedStage(
        name=name,
        command=command,
        dependencies=_paths(name, "deps", entry.get("deps", [])),
        parameters=_parameters(name, entry.get("params", {})),
        outputs=_paths(name, "outs", entry.get("outs", [])),
    )


def _paths(stage: str, key: str, entries: JsonValue) -> tuple[Dependency, ...]:
    if not isinstance(entries, list):
        raise InvalidProject(FILE, f"stage {stage!r}: {key} is not a list")
    return tuple(_dependency(stage, key, entry) for entry in entries)


def _dependency(stage: str, key: str, entry: JsonValue) -> Dependency:
    if isinstance(entry, dict):
        match {"nfiles": 1, **entry}:
            case {
                "path": str(path),
                "hash": "md5",
                "md5": str(md5),
                "size": int(size),
                "nfiles": int(files),
            }:
                return Dependency(path=path, md5=md5, size_bytes=size, files=files)
    reason = "needs a path in the project with md5 and size, as DVC 3 writes them"
    raise InvalidProject(FILE, f"stage {stage!r}: each of {key} {reason}")


def _parameters(stage: str, files: JsonValue) -> dict[str, JsonValue]:
    """Flatten ``{file: {key: value}}``; keys of files beside params.yaml begin with the file."""
    if not isinstance(files, dict):
        raise InvalidProject(FILE, f"stage {stage!r}: params is not a mapping of files")
    found: dict[str, JsonValue] = {}
    for file, values in files.items():
        if not isinstance(values, dict):
            raise InvalidProject(FILE, f"stage {stage!r}: params of {file} are not a mapping")
        prefix = "" if file == PARAMETERS else f"{file}:"
        found |= {f"{prefix}{key}": value for key, value in flatten(values).items()}
    try:
        check_parameters(found)
    except (InvalidDocument, MalformedText) as error:
        raise InvalidProject(FILE, f"stage {stage!r}: {error}") from error
    return found
