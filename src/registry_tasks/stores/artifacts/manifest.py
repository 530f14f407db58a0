"""A run's manifest: every file that its pipeline read or wrote, proven by its bytes."""

import os
import re
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from registry_tasks.entities.declaration import ModelDeclaration
from registry_tasks.entities.errors import InvalidArtifact, ObjectCorrupt, ObjectMissing
from registry_tasks.entities.manifest import Artifact, Home, Manifest
from registry_tasks.entities.pipeline import Dependency, Pipeline
from registry_tasks.entities.source import Source
from registry_tasks.stores.artifacts.digests import Digests, digest_file
from registry_tasks.stores.artifacts.folders import digest_folder
from registry_tasks.stores.artifacts.remote import ObjectRemote
from registry_tasks.stores.dvc.cache import DvcCache
from registry_tasks.stores.dvc.imports import find_sources
from registry_tasks.stores.dvc.project import uncached_outputs


class _Promise(NamedTuple):
    """A file that dvc.lock names, and where its bytes must be."""

    path: str
    md5: str
    source: Path
    home: Home
    origin: Source | None = None


def build_manifest(
    pipeline: Pipeline,
    own: Pipeline,
    declaration: ModelDeclaration,
    workspace: Path,
    cache: DvcCache,
    tracked: frozenset[str],
) -> Manifest:
    """Hash every output of the pipeline and all data that no stage made.

    Args:
        pipeline: all DVC stages that ran.
        own: those of them that lead to the model.
        tracked: the dependencies that Git keeps, whose bytes are in the run's commit.

    Raises: ObjectMissing, ObjectCorrupt if bytes are not what dvc.lock says, InvalidArtifact if
    the declared model is not among them or is empty.
    """
    promises: dict[str, _Promise] = {}
    for recorded, homes in _recorded(pipeline, uncached_outputs(workspace), tracked):
        for promise in _expand(recorded, homes, workspace, cache):
            promises.setdefault(promise.path, promise)
    for path, origin in _origins(pipeline, workspace, tracked).items():
        if path in promises:
            promises[path] = promises[path]._replace(home=Home.SOURCE, origin=origin)
    sources = list({promise.source: None for promise in promises.values()})
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        digests = dict(zip(sources, pool.map(_digest, sources), strict=True))
    artifacts = (_prove(p, digests[p.source], pipeline, own) for p in promises.values())
    manifest = Manifest(artifacts=tuple(sorted(artifacts, key=lambda a: a.path)))
    _check_model(manifest, declaration.path)
    return manifest


def store_manifest(
    manifest: Manifest, cache: DvcCache, workspace: Path, objects: ObjectRemote
) -> None:
    """Put all that the remote must hold into it, directory listings after the files they list.

    Bytes come from the cache, or from the workspace if they are not in the cache.
    Raises: ObjectMissing, ObjectCorrupt, RemoteMissing, DiskFull, StoreReadOnly.
    """

    def put(artifact: Artifact) -> None:
        cached = cache.path(artifact.md5)
        source = cached if cached.is_file() else workspace / artifact.path
        try:
            stored = objects.put(source, artifact.md5)
        except FileNotFoundError as error:
            raise ObjectMissing(artifact.path, str(cache.root), artifact.md5) from error
        if (stored.sha256, stored.size_bytes) != (artifact.sha256, artifact.size_bytes):
            raise ObjectCorrupt(artifact.path, str(cache.root), artifact.sha256, stored.sha256)

    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        list(pool.map(put, (a for a in manifest.stored if not a.is_listing)))
    for listing in (a for a in manifest.stored if a.is_listing):
        put(listing)


def _recorded(
    pipeline: Pipeline, uncached: Mapping[str, re.Pattern[str]], tracked: frozenset[str]
) -> Iterator[tuple[Dependency, tuple[Home, ...]]]:
    """Give what dvc.lock names, and who can keep it; the first that has it does."""
    for stage in pipeline.stages:
        for out in stage.outputs:
            is_uncached = stage.template in uncached and uncached[stage.template].fullmatch(
                out.path
            )
            yield out, (Home.GIT,) if is_uncached else (Home.REMOTE,)
        for read in stage.dependencies:
            if pipeline.producer(read.path) is None and read.path not in tracked:
                yield read, (Home.REMOTE, Home.GIT)


def _origins(pipeline: Pipeline, workspace: Path, tracked: frozenset[str]) -> dict[str, Source]:
    """Return the files that stay in the buckets they were imported from."""
    found: dict[str, Source] = {}
    for stage in pipeline.stages:
        for read in stage.dependencies:
            if pipeline.producer(read.path) is None and read.path not in tracked:
                found |= find_sources(workspace, read.path)
    return found


def _expand(
    recorded: Dependency, homes: tuple[Home, ...], workspace: Path, cache: DvcCache
) -> Iterator[_Promise]:
    """Give the file, or the listing and the files of a directory."""
    path, md5 = recorded.path, recorded.md5
    if PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts:
        raise InvalidArtifact(path, "it lies outside of the project, where nothing keeps it")
    cached, here = cache.path(md5), workspace / path
    if Home.REMOTE in homes and cached.is_file():
        yield _Promise(path, md5, cached, Home.REMOTE)
        if md5.endswith(".dir"):
            for name, file_md5 in cache.listing(md5):
                yield _Promise(f"{path}/{name}", file_md5, cache.path(file_md5), Home.REMOTE)
    elif Home.GIT in homes and md5.endswith(".dir") and here.is_dir():
        yield from _expand_folder(recorded, here)
    elif Home.GIT in homes and here.is_file():
        yield _Promise(path, md5, here, Home.GIT)
    else:
        places = {Home.REMOTE: cache.root, Home.GIT: workspace}
        raise ObjectMissing(path, " and ".join(str(places[home]) for home in homes), f"md5 {md5}")


def _expand_folder(recorded: Dependency, folder: Path) -> Iterator[_Promise]:
    """Give the files of a directory that is in no cache, if they are what its md5 says."""
    found = digest_folder(folder)
    if found.md5 != recorded.md5:
        raise ObjectCorrupt(recorded.path, str(folder), f"md5 {recorded.md5}", f"md5 {found.md5}")
    for name, md5 in found.files.items():
        yield _Promise(f"{recorded.path}/{name}", md5, folder / name, Home.GIT)


def _digest(source: Path) -> Digests:
    try:
        return digest_file(source)
    except FileNotFoundError as error:
        raise ObjectMissing(source.name, str(source.parent), "named in dvc.lock") from error


def _prove(promise: _Promise, found: Digests, pipeline: Pipeline, own: Pipeline) -> Artifact:
    wanted = promise.md5.removesuffix(".dir")
    if found.md5 != wanted:
        place = str(promise.source)
        raise ObjectCorrupt(promise.path, place, f"md5 {wanted}", f"md5 {found.md5}")
    producer = pipeline.producer(promise.path)
    return Artifact(
        path=promise.path,
        md5=promise.md5,
        sha256=found.sha256,
        size_bytes=found.size_bytes,
        home=promise.home,
        stage=producer.name if producer else None,
        own=own.concerns(promise.path),
        source=None if promise.origin is None else str(promise.origin),
    )


def _check_model(manifest: Manifest, path: str) -> None:
    model = manifest.find(path)
    if model is None or model.stage is None:
        raise InvalidArtifact(path, "no stage of the pipeline wrote it")
    if model.is_listing:
        raise InvalidArtifact(path, "it is a directory; declare the model's file")
    if model.size_bytes == 0:
        raise InvalidArtifact(path, "it is empty")
