"""Data that no stage makes: what ``dvc add`` tracks, and what was imported.

A version-aware import (``dvc import-url --version-aware``) stays in its bucket, version by version.
"""

import re
import shutil
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from pydantic import JsonValue

from registry_tasks.entities.source import Source
from registry_tasks.stores.dvc.documents import read_document
from registry_tasks.stores.dvc.program import run_dvc

_SCHEME = "s3://"
_KEPT = Path(".dvc") / "tmp" / "registry-imports"  # which Git ignores


def find_sources(root: Path, path: str) -> dict[str, Source]:
    """Return path -> source of every file of the import that ``path`` is, or lies in.

    Nothing for what is no version-aware import. Raises: InvalidProject.
    """
    place, document = _tracking(root, path)
    return _sources(place, document)


def find_address(root: Path, path: str) -> str:
    """Return from where ``path``, or the folder around it, was imported; empty if it was not.

    A URL, ``url?versionId=...`` where its bucket has versions, ``repository@revision#path`` for
    what another DVC or Git repository has. Passwords are left out. Raises: InvalidProject.
    """
    _, document = _tracking(root, path)
    match document:
        case {"deps": [{"path": str(inner), "repo": {"url": str(url), "rev_lock": str(rev)}}]}:
            return f"{_without_password(url)}@{rev}#{inner}"
        case {"deps": [{"path": str(url), "version_id": str(version)}]}:
            return f"{_without_password(url)}?versionId={version}"
        case {"deps": [{"path": str(url), **_rest}]}:
            return _without_password(url)
    return ""


def _tracking(root: Path, path: str) -> tuple[str, dict[str, JsonValue]]:
    """Find the .dvc file of ``path`` or of a folder around it."""
    inside = PurePosixPath(path)
    for place in (inside, *inside.parents):
        file = root / f"{place}.dvc"
        if place.name and file.is_file():
            return str(place), read_document(file)
    return path, {}


def _without_password(url: str) -> str:
    return re.sub(r"(?<=://)[^/\s]*:[^/\s]*@|(?<=https://)[^/@\s]*@", "", url)


def is_data_file(path: str) -> bool:
    """Whether a path is a ``.dvc`` file, and none of DVC's own folder."""
    pure = PurePosixPath(path)
    return pure.suffix == ".dvc" and ".dvc" not in pure.parts


def pull_data(root: Path, environment: Mapping[str, str]) -> None:
    """Let DVC put data that no stage makes in its place: what ``dvc add`` and imports track.

    It comes from the cache, from the remote, or from where it was imported. Raises: ProgramFailed.
    """
    files = {
        str(file.relative_to(root)): read_document(file)
        for file in sorted(root.rglob("*.dvc"))
        if file.is_file() and is_data_file(file.relative_to(root).as_posix())
    }
    if not files:
        return
    for name, document in files.items():
        if _sources(name.removesuffix(".dvc"), document):
            kept = root / _KEPT / name
            kept.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(root / name, kept)
    run_dvc(root, environment, "pull", files=tuple(files))


def restore_imports(root: Path) -> None:
    """Make the imports' files again what they were before ``pull_data``.

    When DVC runs a stage that reads frozen data, it may write today's version and ETag over those
    of the data that is there.
    """
    for kept in (root / _KEPT).rglob("*.dvc"):
        shutil.copyfile(kept, root / kept.relative_to(root / _KEPT))


def _sources(place: str, document: Mapping[str, JsonValue]) -> dict[str, Source]:
    match document:
        case {"deps": [{"path": str(url), **dependency}], "outs": [{"path": str(_), **_out}]}:
            if not url.startswith(_SCHEME):
                return {}
        case _:
            return {}
    bucket, _, key = url.removeprefix(_SCHEME).partition("/")
    match dependency:
        case {"version_id": str(version), "etag": str(etag)}:
            return {place: Source(bucket, key, version, etag)}
        case {"files": [*entries]}:
            return dict(_member(place, bucket, key, entry) for entry in entries)
    return {}


def _member(place: str, bucket: str, key: str, entry: Any) -> tuple[str, Source]:
    name = entry["relpath"]
    source = Source(bucket, f"{key.rstrip('/')}/{name}", entry["version_id"], entry["etag"])
    return f"{place}/{name}", source
