"""Download: a version's bytes, checked against its manifest every time they are handed out."""

from pathlib import Path

from registry_tasks.entities.manifest import Artifact, Home
from registry_tasks.entities.model_version import ModelVersion
from registry_tasks.settings import Settings
from registry_tasks.stores.artifacts.directory import ObjectDirectory
from registry_tasks.stores.artifacts.downloads import Downloads


def download(settings: Settings, version: ModelVersion) -> Path:
    """Return the path of the model file in the local cache, verified just now.

    Raises: ObjectMissing, ObjectCorrupt, RemoteMissing, DiskFull.
    """
    artifact = Artifact(
        path=version.model_path,
        md5=version.md5,
        sha256=version.sha256,
        size_bytes=version.size_bytes,
        home=Home.REMOTE,
        stage=None,
    )
    return Downloads(settings.cache).get(artifact, ObjectDirectory(settings.remote))
