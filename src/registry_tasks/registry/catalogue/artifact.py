"""Artifact: one file of a version or a run, by its name in the manifest, verified just now."""

from pathlib import Path
from typing import NamedTuple

from registry_tasks.entities.errors import (
    ArtifactElsewhere,
    ArtifactNotFound,
    ObjectCorrupt,
    ObjectMissing,
)
from registry_tasks.entities.manifest import Artifact, Home
from registry_tasks.entities.model_version import ModelVersion
from registry_tasks.entities.reference import Reference
from registry_tasks.entities.side_by_side import RUN_PREFIX
from registry_tasks.registry.registry import Registry
from registry_tasks.settings import EXPIRES_S
from registry_tasks.stores.artifacts.downloads import Downloads
from registry_tasks.stores.artifacts.proven import Proven
from registry_tasks.stores.artifacts.writing import write_file
from registry_tasks.stores.failures import writing
from registry_tasks.stores.folders import make_folder
from registry_tasks.stores.metadata import run_contents, runs
from registry_tasks.stores.metadata.lookup import check_has_bytes, get_version
from registry_tasks.stores.metadata.query import through


class Found(NamedTuple):
    """A file of a manifest, and the commit that has it if Git keeps it."""

    artifact: Artifact
    commit: str | None
    version: ModelVersion | None = None


def find_artifact(registry: Registry, ref: str, name: str | None = None) -> Found:
    """Find a file of a version, or of a run (``run:<uuid>``): its model if there is no ``name``.

    Raises: MalformedReference, ModelNotFound, VersionNotFound, VersionDeleted, RunNotFound,
    ArtifactNotFound.
    """
    with registry.metadata.reading() as connection:
        run, version = ref.removeprefix(RUN_PREFIX), None
        if run == ref:
            version = get_version(through(connection), Reference.parse(ref)).version
            run = version.run
        row = runs.get_row(connection, run)
        wanted = row.model_path if name is None else name
        artifact = run_contents.read_manifest(connection, row.id).find(wanted or "")
    if artifact is None:
        raise ArtifactNotFound(ref, wanted or "model")
    return Found(artifact, row.commit, version)


def fetch_artifact(registry: Registry, found: Found, proven: Proven | None = None) -> Path:
    """Return a file with the artifact's bytes in the local cache.

    What ``proven`` remembers is not hashed again. Raises: BytesDropped, ObjectMissing, ObjectCorrupt, RemoteMissing, DiskFull, StoreReadOnly; ArtifactElsewhere
    for data that was imported from where it is; NotAProject, CommitNotFound for what Git keeps.
    """
    artifact, downloads = found.artifact, Downloads(registry.settings.cache)
    match artifact.home:
        case Home.SOURCE:
            raise ArtifactElsewhere(artifact.path, artifact.source or "its source")
        case Home.GIT:
            return downloads.get(artifact, _InGit(registry, found.commit), proven)
    try:
        return downloads.get(artifact, registry.objects, proven)
    except ObjectMissing:
        _check_has_bytes(registry, found)
        raise


def artifact_url(registry: Registry, found: Found, expires_s: int = EXPIRES_S) -> str:
    """Return a link to read the file where it is kept, for so many seconds. Raises RemoteCannot."""
    try:
        return registry.objects.download_url(found.artifact, expires_s)
    except ObjectMissing:
        _check_has_bytes(registry, found)
        raise


def _check_has_bytes(registry: Registry, found: Found) -> None:
    if found.version is not None:
        with registry.metadata.reading() as connection:
            check_has_bytes(through(connection), found.version)


class _InGit:
    """What a run's own commit keeps, to be fetched as from a remote."""

    def __init__(self, registry: Registry, commit: str | None) -> None:
        self._registry, self._commit = registry, commit or ""

    def fetch(self, artifact: Artifact, target: Path) -> None:
        content = self._registry.repository.read(self._commit, artifact.path)
        place = f"commit {self._commit}"
        if content is None:
            raise ObjectMissing(artifact.path, place, artifact.sha256)
        with writing(target.parent):
            make_folder(target.parent)
            write_file(
                (content,), target, target.parent, lambda d: _check(artifact, place, d.sha256)
            )


def _check(artifact: Artifact, place: str, sha256: str) -> None:
    if sha256 != artifact.sha256:
        raise ObjectCorrupt(artifact.path, place, artifact.sha256, sha256)
