"""What runs need kept, whose it is, and where else its bytes are."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from registry_tasks.entities.errors import ObjectMissing
from registry_tasks.entities.manifest import Artifact, Home, Manifest
from registry_tasks.registry.care.doctor.ailment import REPAIR
from registry_tasks.registry.care.doctor.copies import places
from registry_tasks.registry.care.doctor.proving import holds
from registry_tasks.registry.care.doctor.spares import Spare
from registry_tasks.registry.registry import Registry
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
    """A file that has the right bytes, and the command that takes them."""

    path: Path
    command: str


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
        return Copy(path, REPAIR)
    for spare in spares:
        for path in holds(spare.places(artifact), artifact):
            return Copy(path, spare.command)
    return None


def put_back(registry: Registry, artifact: Artifact, spares: tuple[Spare, ...]) -> None:
    """Put the bytes into the remote from whichever place has them, and read them back.

    Raises: ObjectMissing if none has them.
    """
    copy = find_copy(registry, artifact, spares)
    if copy is not None:
        registry.objects.put(copy.path, artifact.md5)
        registry.objects.verify(artifact)
    elif not registry.objects.restore_earlier(artifact):
        folders = (str(spare.folder) for spare in spares)
        where = ", ".join(("cache", "downloads", "checkout", "earlier versions", *folders))
        raise ObjectMissing(artifact.path, where, f"sha256 {artifact.sha256}")
