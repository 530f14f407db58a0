"""Which DVC stages read a path, as the dvc.lock of a commit tells."""

from pydantic import JsonValue

from registry_tasks.stores.dvc.documents import parse_document


def stages_reading(text: bytes) -> dict[str, tuple[str, ...]]:
    """Return path -> DVC stages that depend on it; nothing for a text that is no dvc.lock."""
    try:
        document = parse_document(text.decode())
    except ValueError:
        return {}
    readers: dict[str, list[str]] = {}
    stages = document.get("stages") if isinstance(document, dict) else None
    for name, entry in stages.items() if isinstance(stages, dict) else ():
        for path in _paths(entry):
            readers.setdefault(path, []).append(name)
    return {path: tuple(names) for path, names in readers.items()}


def _paths(entry: JsonValue) -> list[str]:
    dependencies = entry.get("deps") if isinstance(entry, dict) else None
    if not isinstance(dependencies, list):
        return []
    found = (d.get("path") for d in dependencies if isinstance(d, dict))
    return [path for path in found if isinstance(path, str)]
