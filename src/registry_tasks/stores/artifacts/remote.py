"""The object remote: a folder or a bucket, in the layout of DVC's remotes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from registry_tasks.entities.bucket import Bucket
from registry_tasks.entities.errors import ExtraMissing
from registry_tasks.entities.manifest import Artifact
from registry_tasks.settings import Settings
from registry_tasks.stores.artifacts.collectable import Collectable
from registry_tasks.stores.artifacts.digests import Digests
from registry_tasks.stores.artifacts.directory import ObjectDirectory
from registry_tasks.stores.artifacts.listing import StoredObject


class ObjectRemote(Protocol):
    """Objects under their MD5, as the real DVC reads them; every byte is hashed, in and out.

    What touches the remote raises RemoteMissing if it is not there. A bucket also raises
    RemoteUnreachable, RemoteRefused, RemoteCredentials, RemoteDenied, ClockSkewed.
    """

    @property
    def place(self) -> str:
        """Where it is, for messages."""
        ...

    def is_there(self) -> bool:
        """Whether a remote was ever made here; False also where its folder or bucket is gone."""
        ...

    def create(self) -> None:
        """Make it ready to write, unless it is."""
        ...

    def has(self, md5: str) -> bool:
        """Whether there is an object of this name; its bytes may still be wrong."""
        ...

    def list_objects(self) -> Iterator[StoredObject]:
        """Give all objects, as the remote lists them and without reading them."""
        ...

    def put(self, source: Path, md5: str) -> Digests:
        """Store the bytes of ``source`` for ever, or prove that they are stored already."""
        ...

    def put_bytes(self, content: bytes, digests: Digests) -> None:
        """Store bytes in memory, whose digests these are, as ``put`` does."""
        ...

    def renew(self, md5: str) -> bool:
        """Let an object be young, so that nobody collects it; False if it is not there."""
        ...

    @property
    def collecting(self) -> Collectable:
        """What collecting needs of it."""
        ...

    def verify(self, artifact: Artifact) -> None:
        """Read the object back. Raises ObjectMissing, ObjectCorrupt."""
        ...

    def read_back(self, artifact: Artifact) -> None:
        """Prove what was just put, both of whose digests are of one reading: either will do.

        Raises ObjectMissing, ObjectCorrupt.
        """
        ...

    def fetch(self, artifact: Artifact, target: Path) -> None:
        """Copy the object to ``target``, which appears only when all its bytes are proven."""
        ...

    def temporaries(self) -> tuple[str, ...]:
        """List what writers that died left behind."""
        ...

    def sweep(self) -> int:
        """Remove what writers that died left behind; says how much."""
        ...

    def hold(self, artifact: Artifact) -> None:
        """Keep the object from being deleted, as far as the remote can. Raises RemoteCannot."""
        ...

    def release(self, artifact: Artifact) -> None:
        """Take the hold away again. Raises RemoteCannot."""
        ...

    def download_url(self, artifact: Artifact, expires_s: int) -> str:
        """Return a link that lets whoever has it read the object for a while. Raises RemoteCannot."""
        ...

    def restore_earlier(self, artifact: Artifact) -> bool:
        """Bring back the newest earlier version whose bytes are right; False if there is none."""
        ...


def open_remote(settings: Settings) -> ObjectRemote:
    """Return the remote that the settings name; nothing is touched yet. Raises ExtraMissing."""
    if not isinstance(settings.remote, Bucket):
        return ObjectDirectory(settings.remote)
    try:
        from registry_tasks.stores.artifacts.s3.bucket import ObjectBucket
    except ModuleNotFoundError:
        raise ExtraMissing("a remote in a bucket", "s3") from None
    return ObjectBucket(settings.remote, settings.s3_deadline_s, settings.s3_encryption)
