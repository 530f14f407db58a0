"""P7c on Ceph's object gateway: what is collected from a bucket is hidden, renewed or held stays."""

import hashlib
import random
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from support.remotes import artifact_of
from support.s3 import S3Server
from support.trials import Trial
from support.world import World, copy_tree

from registry_tasks.entities.bucket import Bucket
from registry_tasks.entities.dropped_bytes import DropBytes
from registry_tasks.entities.promotion import Archive
from registry_tasks.entities.reproduction import Verdict
from registry_tasks.registry.care.collect import JOURNAL, Reach, collect, plan_collection
from registry_tasks.registry.care.examine import examine
from registry_tasks.registry.experiments.remake import bring_back
from registry_tasks.registry.lifecycle.archive import archive
from registry_tasks.registry.lifecycle.drop_bytes import drop_bytes
from registry_tasks.stores.artifacts.s3 import collecting, copying
from registry_tasks.stores.artifacts.s3.bucket import ObjectBucket
from registry_tasks.stores.artifacts.s3.connection import Connection
from registry_tasks.stores.artifacts.s3.deadline import Deadline

from .test_p08_radosgw import ceph, server, versioned

__all__ = ["ceph", "server", "versioned"]  # fixtures
pytestmark = [pytest.mark.gate, pytest.mark.slow]


@pytest.fixture
def world(template: Path, tmp_path: Path, server: S3Server, versioned: Bucket) -> Iterator[World]:
    copy_tree(template, tmp_path / "world")
    made = World(tmp_path / "world")
    made.remote = versioned
    yield made
    made.close()


def name(content: bytes) -> str:
    return hashlib.md5(content, usedforsecurity=False).hexdigest()


def leave(world: World, content: bytes) -> None:
    file = world.folder / "left.bin"
    file.write_bytes(content)
    world.registry().objects.put(file, name(content))


def put_by_dvc(server: S3Server, bucket: Bucket, content: bytes) -> None:
    md5 = name(content)
    key = bucket.key("files", "md5", md5[:2], md5[2:])
    server.client().put_object(Bucket=bucket.name, Key=key, Body=content)


def later() -> Reach:
    return Reach((), datetime.now(UTC) + timedelta(days=1))


def test_what_nobody_needs_is_hidden_and_the_rest_stays(
    server: S3Server, world: World, versioned: Bucket, trial: Trial
) -> None:
    for number in (1, 2):
        world.reproduced(world.version(number), Verdict.IDENTICAL)
        archive(world.registry(), Archive(ref=f"mower@{number}"))
    drop_bytes(world.registry(), DropBytes(ref="mower@1"))
    leave(world, b"left")
    put_by_dvc(server, versioned, b"theirs")

    planned = plan_collection(world.registry(), later())
    assert {each.md5 for each in planned.unneeded} == {name(b"model 1"), name(b"left")}
    assert collect(world.registry(), later()).taken == 2

    objects = world.registry().objects
    there = {
        content: objects.has(name(content))
        for content in (b"model 1", b"left", b"model 2", b"theirs")
    }
    assert there == {b"model 1": False, b"left": False, b"model 2": True, b"theirs": True}
    assert examine(world.registry()) == () or all(f.note for f in examine(world.registry()))
    assert bring_back(world.registry(), "mower@1") is None
    leave(world, b"model 1")  # as a rebuild puts it
    assert bring_back(world.registry(), "mower@1") is not None
    trial.report("P7c", "a collection from radosgw", "2 taken, 2 of others and of runs stay")


