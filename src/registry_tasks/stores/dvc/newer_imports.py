"""What the sources of imports have now: `dvc import` and `dvc import-url`, as `dvc update` does."""

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Final

from pydantic import JsonValue

from registry_tasks.stores.dvc.documents import read_document
from registry_tasks.stores.dvc.imports import is_data_file
from registry_tasks.stores.dvc.program import run_dvc

_WITHOUT_BYTES: Final = "--no-download"


def fetch_newest(root: Path, environment: Mapping[str, str]) -> dict[str, str]:
    """Bring every import of a working copy to what its source has now; returns which are newer.

    Their .dvc files are written anew, to be committed. Raises: ProgramFailed, InvalidProject.
    """
    return _update(root, environment)


def find_newer(root: Path, environment: Mapping[str, str]) -> dict[str, str]:
    """Return the imports whose sources have something newer, without fetching it.

    Each with the SHA-256 of what DVC says of its source, another one for each state of it. The working copy's .dvc files are written anew; it must be one to throw away. Raises:
    ProgramFailed, InvalidProject.
    """
    return _update(root, environment, _WITHOUT_BYTES)


def _update(root: Path, environment: Mapping[str, str], *options: str) -> dict[str, str]:
    before = {file: _sources(root, file) for file in _imports(root)}
    if not before:
        return {}
    run_dvc(root, environment, "update", *options, files=tuple(before))
    after = {file: _sources(root, file) for file in before}
    return {
        file.removesuffix(".dvc"): sha256(json.dumps(now, sort_keys=True).encode()).hexdigest()
        for file, now in after.items()
        if now != before[file]
    }


def _sources(root: Path, file: str) -> JsonValue:
    """Return what a .dvc file says of its source: what of it comes after may be left out."""
    return read_document(root / file).get("deps")


def _imports(root: Path) -> list[str]:
    """Name the .dvc files that say from where their data is; what `dvc add` tracks has no source."""
    found = (file.relative_to(root).as_posix() for file in sorted(root.rglob("*.dvc")))
    return [file for file in found if is_data_file(file) and _sources(root, file)]
