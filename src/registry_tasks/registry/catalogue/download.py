"""Download: a version's bytes, checked against its manifest every time they are handed out.

Whoever does so more than once opens the remote once and gives it as ``objects``: a bucket costs a
session and its connections each time.
"""

import hashlib
from contextlib import closing
from pathlib import Path

from registry_tasks.entities.errors import InvalidSetting, ObjectCorrupt, ObjectMissing
from registry_tasks.entities.manifest import Artifact, Home
from registry_tasks.entities.model_version import ModelVersion
from registry_tasks.entities.stage import Stage
from registry_tasks.registry.catalogue.reading import Reader
from registry_tasks.settings import EXPIRES_S, MAX_EXPIRES_S, Settings, is_address
from registry_tasks.stores.artifacts.digests import open_regular, pieces
from registry_tasks.stores.artifacts.downloads import Downloads, Source
from registry_tasks.stores.artifacts.remote import ObjectRemote, open_remote
from registry_tasks.stores.artifacts.writing import sweep_among_others, write_file
from registry_tasks.stores.failures import writing
from registry_tasks.stores.folders import make_folder
from registry_tasks.stores.metadata.lookup import check_has_bytes


def download(settings: Settings, version: ModelVersion, objects: Source | None = None) -> Path:
    """Return the path of the model file in the local cache, verified just now.

    Raises: BytesDropped, ObjectMissing, ObjectCorrupt, RemoteMissing, DiskFull, StoreReadOnly.
    """
    source = objects or open_remote(settings)
    try:
        return Downloads(settings.cache).get(_model_file(version), source)
    except ObjectMissing:
        _check_has_bytes(settings, version)
        raise


def download_to(
    settings: Settings, version: ModelVersion, target: Path, objects: Source | None = None
) -> Path:
    """Put a verified copy of the model file at ``target``, or into it if it is a folder.

    The copy is read-only; a file in its place is replaced. What a download that was killed left
    in the folder is removed. Raises as ``download``.
    """
    cached = download(settings, version, objects)
    place = target / cached.name if target.is_dir() else target
    with writing(place.parent), open_regular(cached) as reader:
        make_folder(place.parent)
        sweep_among_others(place.parent)
        write_file(
            pieces(reader), place, place.parent, lambda found: _check(version, cached, found.sha256)
        )
    return place


def read(settings: Settings, version: ModelVersion, objects: Source | None = None) -> bytes:
    """Return the model file's bytes, verified as they are in memory. Raises as ``download``."""
    cached = download(settings, version, objects)
    content = cached.read_bytes()
    _check(version, cached, hashlib.sha256(content).hexdigest())
    return content


def download_url(
    settings: Settings,
    version: ModelVersion,
    expires_s: int = EXPIRES_S,
    objects: ObjectRemote | None = None,
) -> str:
    """Return a link that lets whoever has it read the model file for so many seconds.

    Nobody hashes its bytes on this way: compare their SHA-256 with the version's.
    Raises: RemoteCannot for a remote in a folder, InvalidSetting, and as ``download``.
    """
    if not 1 <= expires_s <= MAX_EXPIRES_S:
        raise InvalidSetting("expires_s", str(expires_s), f"write seconds, 1 to {MAX_EXPIRES_S}")
    remote = objects or open_remote(settings)
    return remote.download_url(_model_file(version), expires_s)


def _check_has_bytes(settings: Settings, version: ModelVersion) -> None:
    """Ask the store, if it is at hand, whether the bytes are missing on purpose."""
    if Stage.ARCHIVED not in version.stages.values() or is_address(settings.store_url):
        return
    with closing(Reader(settings)) as reader, reader.reading() as query:
        check_has_bytes(query, version)


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
