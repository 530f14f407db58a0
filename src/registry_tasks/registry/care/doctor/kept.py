"""What runs need kept, whose it is, and where else its bytes are."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from registry_tasks.entities.errors import Corrupt, ObjectMissing
from registry_tasks.entities.manifest import Artifact, Home, Manifest
from registry_tasks.registry.care.doctor.ailment import REPAIR
from registry_tasks.registry.care.doctor.copies import places
from registry_tasks.registry.care.doctor.proving import holds
from registry_tasks.registry.care.doctor.spares import Spare
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.artifacts.downloads import Downloads
from registry_tasks.stores.artifacts.remote import ObjectRemote
from registry_tasks.stores.metadata.census import CountedRun


class Kept(NamedTuple):
    """Bytes that the store says are there, and whose they are."""

    artifact: Artifact
    owners: list[CountedRun]

    @property
    def ref(self) -> str:
        """The first that needs it."""
        return self.owners[0].ref

    @property
    def others(self) -> str:
        """Say how many more need it."""
        count = len(self.owners) - 1
        return f"; {count} more runs need it" if count else ""


class Copy(NamedTuple):
    """What has the right bytes, a file or an object in a bucket, and the command that takes them."""

    place: str
    command: str
    bucket: ObjectRemote | None = None


def gather(
    runs: Sequence[CountedRun], artifacts: dict[int, list[Artifact]], home: Home
) -> tuple[Kept, ...]:
    """Return all that lies at ``home``, once each, in the order of the versions that need it.

    A manifest that is not the one that was recorded says nothing about bytes: it would call good
    ones damaged.
    """
    found: dict[tuple[str | int | None, ...], Kept] = {}
    for run in runs:
        own = artifacts.get(run.id, ())
        if Manifest.model_construct(artifacts=tuple(own)).digest() != run.outputs_hash:
            continue
        for artifact in own:
            if artifact.home is home:
                key = artifact.md5, artifact.sha256, artifact.size_bytes, artifact.source
                found.setdefault(key, Kept(artifact, [])).owners.append(run)
    return tuple(found.values())


def find_copy(registry: Registry, artifact: Artifact, spares: tuple[Spare, ...]) -> Copy | None:
    """Hash what may be a copy until one is right: what is at hand first, then what was named."""
    for path in holds(places(registry, artifact), artifact):
        return Copy(str(path), REPAIR)
    for spare in spares:
        for path in holds(spare.paths(artifact), artifact):
            return Copy(str(path), spare.command)
        if spare.bucket is not None and _is_in(spare.bucket, artifact):
            return Copy(spare.place, spare.command, spare.bucket)
    return None


def put_back(registry: Registry, artifact: Artifact, spares: tuple[Spare, ...]) -> None:
    """Put the bytes into the remote from whichever place has them, and read them back.

    Raises: ObjectMissing if none has them.
    """
    copy = find_copy(registry, artifact, spares)
    if copy is not None:
        _put(registry, artifact, copy)
        registry.objects.verify(artifact)
    elif not registry.objects.restore_earlier(artifact):
        named = (spare.place for spare in spares)
        where = ", ".join(("cache", "downloads", "checkout", "earlier versions", *named))
        raise ObjectMissing(artifact.path, where, f"sha256 {artifact.sha256}")


def _put(registry: Registry, artifact: Artifact, copy: Copy) -> None:
    """Put a copy into the remote; what a bucket has goes by way of the downloads."""
    if copy.bucket is None:
        registry.objects.put(Path(copy.place), artifact.md5)
        return
    path = Downloads(registry.settings.cache).get(artifact, copy.bucket)
    registry.objects.put(path, artifact.md5)
    path.unlink()  # had it been downloaded before, the copy would be that


def _is_in(bucket: ObjectRemote, artifact: Artifact) -> bool:
    try:
        bucket.verify(artifact)
    except Corrupt:
        return False
    return True
