"""What a commit's dvc.lock says of what DVC stages read, by its text."""

from pydantic import JsonValue

from registry_tasks.entities.errors import InvalidProject
from registry_tasks.stores.dvc.documents import parse_document
from registry_tasks.stores.dvc.lockfile import FILE


def locked_stages(text: str) -> dict[str, JsonValue]:
    """Return by DVC stage what is locked of it; nothing if the text says nothing.

    Raises ValueError for what is no YAML.
    """
    document = parse_document(text)
    stages = document.get("stages") if isinstance(document, dict) else None
    return stages if isinstance(stages, dict) else {}


def paths_read(entry: JsonValue) -> list[str]:
    """Return what a DVC stage depends on."""
    listed = entry.get("deps") if isinstance(entry, dict) else None
    found = listed if isinstance(listed, list) else []
    return [str(d["path"]) for d in found if isinstance(d, dict) and "path" in d]


def commands_run(text: bytes) -> dict[str, str]:
    """Return by DVC stage, a foreach's with its key, what was run; nothing if the text says nothing."""
    try:
        stages = locked_stages(text.decode())
    except ValueError:
        return {}
    commands = {name: e.get("cmd") for name, e in stages.items() if isinstance(e, dict)}
    return {
        name: "\n".join(map(str, cmd)) if isinstance(cmd, list) else str(cmd)
        for name, cmd in commands.items()
        if cmd
    }


def read_dependencies(text: str) -> dict[str, tuple[str, ...]]:
    """Return by DVC stage, without the key of a foreach, what its executions read.

    Raises: InvalidProject.
    """
    try:
        stages = locked_stages(text)
    except ValueError as error:
        raise InvalidProject(FILE, str(error)) from error
    found: dict[str, dict[str, None]] = {}
    for name, entry in stages.items():
        known = found.setdefault(name.partition("@")[0], {})
        known.update(dict.fromkeys(paths_read(entry)))
    return {name: tuple(paths) for name, paths in found.items()}


def stages_reading(text: bytes) -> dict[str, tuple[str, ...]]:
    """Return path -> DVC stages that depend on it; nothing for a text that is no dvc.lock."""
    try:
        stages = locked_stages(text.decode())
    except ValueError:
        return {}
    readers: dict[str, list[str]] = {}
    for name, entry in stages.items():
        for path in paths_read(entry):
            readers.setdefault(path, []).append(name)
    return {path: tuple(names) for path, names in readers.items()}
