"""Which paths each DVC stage read, by the text of a dvc.lock."""

from registry_tasks.entities.errors import InvalidProject
from registry_tasks.stores.dvc.documents import parse_document
from registry_tasks.stores.dvc.lockfile import FILE


def read_dependencies(text: str) -> dict[str, tuple[str, ...]]:
    """Return by DVC stage, without the key of a foreach, what its executions read.

    Raises: InvalidProject.
    """
    try:
        document = parse_document(text)
    except ValueError as error:
        raise InvalidProject(FILE, str(error)) from error
    entries = document.get("stages") if isinstance(document, dict) else None
    found: dict[str, dict[str, None]] = {}
    for name, entry in (entries if isinstance(entries, dict) else {}).items():
        deps = entry.get("deps") if isinstance(entry, dict) else None
        listed = deps if isinstance(deps, list) else []
        paths = [d["path"] for d in listed if isinstance(d, dict) and "path" in d]
        known = found.setdefault(name.partition("@")[0], {})
        known.update(dict.fromkeys(map(str, paths)))
    return {name: tuple(paths) for name, paths in found.items()}