def test_what_a_writer_renews_as_it_is_taken_is_there_again(
    world: World, monkeypatch: pytest.MonkeyPatch, trial: Trial
) -> None:
    world.version(1)
    leave(world, b"left")
    time.sleep(1.1)  # a listing tells seconds
    reach = Reach((), datetime.now(UTC))
    time.sleep(1.1)
    notes = world.registry().objects.collecting
    monkeypatch.setattr(collecting, "FRESH", timedelta(0))
    is_held = collecting.holds.is_held

    def renewed_before(*args: object) -> bool:
        assert world.registry().objects.renew(name(b"left"))
        return is_held(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(collecting.holds, "is_held", renewed_before)

    assert notes.remove_old(name(b"left"), reach.before) is False
    assert world.registry().objects.has(name(b"left"))
    trial.report("P7c", "an object renewed between look and taking", "it is there again")


def test_a_collector_killed_before_it_could_look_again_is_undone(
    server: S3Server, world: World, versioned: Bucket, trial: Trial
) -> None:
    world.version(1)
    before = datetime.now(UTC) - timedelta(days=1)
    md5 = name(b"model 1")
    notes = world.registry().objects.collecting

    notes.write_note("collecting/dead.json", JOURNAL.dump_json((before, (md5,))))
    key = versioned.key("files", "md5", md5[:2], md5[2:])
    server.client().delete_object(Bucket=versioned.name, Key=key)
    assert not world.registry().objects.has(md5)

    collect(world.registry(), Reach((), before))

    assert world.registry().objects.has(md5)
    assert notes.list_notes("collecting") == ()
    trial.report("P7c", "a collector killed between a delete marker and its second look", "undone")


def test_a_legal_hold_is_heeded_whoever_put_it(
    server: S3Server, template: Path, tmp_path: Path, trial: Trial
) -> None:
    copy_tree(template, tmp_path / "world")
    world = World(tmp_path / "world")
    world.remote = locked = server.make_bucket(ObjectLockEnabledForBucket=True)
    world.version(1)
    leave(world, b"left")
    md5 = name(b"left")
    key = locked.key("files", "md5", md5[:2], md5[2:])
    server.client().put_object_legal_hold(Bucket=locked.name, Key=key, LegalHold={"Status": "ON"})

    assert collect(world.registry(), later()).taken == 0

    assert world.registry().objects.has(md5)
    world.close()
    trial.report("P7c", "an unneeded object with S3's legal hold", "it stays")


def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note what the bucket is asked from now on."""
    asked: list[str] = []
    call = Connection.call

    def noted(self: Connection, method: str, *rest: Any, **parameters: Any) -> Any:
        asked.append(method)
        return call(self, method, *rest, **parameters)

    monkeypatch.setattr(Connection, "call", noted)
    return asked


def test_an_object_too_big_for_one_copy_comes_back_in_parts(
    server: S3Server,
    versioned: Bucket,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    trial: Trial,
) -> None:
    monkeypatch.setattr(copying, "ONE_COPY_BYTES", 5 << 20)
    content = random.Random(2).randbytes(11 << 20)
    file = tmp_path / "big.bin"
    file.write_bytes(content)
    objects = ObjectBucket(versioned, 60)
    objects.put(file, name(content))
    key = objects.key(name(content))
    before = server.client().head_object(Bucket=versioned.name, Key=key)
    server.client().delete_object(Bucket=versioned.name, Key=key)
    asked = calls(monkeypatch)

    assert objects.restore_earlier(artifact_of(content))

    assert asked.count("upload_part_copy") == 3
    after = server.client().head_object(Bucket=versioned.name, Key=key)
    assert after["Metadata"] == before["Metadata"] != {}
    objects.verify(artifact_of(content))
    trial.report("P7c", "a deleted object of 11 MiB by copies of 5 MiB", "back, the same bytes")


def test_an_object_too_big_for_one_copy_is_renewed_in_parts(
    server: S3Server,
    versioned: Bucket,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    trial: Trial,
) -> None:
    monkeypatch.setattr(collecting, "FRESH", timedelta(0))
    monkeypatch.setattr(copying, "ONE_COPY_BYTES", 5 << 20)
    asked = calls(monkeypatch)
    content = random.Random(1).randbytes(11 << 20)
    file = tmp_path / "big.bin"
    file.write_bytes(content)
    objects = ObjectBucket(versioned, 60)
    objects.put(file, name(content))
    key = objects.key(name(content))
    before = server.client().head_object(Bucket=versioned.name, Key=key)
    time.sleep(1.1)
    asked.clear()

    assert collecting.renew(Connection(versioned), key, {}, Deadline(60))

    parts = ["upload_part_copy"] * 3
    upload = ["create_multipart_upload", *parts, "complete_multipart_upload"]
    assert asked == ["head_object", *upload], "nothing is read here"
    after = server.client().head_object(Bucket=versioned.name, Key=key)
    assert after["LastModified"] > before["LastModified"]
    assert after["Metadata"] == before["Metadata"] != {}
    fetched = tmp_path / "fetched"
    objects.fetch(artifact_of(content), fetched)
    assert fetched.read_bytes() == content
    trial.report("P7c", "an object of 11 MiB renewed by copies of 5 MiB", "the same bytes, young")
