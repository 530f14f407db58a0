"""Download: a version's bytes, checked against its manifest every time they are handed out."""

import hashlib
from pathlib import Path

from registry_tasks.entities.errors import ObjectCorrupt
from registry_tasks.entities.manifest import Artifact, Home
from registry_tasks.entities.model_version import ModelVersion
from registry_tasks.settings import Settings
from registry_tasks.stores.artifacts.digests import open_regular, pieces
from registry_tasks.stores.artifacts.directory import ObjectDirectory
from registry_tasks.stores.artifacts.downloads import Downloads
from registry_tasks.stores.artifacts.failures import writing
from registry_tasks.stores.artifacts.writing import write_file


def download(settings: Settings, version: ModelVersion) -> Path:
    """Return the path of the model file in the local cache, verified just now.

    Raises: ObjectMissing, ObjectCorrupt, RemoteMissing, DiskFull, StoreReadOnly.
    """
    objects = ObjectDirectory(settings.remote)
    return Downloads(settings.cache).get(_model_file(version), objects)


def download_to(settings: Settings, version: ModelVersion, target: Path) -> Path:
    """Put a verified copy of the model file at ``target``, or into it if it is a folder.

    The copy is read-only; a file in its place is replaced. Raises as ``download``.
    """
    cached = download(settings, version)
    place = target / cached.name if target.is_dir() else target
    with writing(place.parent), open_regular(cached) as reader:
        place.parent.mkdir(parents=True, exist_ok=True)
        write_file(
            pieces(reader), place, place.parent, lambda found: _check(version, cached, found.sha256)
        )
    return place


def read(settings: Settings, version: ModelVersion) -> bytes:
    """Return the model file's bytes, verified as they are in memory. Raises as ``download``."""
    cached = download(settings, version)
    content = cached.read_bytes()
    _check(version, cached, hashlib.sha256(content).hexdigest())
    return content


def _model_file(version: ModelVersion) -> Artifact:
    return Artifact(
        path=version.model_path,
        md5=version.md5,
        sha256=version.sha256,
        size_bytes=version.size_bytes,
        home=Home.REMOTE,
        stage=None,
    )


def _check(version: ModelVersion, path: Path, sha256: str) -> None:
    if sha256 != version.sha256:
        place, wanted = str(path.parent), f"sha256 {version.sha256}"
        raise ObjectCorrupt(path.name, place, wanted, f"sha256 {sha256}")
