"""The other places that hold bytes of versions: DVC's cache, downloads, the checkout."""

import logging
import os
import re
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from registry_tasks.entities.errors import Corrupt, InvalidProject, Unavailable
from registry_tasks.entities.finding import FindingKind
from registry_tasks.entities.manifest import Artifact
from registry_tasks.registry.care.doctor.ailment import Ailment, ail
from registry_tasks.registry.care.doctor.proving import Reach, digest_or_reason
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.artifacts import sources
from registry_tasks.stores.artifacts.digests import Digests
from registry_tasks.stores.artifacts.proof import told, wanted
from registry_tasks.stores.artifacts.writing import SUFFIX
from registry_tasks.stores.dvc.cache import DvcCache, shared_cache

_log = logging.getLogger(__name__)
_DOWNLOADED: Final = re.compile(r"[0-9a-f]{64}")


class _Copy(NamedTuple):
    """A file, and what its bytes must be."""

    path: Path
    artifact: Artifact


def places(registry: Registry, artifact: Artifact) -> Iterator[Path]:
    """Give where else the artifact's bytes may be, most likely first."""
    cache = cache_of(registry)
    if cache is not None:
        yield cache.path(artifact.md5)
    digest = artifact.sha256
    yield from sorted((registry.settings.cache / "sha256" / digest[:2] / digest[2:]).glob("*"))
    if registry.find_repository() is not None and not artifact.is_listing:
        yield registry.repository.root / artifact.path


def cache_of(registry: Registry) -> DvcCache | None:
    """Return DVC's cache of the checkout, None where there is no checkout with a cache."""
    repository = registry.find_repository()
    try:
        return None if repository is None else shared_cache(repository.root)
    except InvalidProject:  # what needs the cache to work says so
        return None


def cache(registry: Registry, artifacts: Iterable[Artifact], reach: Reach) -> Iterator[Ailment]:
    """Look for damaged files in DVC's cache: DVC hands out what it holds without looking at it."""
    found = cache_of(registry)
    if found is None:
        return
    copies = [
        _Copy(found.path(artifact.md5), artifact)
        for artifact in {a.md5: a for a in artifacts}.values()
    ]
    for copy, is_now in _wrong("cache", copies, reach):
        what = f"{copy.artifact.path} in the DVC cache is not what was registered: it is {is_now}"
        mend = partial(refill, artifact=copy.artifact, path=copy.path)
        yield ail(FindingKind.CACHE_DAMAGED, str(copy.path), what, mend=mend)


def downloads(registry: Registry, reach: Reach) -> Iterator[Ailment]:
    """Look for damaged downloads; they are hashed before each use, so they only cost time."""
    root = registry.settings.cache / "sha256"
    copies = []
    for path in sorted(root.glob("*/*/*")):
        digest = path.parent.parent.name + path.parent.name
        if _DOWNLOADED.fullmatch(digest) and not path.name.endswith(SUFFIX):
            copies.append((path, digest))

    def prove(copy: tuple[Path, str]) -> tuple[Path, Digests | str | None]:
        path, digest = copy
        found = digest_or_reason(path)
        right = isinstance(found, Digests) and found.sha256 == digest
        return path, None if right or not os.path.lexists(path) else found

    for path, found in reach.each("downloads", copies, prove):
        if found is not None:
            what = f"the download is not what was registered: it is {_told(found)}"
            mend = partial(_remove, path=path)
            yield ail(FindingKind.DOWNLOAD_DAMAGED, str(path), what, mend=mend)


def refill(registry: Registry, artifact: Artifact, path: Path) -> None:
    """Take a damaged file out of DVC's cache, and put the remote's object in its place.

    Where the remote has none, the file is gone, and DVC fetches or makes it when it needs it.
    """
    path.unlink(missing_ok=True)
    try:
        sources.fetch(artifact, registry.objects, registry.settings, path)
    except (Corrupt, Unavailable) as error:
        _log.warning("%s was damaged and is gone now; it is not back yet: %s", path, error)


def _wrong(what: str, copies: list[_Copy], reach: Reach) -> Iterator[tuple[_Copy, str]]:
    """Give what is there and wrong: all by size, what ``reach`` chooses by its bytes."""
    sized = []
    for copy in copies:
        if not os.path.lexists(copy.path):
            continue
        if copy.path.is_symlink() or not copy.path.is_file():
            yield copy, "no regular file"
        elif (size := copy.path.stat().st_size) != copy.artifact.size_bytes:
            yield copy, f"{size} bytes long"
        else:
            sized.append(copy)

    def prove(copy: _Copy) -> tuple[_Copy, Digests | str | None]:
        found = digest_or_reason(copy.path)
        return copy, None if found == wanted(copy.artifact) else found

    for copy, found in reach.each(what, sized, prove):
        if found is not None:
            yield copy, _told(found)


def _told(found: Digests | str) -> str:
    return told(found) if isinstance(found, Digests) else found


def _remove(registry: Registry, path: Path) -> None:
    path.unlink(missing_ok=True)
