"""The object remote: what is in it is proven, whole, and readable by the real DVC."""

import errno
import fcntl
import hashlib
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest
from support.processes import together
from support.remotes import artifact_of

from registry_tasks.entities.errors import (
    DiskFull,
    InvalidArtifact,
    ObjectCorrupt,
    RemoteMissing,
    StoreReadOnly,
)
from registry_tasks.stores.artifacts.digests import Digests, Hasher, digest_file
from registry_tasks.stores.artifacts.directory import ObjectDirectory

CONTENT = b"a model\n" * 100_000
MD5 = hashlib.md5(CONTENT).hexdigest()


@pytest.fixture
def objects(tmp_path: Path) -> ObjectDirectory:
    made = ObjectDirectory(tmp_path / "remote")
    made.create()
    return made


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "model.txt"
    path.write_bytes(CONTENT)
    return path


def damage(path: Path, content: bytes) -> None:
    path.chmod(0o644)
    path.write_bytes(content)


FLIPPED = bytes([CONTENT[0] ^ 1]) + CONTENT[1:]
DAMAGES = [FLIPPED, CONTENT[:-1], CONTENT + b"x", b""]


def test_digests_are_those_of_the_bytes(source: Path, tmp_path: Path) -> None:
    expected = Digests(MD5, hashlib.sha256(CONTENT).hexdigest(), len(CONTENT))
    assert digest_file(source) == expected
    (tmp_path / "empty").touch()
    assert digest_file(tmp_path / "empty").size_bytes == 0


@pytest.mark.slow
def test_digests_of_many_bytes_are_the_same_however_they_come() -> None:
    """From eight mebibytes on, SHA-256 has a thread of its own."""
    content = CONTENT * 30
    for size in (1 << 20, 3 << 20, len(content)):
        hasher = Hasher()
        for start in range(0, len(content), size):
            hasher.update(content[start : start + size])
        expected = (hashlib.md5(content).hexdigest(), hashlib.sha256(content).hexdigest())
        assert hasher.digests() == (*expected, len(content))
        hasher.update(b"more")
        assert hasher.digests().sha256 == hashlib.sha256(content + b"more").hexdigest()


def test_bytes_in_memory_are_stored_once_and_replace_what_is_damaged(
    objects: ObjectDirectory,
) -> None:
    digests = Digests(MD5, hashlib.sha256(CONTENT).hexdigest(), len(CONTENT))
    objects.put_bytes(CONTENT, digests)
    stored = objects.path(MD5)
    first = stored.stat().st_ino
    objects.put_bytes(CONTENT, digests)
    assert stored.stat().st_ino == first
    damage(stored, FLIPPED)
    objects.put_bytes(CONTENT, digests)
    assert stored.read_bytes() == CONTENT
    assert stored.stat().st_mode & 0o777 == 0o444
    assert objects.temporaries() == ()


def test_what_was_just_put_is_refused_if_it_reads_back_damaged(
    objects: ObjectDirectory, source: Path
) -> None:
    artifact = artifact_of(CONTENT)
    objects.put(source, MD5)
    objects.read_back(artifact)
    for content in DAMAGES:
        damage(objects.path(MD5), content)
        with pytest.raises(ObjectCorrupt):
            objects.read_back(artifact)


