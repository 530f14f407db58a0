"""The remote against the manifests: what must be there, and what nobody knows."""

import shlex
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final

from registry_tasks.entities.errors import (
    Corrupt,
    ObjectCorrupt,
    ObjectDeleted,
    ObjectMissing,
    RemoteMissing,
    Unavailable,
)
from registry_tasks.entities.finding import FindingKind
from registry_tasks.entities.manifest import Artifact
from registry_tasks.registry.care.doctor.ailment import REPAIR, Ailment, Mend, Remedy, ail
from registry_tasks.registry.care.doctor.kept import Kept, find_copy, put_back
from registry_tasks.registry.care.doctor.proving import Reach
from registry_tasks.registry.care.doctor.spares import ANY, KINDS, Spare
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.artifacts.listing import StoredObject

_YOUNG: Final = timedelta(days=1)
"""A run writes its objects before its record; none takes a day from one to the other."""


def remote(
    registry: Registry, kept: tuple[Kept, ...], spares: tuple[Spare, ...], reach: Reach
) -> Iterator[Ailment]:
    """Look for objects that are missing or damaged.

    All are looked up in the listing; then the bytes that ``reach`` chooses are read and hashed.
    """
    if not kept and not registry.objects.is_there():
        return
    try:
        listed = {found.md5: found for found in registry.objects.list_objects()}
    except Unavailable as error:
        yield _gone(registry, kept, spares, error)
        return
    present = []
    for each in kept:
        wrong = _by_listing(registry, each.artifact, listed.get(each.artifact.md5))
        if wrong is None:
            present.append(each)
        else:
            yield _lost(registry, each, spares, wrong)
    yield from _read(registry, present, spares, reach)


def unknown(registry: Registry, needed: Collection[str]) -> Iterator[Ailment]:
    """Tell of objects in no manifest; another store or plain DVC may need them, so none is taken.

    ``needed`` is the MD5 of all that runs have; a remote that is away is told of elsewhere.
    """
    try:
        listed = list(registry.objects.list_objects())
    except Unavailable:
        return
    for each in listed:
        if each.md5 not in needed and datetime.now(UTC) - each.at > _YOUNG:
            what = f"{each.size_bytes} bytes of {each.at:%Y-%m-%d} that no run of this store has"
            remove = "aws s3 rm" if "://" in each.place else "rm -f"
            advice = (
                "`registry collect` takes what a registry left; of any other this shows which commits "
                "name it: if none does, and no other store and no DVC project needs it: "
                f"{remove} {shlex.quote(each.place)}"
            )
            remedy = Remedy(f"git log --all --oneline -S {each.md5}", advice)
            yield ail(FindingKind.OBJECT_UNKNOWN, each.place, what, remedy, note=True)


def _read(
    registry: Registry, present: Sequence[Kept], spares: tuple[Spare, ...], reach: Reach
) -> Iterator[Ailment]:
    def prove(each: Kept) -> tuple[Kept, Corrupt | Unavailable | None]:
        try:
            registry.objects.verify(each.artifact)
        except (Corrupt, Unavailable) as error:
            return each, error
        return each, None

    silent: Unavailable | None = None
    for each, error in reach.each("remote", present, prove):
        if isinstance(error, Corrupt):
            yield _lost(registry, each, spares, error)
        silent = error if isinstance(error, Unavailable) else silent
    if silent is not None:
        yield _gone(registry, (), spares, silent)


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


def _gone(
    registry: Registry, kept: tuple[Kept, ...], spares: tuple[Spare, ...], error: Unavailable
) -> Ailment:
    """A remote is made anew only where somebody names what to fill it from: it may be unmounted."""
    kind, place = FindingKind.REMOTE_UNAVAILABLE, registry.objects.place
    what = str(error) if not kept else f"{error}; {len(kept)} objects of runs should be in it"
    if spares and kept and isinstance(error, RemoteMissing):
        remedy = Remedy(spares[0].command, "only if it is lost for good: it is made anew")
        mend = partial(_fill, kept=kept, spares=spares)
        return ail(kind, place, what, remedy, mend)
    advice = f"mount it or set REGISTRY_REMOTE before; if it is lost for good, fill it anew: {ANY}"
    return ail(kind, place, what, Remedy("registry doctor --quick", advice))


def _fill(registry: Registry, kept: tuple[Kept, ...], spares: tuple[Spare, ...]) -> None:
    """Make the remote, and put all that can be had; a second look names what could not."""
    registry.objects.create()
    for each in kept:
        with suppress(Corrupt):
            put_back(registry, each.artifact, spares)


def _lost(registry: Registry, each: Kept, spares: tuple[Spare, ...], error: Corrupt) -> Ailment:
    kind = FindingKind.OBJECT_DAMAGED
    if isinstance(error, ObjectMissing):
        kind = FindingKind.OBJECT_MISSING
    what = f"{error}; it is object {each.artifact.md5}{each.others}"
    mend: Mend = partial(put_back, artifact=each.artifact, spares=spares)
    copy = find_copy(registry, each.artifact, spares)
    if copy is not None:
        return ail(kind, each.ref, f"{what}; {copy.place} has it", Remedy(copy.command), mend)
    furthest = _furthest(each)
    if isinstance(registry.settings.remote, Path):
        return ail(kind, each.ref, what, furthest)
    by_hand = f", as `{error.repair}` does" if isinstance(error, ObjectDeleted) else ""
    advice = (
        f"it brings back an earlier version that the bucket keeps{by_hand}; "
        f"if there is none: {furthest.command} ({furthest.advice})"
    )
    return ail(kind, each.ref, what, Remedy(REPAIR, advice), mend)


def _furthest(each: Kept) -> Remedy:
    """Recording a run puts every object that is missing or damaged."""
    run, nowhere = each.owners[0], "no copy is at hand"
    if run.commit is None or each.artifact.stage is None:
        again = "" if run.commit else "; registering the same file again puts its bytes back too"
        return Remedy(ANY, f"{nowhere}: FOLDER is {KINDS} that has it{again}")
    advice = f"{nowhere}: this makes it again if its pipeline is deterministic; from a copy: {ANY}"
    return Remedy(f"registry train {run.model} --commit {run.commit}", advice)
