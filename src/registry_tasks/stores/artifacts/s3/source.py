"""Bytes of data that is only referenced: read from its own bucket by version, and hashed."""

from pathlib import Path

from registry_tasks.entities.bucket import Bucket
from registry_tasks.entities.errors import ObjectCorrupt, ObjectMissing
from registry_tasks.entities.manifest import Artifact
from registry_tasks.entities.source import Source
from registry_tasks.stores.artifacts.digests import digest
from registry_tasks.stores.artifacts.s3.answers import NoSuchObject
from registry_tasks.stores.artifacts.s3.connection import Connection
from registry_tasks.stores.artifacts.s3.deadline import Deadline
from registry_tasks.stores.artifacts.s3.proving import Take, prove
from registry_tasks.stores.artifacts.writing import write_file
from registry_tasks.stores.failures import writing


def look(artifact: Artifact, source: Source, deadline_s: float) -> None:
    """Ask whether the version is there and as long as it was. Raises as ``verify``."""
    connection, deadline = Connection(Bucket(source.bucket, "")), Deadline(deadline_s)
    which = {"Key": source.key, "VersionId": source.version_id}
    try:
        told = connection.run(connection.call("head_object", deadline, **which), deadline)
    except NoSuchObject:  # or there is no such bucket, which only reading tells
        verify(artifact, source, deadline_s)
        return
    if told["ContentLength"] != artifact.size_bytes:
        found = f"{told['ContentLength']} bytes"
        raise ObjectCorrupt(artifact.path, str(source), f"{artifact.size_bytes} bytes", found)


def verify(artifact: Artifact, source: Source, deadline_s: float) -> None:
    """Read the version once and hash it. Raises as ``ObjectRemote.verify``."""
    _prove(artifact, source, deadline_s, lambda pieces, check: check(digest(pieces)))


def fetch(artifact: Artifact, source: Source, target: Path, deadline_s: float) -> None:
    """Copy the version to ``target``, verified. Raises as ``ObjectRemote.fetch``."""
    folder = target.parent
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        _prove(
            artifact,
            source,
            deadline_s,
            lambda pieces, check: write_file(pieces, target, folder, check),
        )


def _prove(artifact: Artifact, source: Source, deadline_s: float, take: Take) -> None:
    connection = Connection(Bucket(source.bucket, ""))
    deadline = Deadline(deadline_s, size_bytes=2 * artifact.size_bytes)
    which = {"Key": source.key, "VersionId": source.version_id}
    try:
        prove(connection, which, artifact, take, deadline)
    except NoSuchObject:
        raise ObjectMissing(artifact.path, str(source), f"sha256 {artifact.sha256}") from None