def test_only_regular_files_are_hashed(source: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(source)
    (tmp_path / "dangling").symlink_to(tmp_path / "nothing")
    os.mkfifo(tmp_path / "pipe")
    for name in ("link", "dangling", "pipe", "."):
        with pytest.raises(InvalidArtifact):
            digest_file(tmp_path / name)
    with pytest.raises(FileNotFoundError):
        digest_file(tmp_path / "nothing")


def test_an_object_is_stored_read_only_under_its_md5(
    objects: ObjectDirectory, source: Path
) -> None:
    assert objects.put(source, MD5) == digest_file(source)
    path = objects.root / "files" / "md5" / MD5[:2] / MD5[2:]
    assert path == objects.path(MD5)
    assert path.read_bytes() == CONTENT
    assert path.stat().st_mode & 0o777 == 0o444
    assert objects.has(MD5)
    assert not objects.has("0" * 32)


def test_file_and_folders_are_on_the_disk_before_an_object_counts_as_stored(
    objects: ObjectDirectory, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[Path] = []

    def watch(descriptor: int) -> None:
        synced.append(Path(os.readlink(f"/proc/self/fd/{descriptor}")))

    monkeypatch.setattr(os, "fsync", watch)
    objects.put(source, MD5)
    folder = objects.path(MD5).parent
    assert [synced[0], synced[1].parent, synced[2]] == [folder.parent, objects.root / "tmp", folder]


def test_the_remote_shares_no_inode_with_where_the_bytes_came_from(
    objects: ObjectDirectory, source: Path
) -> None:
    objects.put(source, MD5)
    damage(source, FLIPPED)
    objects.verify(artifact_of(CONTENT))


def test_a_link_or_a_folder_in_place_of_an_object_is_corrupt(
    objects: ObjectDirectory, source: Path, tmp_path: Path
) -> None:
    path = objects.path(MD5)
    path.parent.mkdir()
    path.symlink_to(source)
    with pytest.raises(ObjectCorrupt, match="symbolic link"):
        objects.verify(artifact_of(CONTENT))
    objects.put(source, MD5)
    assert not path.is_symlink()
    path.unlink()
    path.mkdir()
    with pytest.raises(ObjectCorrupt, match="not a regular file"):
        objects.fetch(artifact_of(CONTENT), tmp_path / "out")


def test_a_folder_that_is_gone_is_said_by_everything(source: Path, tmp_path: Path) -> None:
    gone = ObjectDirectory(tmp_path / "gone")
    for call in (
        lambda: gone.has(MD5),
        lambda: gone.put(source, MD5),
        lambda: gone.verify(artifact_of(CONTENT)),
        lambda: gone.fetch(artifact_of(CONTENT), tmp_path / "out"),
        gone.temporaries,
        gone.sweep,
    ):
        with pytest.raises(RemoteMissing, match="gone"):
            call()
    assert not (tmp_path / "gone").exists()


def test_a_file_in_place_of_the_folder_is_said(source: Path) -> None:
    with pytest.raises(RemoteMissing):
        ObjectDirectory(source).create()
    with pytest.raises(RemoteMissing):
        ObjectDirectory(source / "below").create()


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (errno.ENOSPC, DiskFull),
        (errno.EDQUOT, DiskFull),
        (errno.EROFS, StoreReadOnly),
        (errno.EACCES, StoreReadOnly),
        (errno.EIO, RemoteMissing),
    ],
)
def test_what_the_system_refuses_is_told_and_leaves_nothing(
    objects: ObjectDirectory,
    source: Path,
    monkeypatch: pytest.MonkeyPatch,
    code: int,
    expected: type[Exception],
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(expected):
        objects.put(source, MD5)
    monkeypatch.undo()
    assert not objects.has(MD5)
    assert list((objects.root / "tmp").iterdir()) == []
    objects.put(source, MD5)


WRITER = """
import os, sys
from pathlib import Path
from registry_tasks.stores.artifacts import writing
from registry_tasks.stores.artifacts.directory import ObjectDirectory
def stop(descriptor):
    if os.readlink(f"/proc/self/fd/{descriptor}").endswith(writing.SUFFIX):
        print("writing", flush=True)
        sys.stdin.readline()
writing.os.fsync = stop
ObjectDirectory(Path(sys.argv[1])).put(Path(sys.argv[2]), sys.argv[3])
"""


def start_writer(objects: ObjectDirectory, source: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", WRITER, str(objects.root), str(source), MD5]
    writer = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert writer.stdout is not None
    assert writer.stdout.readline() == b"writing\n"
    return writer


def test_a_killed_writer_leaves_a_temporary_that_is_swept_and_no_object(
    objects: ObjectDirectory, source: Path
) -> None:
    with start_writer(objects, source) as writer:
        assert objects.temporaries() == ()  # it is alive
        assert objects.sweep() == 0
        writer.send_signal(signal.SIGKILL)
        writer.wait()
    assert not objects.has(MD5)
    assert len(objects.temporaries()) == 1
    assert objects.sweep() == 1
    assert objects.temporaries() == ()


def test_a_temporary_swept_before_its_writer_held_it_is_made_again(
    objects: ObjectDirectory, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = fcntl.flock
    swept: list[Path] = []

    def sweep_first(file: IO[bytes], how: int) -> None:
        if not swept:
            swept.extend((objects.root / "tmp").iterdir())
            swept[0].unlink()
        real(file, how)

    monkeypatch.setattr(fcntl, "flock", sweep_first)
    objects.put(source, MD5)
    assert len(swept) == 1
    objects.verify(artifact_of(CONTENT))


def put_and_sweep(root: Path, source: Path) -> None:
    objects = ObjectDirectory(root)
    for _ in range(20):
        objects.put(source, MD5)
        objects.sweep()
        objects.path(MD5).unlink(missing_ok=True)
    objects.put(source, MD5)


@pytest.mark.slow
def test_many_processes_store_and_sweep_the_same_object_at_once(
    objects: ObjectDirectory, source: Path
) -> None:
    together(4, lambda _: put_and_sweep(objects.root, source))
    objects.verify(artifact_of(CONTENT))
    assert list((objects.root / "tmp").iterdir()) == []


def test_what_is_collected_while_a_folder_is_listed_is_left_out(objects: ObjectDirectory) -> None:
    folder = objects.root / "files" / "md5" / "00"
    folder.mkdir()
    gone, stays = (folder / (letter * 30) for letter in "bc")
    for path in (folder / ("a" * 30), gone, stays):
        path.write_bytes(b"bytes")
    listed = objects.list_objects()
    next(listed)
    gone.unlink()
    assert [found.place for found in listed] == [str(stays)]
