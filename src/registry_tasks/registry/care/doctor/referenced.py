"""Data that stays in a bucket of its own: whether the version that runs were made from is there."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from registry_tasks.entities.errors import Corrupt, ObjectMissing, RegistryError
from registry_tasks.entities.finding import FindingKind
from registry_tasks.entities.manifest import Artifact
from registry_tasks.entities.source import Source
from registry_tasks.registry.care.doctor.ailment import Ailment, Remedy, ail
from registry_tasks.registry.care.doctor.kept import Kept, find_copy, put_back
from registry_tasks.registry.care.doctor.proving import Reach
from registry_tasks.registry.care.doctor.spares import ANY, KINDS, Spare
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.artifacts import sources


class _Seen(NamedTuple):
    """What came of a look; None if all is well."""

    kept: Kept
    error: RegistryError | None


def data(
    registry: Registry, kept: tuple[Kept, ...], spares: tuple[Spare, ...], reach: Reach
) -> Iterator[Ailment]:
    """Look for versions of data that are gone or damaged at their source.

    Every one is asked for by its version; then the bytes that ``reach`` chooses are hashed.
    """

    def look(each: Kept) -> _Seen:
        return _try(each, partial(sources.look, each.artifact, registry.objects, registry.settings))

    def prove(each: Kept) -> _Seen:
        return _try(
            each, partial(sources.verify, each.artifact, registry.objects, registry.settings)
        )

    seen = replace(reach, sample=None).each("sources", kept, look)
    present = [one.kept for one in seen if one.error is None]
    seen += reach.each("sources", present, prove)
    silent: dict[str, RegistryError] = {}
    for one in seen:
        if isinstance(one.error, Corrupt):
            yield _lost(registry, one.kept, spares, one.error)
        elif one.error is not None:
            silent[_bucket(one.kept.artifact)] = one.error
    for bucket, error in silent.items():
        remedy = Remedy("registry doctor --quick", "see to its bucket before; docs/s3.md")
        yield ail(FindingKind.REMOTE_UNAVAILABLE, bucket, str(error), remedy)


def _lost(registry: Registry, each: Kept, spares: tuple[Spare, ...], error: Corrupt) -> Ailment:
    """Its version cannot be made again, but its bytes can be kept in the remote instead."""
    kind = FindingKind.SOURCE_DAMAGED
    if isinstance(error, ObjectMissing):
        kind = FindingKind.SOURCE_MISSING
    what = f"{error}; it is object {each.artifact.md5}{each.others}"
    copy = find_copy(registry, each.artifact, spares)
    if copy is None:
        advice = (
            f"no copy is at hand: FOLDER is {KINDS} that has it; without one, what was made from "
            "it cannot be reproduced"
        )
        return ail(kind, each.ref, what, Remedy(ANY, advice))
    mend = partial(put_back, artifact=each.artifact, spares=spares)
    remedy = Remedy(copy.command, f"it copies {each.artifact.size_bytes} bytes into the remote")
    return ail(kind, each.ref, f"{what}; {copy.place} has it", remedy, mend)


def _try(each: Kept, act: Callable[[], None]) -> _Seen:
    try:
        act()
    except RegistryError as error:
        return _Seen(each, error)
    return _Seen(each, None)


def _bucket(artifact: Artifact) -> str:
    return "" if artifact.source is None else f"s3://{Source.parse(artifact.source).bucket}"
