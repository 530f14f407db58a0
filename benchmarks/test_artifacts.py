"""Storing artifacts, hashed on the way in and read back: beside a copy, both hashes and a read-back."""

import hashlib
import os
import random
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final, NamedTuple, TypeVar

import pytest
from pairs import Pair

from registry_tasks.entities.manifest import Artifact, Home
from registry_tasks.stores.artifacts.digests import digest_file
from registry_tasks.stores.artifacts.directory import ObjectDirectory

_CHUNK: Final = 1 << 20
_LIMIT: Final = "a synced copy, both hashes of it and of its source"
T = TypeVar("T")


class Load(NamedTuple):
    """Files to store."""

    name: str
    files: int
    size_bytes: int


LOADS: Final = (Load("1 GiB in one file", 1, 1 << 30), Load("2,000 files of 50 kB", 2000, 50_000))


LOAD = pytest.mark.parametrize("load", LOADS, ids=lambda load: load.name)


@LOAD
def test_put(pair: Pair, tmp_path: Path, load: Load) -> None:
    sources = _make(tmp_path / "sources", load)
    remote, copies = ObjectDirectory(tmp_path / "objects"), tmp_path / "copies"

    def ours() -> None:
        remote.create()
        _at_once(lambda source: _store(remote, source), sources)

    def limit() -> None:
        copies.mkdir()
        _at_once(lambda source: _copy(source, copies / source.name), sources)

    def clear() -> None:
        for folder in (remote.root, copies):
            shutil.rmtree(folder, ignore_errors=True)

    pair(f"put {load.name}", ours, limit, limit_name=_LIMIT, rounds=3, prepare=clear, warm_up=1)
    assert len(list(remote.list_objects())) == load.files  # nothing twice


@LOAD
def test_get(pair: Pair, tmp_path: Path, load: Load) -> None:
    sources = _make(tmp_path / "sources", load)
    remote, fetched = ObjectDirectory(tmp_path / "objects"), tmp_path / "fetched"
    remote.create()
    _at_once(lambda source: _store(remote, source), sources)
    artifacts = [_artifact(source) for source in sources]

    def ours() -> None:
        _at_once(lambda a: remote.fetch(a, fetched / "ours" / a.path), artifacts)

    def limit() -> None:
        (fetched / "bare").mkdir(parents=True)
        _at_once(lambda a: _copy(remote.path(a.md5), fetched / "bare" / a.path), artifacts)

    def clear() -> None:
        shutil.rmtree(fetched, ignore_errors=True)

    pair(f"get {load.name}", ours, limit, limit_name=_LIMIT, rounds=3, prepare=clear, warm_up=1)


def _make(folder: Path, load: Load) -> list[Path]:
    folder.mkdir()
    block = random.Random(0).randbytes(_CHUNK)
    for number in range(load.files):
        with (folder / str(number)).open("wb") as file:
            file.write(number.to_bytes(8, "big"))
            for start in range(8, load.size_bytes, _CHUNK):
                file.write(block[: load.size_bytes - start])
    return sorted(folder.iterdir())


def _at_once(act: Callable[[T], object], items: list[T]) -> None:
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(act, items))


def _artifact(source: Path) -> Artifact:
    md5, sha256, size_bytes = digest_file(source)
    return Artifact(
        path=source.name, md5=md5, sha256=sha256, size_bytes=size_bytes, home=Home.REMOTE, stage=None
    )  # fmt: skip


def _store(remote: ObjectDirectory, source: Path) -> None:
    artifact = _artifact(source)
    remote.put(source, artifact.md5)
    remote.verify(artifact)


def _copy(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)
    with target.open("rb") as file:
        os.fsync(file.fileno())
    for path in (source, target):
        md5, sha256 = hashlib.md5(usedforsecurity=False), hashlib.sha256()
        with path.open("rb", buffering=0) as file:
            while piece := file.read(_CHUNK):
                md5.update(piece)
                sha256.update(piece)
