"""Downloaded models: a local cache by SHA-256 that never hands out what it has not hashed."""

import logging
import re
from pathlib import Path, PurePosixPath
from typing import Protocol

from registry_tasks.entities.errors import InvalidArtifact
from registry_tasks.entities.manifest import Artifact
from registry_tasks.stores.artifacts.digests import digest_file
from registry_tasks.stores.artifacts.proven import Proven, look_at
from registry_tasks.stores.artifacts.writing import dead_temporaries

_log = logging.getLogger(__name__)
_SHA256 = re.compile(r"[0-9a-f]{64}")


class Source(Protocol):
    """Where bytes come from: the object remote, or a server before it."""

    def fetch(self, artifact: Artifact, target: Path) -> None:
        """Copy the bytes to ``target``, which appears only when all of them are proven."""
        ...


class Downloads:
    """Files at ``<root>/sha256/ab/cdef.../<file name>``, shared by any number of processes."""

    root: Path

    def __init__(self, root: Path) -> None:
        self.root = root

    def get(self, artifact: Artifact, objects: Source, proven: Proven | None = None) -> Path:
        """Return a file with exactly the artifact's bytes, fetched only if it must be.

        What ``proven`` remembers is not hashed again. Raises: ObjectMissing, ObjectCorrupt, RemoteMissing, DiskFull, StoreReadOnly.
        """
        path = self._path(artifact)
        if proven is not None and proven.holds(path):
            return path
        look = look_at(path)
        if not self._holds(path, artifact):
            for left in dead_temporaries(path.parent):
                left.unlink(missing_ok=True)
            objects.fetch(artifact, path)
        elif proven is not None:
            proven.remember(path, look)
        return path

    def _path(self, artifact: Artifact) -> Path:
        """Say where the file is or would be. Raises ValueError for what would lead elsewhere."""
        digest, name = artifact.sha256, PurePosixPath(artifact.path).name
        if not _SHA256.fullmatch(digest):
            raise ValueError(f"{digest!r} is not a SHA-256")
        if name in ("", ".."):
            raise ValueError(f"{artifact.path!r} has no file name")
        return self.root / "sha256" / digest[:2] / digest[2:] / name

    @staticmethod
    def _holds(path: Path, artifact: Artifact) -> bool:
        try:
            found = digest_file(path)
        except (FileNotFoundError, InvalidArtifact):
            return False
        if (found.sha256, found.size_bytes) != (artifact.sha256, artifact.size_bytes):
            _log.warning("%s was damaged since its download; it is fetched again", path)
            return False
        return True
