"""Compose a workspace: the code of one commit, the data and parameters of others."""

from collections.abc import Collection, Mapping
from io import StringIO
from pathlib import Path

from pydantic import JsonValue
from ruamel.yaml import YAML

from registry_tasks.stores.dvc.documents import flatten, parse_document
from registry_tasks.stores.dvc.imports import is_data_file
from registry_tasks.stores.dvc.locked_code import locked_stages, paths_read
from registry_tasks.stores.dvc.lockfile import FILE as LOCK_FILE


def put_data(workspace: Path, files: Mapping[str, bytes], roots: Mapping[str, JsonValue]) -> None:
    """Take the data of another commit.

    Args:
        files: its ``.dvc`` files, which say what ``dvc add`` and imports track, and the
            ``.gitignore`` files beside them, and data that Git keeps.
        roots: its entries of dvc.lock for DVC stages that read no data: what they brought.
    """
    for path in list(workspace.rglob("*.dvc")):
        if path.is_file() and is_data_file(path.relative_to(workspace).as_posix()):
            path.unlink()
    for name, content in files.items():
        place = workspace / name
        place.parent.mkdir(parents=True, exist_ok=True)
        known = place.read_bytes() if place.name == ".gitignore" and place.is_file() else b""
        lines = [line for line in content.splitlines() if line not in known.splitlines()]
        place.write_bytes(b"\n".join([*known.splitlines(), *lines, b""]) if known else content)
    lock = workspace / LOCK_FILE
    document = parse_document(lock.read_bytes().decode()) if lock.is_file() else None
    stages = document.get("stages") if isinstance(document, dict) else None
    if roots and isinstance(document, dict) and isinstance(stages, dict):
        page = StringIO()
        YAML(typ="safe", pure=True).dump({**document, "stages": {**stages, **roots}}, page)
        lock.write_text(page.getvalue(), encoding="utf-8")


def root_stages(lock: bytes, tracked: Collection[str]) -> dict[str, JsonValue]:
    """Return the entries of a dvc.lock whose DVC stages depend on nothing but what Git tracks."""
    return {
        name: entry
        for name, entry in locked_stages(lock.decode()).items()
        if all(path in tracked for path in paths_read(entry))
    }


def parameters_in(text: bytes) -> dict[str, JsonValue]:
    """Return the parameters of a params.yaml: dotted key -> value."""
    document = parse_document(text.decode())
    return flatten(document) if isinstance(document, dict) else {}
