"""The remote against the manifests: what must be there, and what nobody knows."""

import shlex
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from registry_tasks.entities.errors import (
    Corrupt,
    ObjectCorrupt,
    ObjectDeleted,
    ObjectMissing,
    Unavailable,
)
from registry_tasks.entities.finding import FindingKind
from registry_tasks.entities.manifest import Artifact, Home, Manifest
from registry_tasks.registry.doctor.ailment import REPAIR, Ailment, Mend, ail
from registry_tasks.registry.doctor.copies import holds, places
from registry_tasks.registry.doctor.proving import Reach
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.artifacts.listing import StoredObject
from registry_tasks.stores.metadata.census import CountedRun

_YOUNG: Final = timedelta(days=1)
"""A run writes its objects before its record; none takes a day from one to the other."""


class Kept(NamedTuple):
    """An object that the store says is there, and whose it is."""

    artifact: Artifact
    owners: list[CountedRun]

    @property
    def ref(self) -> str:
        """The first that needs it."""
        return self.owners[0].ref


def gather(runs: Sequence[CountedRun], artifacts: dict[int, list[Artifact]]) -> tuple[Kept, ...]:
    """Return every object once, in the order of the versions that need it.

    A manifest that is not the one that was recorded says nothing about bytes: it would call good
    ones damaged.
    """
    found: dict[tuple[str, str, int], Kept] = {}
    for run in runs:
        own = artifacts.get(run.id, ())
        if Manifest.model_construct(artifacts=tuple(own)).digest() != run.outputs_hash:
            continue
        for artifact in own:
            if artifact.home is Home.REMOTE:
                key = artifact.md5, artifact.sha256, artifact.size_bytes
                found.setdefault(key, Kept(artifact, [])).owners.append(run)
    return tuple(found.values())


def remote(registry: Registry, kept: tuple[Kept, ...], reach: Reach) -> Iterator[Ailment]:
    """Look for objects that are missing or damaged, and for those that belong to no run.

    All are looked up in the listing; then the bytes that ``reach`` chooses are read and hashed.
    """
    if not kept and not registry.objects.is_there():
        return
    try:
        listed = {found.md5: found for found in registry.objects.list_objects()}
    except Unavailable as error:
        yield _gone(registry, kept, error)
        return
    present = []
    for each in kept:
        wrong = _by_listing(registry, each.artifact, listed.get(each.artifact.md5))
        if wrong is None:
            present.append(each)
        else:
            yield _lost(registry, each, wrong)
    yield from _read(registry, present, reach)
    needed = {each.artifact.md5 for each in kept}
    yield from _unknown([found for md5, found in listed.items() if md5 not in needed])


def _read(registry: Registry, present: Sequence[Kept], reach: Reach) -> Iterator[Ailment]:
    def prove(each: Kept) -> tuple[Kept, Corrupt | Unavailable | None]:
        try:
            registry.objects.verify(each.artifact)
        except (Corrupt, Unavailable) as error:
            return each, error
        return each, None

    silent: Unavailable | None = None
    for each, error in reach.each("remote", present, prove):
        if isinstance(error, Corrupt):
            yield _lost(registry, each, error)
        silent = error if isinstance(error, Unavailable) else silent
    if silent is not None:
        yield _gone(registry, (), silent)


def _by_listing(
    registry: Registry, artifact: Artifact, found: StoredObject | None
) -> Corrupt | None:
    if found is None:
        return ObjectMissing(artifact.path, registry.objects.place, f"sha256 {artifact.sha256}")
    if found.size_bytes != artifact.size_bytes:
        is_now = f"{found.size_bytes} bytes" if found.size_bytes >= 0 else "no regular file"
        wanted = f"{artifact.size_bytes} bytes with sha256 {artifact.sha256}"
        return ObjectCorrupt(artifact.path, registry.objects.place, wanted, is_now)
    return None


def _gone(registry: Registry, kept: tuple[Kept, ...], error: Unavailable) -> Ailment:
    what = str(error) if not kept else f"{error}; {len(kept)} objects of runs should be in it"
    repair = "set REGISTRY_REMOTE or mount it, then run `registry doctor` again"
    return ail(FindingKind.REMOTE_UNAVAILABLE, registry.objects.place, what, repair)


def _lost(registry: Registry, each: Kept, error: Corrupt) -> Ailment:
    kind = FindingKind.OBJECT_DAMAGED
    if isinstance(error, ObjectMissing):
        kind = FindingKind.OBJECT_MISSING
    others = len(each.owners) - 1
    needed = f"; {others} more runs need it" if others else ""
    what = f"{error}; it is object {each.artifact.md5}{needed}"
    mend: Mend = partial(put_back, artifact=each.artifact)
    source = next(holds(places(registry, each.artifact), each.artifact), None)
    if source is not None:
        return ail(kind, each.ref, f"{what}; {source} has it", REPAIR, mend)
    if isinstance(registry.settings.remote, Path):
        return ail(kind, each.ref, what, _by_person(each))
    repair = error.repair if isinstance(error, ObjectDeleted) else _by_person(each)
    told = f"{REPAIR}, if the bucket keeps an earlier version; else: {repair}"
    return ail(kind, each.ref, what, told, mend)


def _by_person(each: Kept) -> str:
    """Recording a run puts every object that is missing or damaged."""
    run = each.owners[0]
    if run.commit is None:
        return "copy it from a backup"
    return f"registry train {run.model} --commit {run.commit}"


def put_back(registry: Registry, artifact: Artifact) -> None:
    """Put the object back from whichever place has its bytes. Raises ObjectMissing if none has."""
    for source in holds(places(registry, artifact), artifact):
        registry.objects.put(source, artifact.md5)
        registry.objects.verify(artifact)
        return
    if not registry.objects.restore_earlier(artifact):
        where = "cache, downloads, checkout and earlier versions"
        raise ObjectMissing(artifact.path, where, f"sha256 {artifact.sha256}")


def _unknown(found: Sequence[StoredObject]) -> Iterator[Ailment]:
    """Tell of objects in no manifest; another store or plain DVC may need them, so none is taken."""
    for each in found:
        if datetime.now(UTC) - each.at > _YOUNG:
            what = f"{each.size_bytes} bytes of {each.at:%Y-%m-%d} that no run of this store has"
            remove = "aws s3 rm" if "://" in each.place else "rm -f"
            told = f"{remove} {shlex.quote(each.place)}"
            repair = f"{told}, if no other store and no DVC project needs it"
            yield ail(FindingKind.OBJECT_UNKNOWN, each.place, what, repair, note=True)
