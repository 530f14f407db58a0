"""The object remote in a bucket: what only a server of objects can do, or do wrong."""

import asyncio
import gc
import hashlib
import os
import sys
import urllib.request
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fsspec.asyn import get_loop
from support import faults
from support.faults import faults_before
from support.remotes import BucketHand
from support.s3 import S3Server, use

from registry_tasks.entities.bucket import Bucket
from registry_tasks.entities.errors import (
    ExtraMissing,
    InvalidSetting,
    ObjectCorrupt,
    ObjectMissing,
    RemoteCredentials,
    RemoteMissing,
    RemoteUnreachable,
)
from registry_tasks.entities.manifest import Artifact, Home
from registry_tasks.settings import Settings
from registry_tasks.stores.artifacts.remote import open_remote
from registry_tasks.stores.artifacts.s3 import abandoned, uploading
from registry_tasks.stores.artifacts.s3.bucket import ObjectBucket
from registry_tasks.stores.artifacts.s3.connection import Connection
from registry_tasks.stores.artifacts.s3.deadline import Deadline

pytestmark = pytest.mark.slow

LARGE = uploading.PART_BYTES * 2 + 5


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "model.txt"
    path.write_bytes(b"a model\n" * 1_000)
    return path


@pytest.fixture
def large(tmp_path: Path) -> Path:
    path = tmp_path / "large"
    path.write_bytes(os.urandom(LARGE))
    return path


@pytest.fixture
def objects(bucket: Bucket) -> ObjectBucket:
    return ObjectBucket(bucket, 60)


def artifact_of(path: Path) -> Artifact:
    content = path.read_bytes()
    return Artifact(
        path="models/model.txt",
        md5=hashlib.md5(content, usedforsecurity=False).hexdigest(),
        sha256=hashlib.sha256(content).hexdigest(),
        size_bytes=len(content),
        home=Home.REMOTE,
        stage="train",
    )


def test_a_large_object_goes_in_parts_and_comes_in_ranges(
    objects: ObjectBucket, bucket: Bucket, rclone: S3Server, large: Path, tmp_path: Path
) -> None:
    artifact = artifact_of(large)
    objects.put(large, artifact.md5)
    objects.fetch(artifact, tmp_path / "fetched")
    assert (tmp_path / "fetched").read_bytes() == large.read_bytes()
    head = rclone.client().head_object(Bucket=bucket.name, Key=objects.key(artifact.md5))
    assert head["ContentLength"] == LARGE
    assert objects.temporaries() == ()


def test_a_large_object_that_is_damaged_or_has_another_size_is_corrupt(
    objects: ObjectBucket, bucket: Bucket, rclone: S3Server, large: Path
) -> None:
    artifact, hand = artifact_of(large), BucketHand(rclone, bucket)
    content = bytearray(large.read_bytes())
    content[LARGE // 2] ^= 1
    hand.damage(artifact.md5, bytes(content))
    with pytest.raises(ObjectCorrupt, match="sha256"):
        objects.verify(artifact)
    for other, said in ((bytes(content[:-1]), f"{LARGE - 1} bytes"), (b"", f"less than {LARGE}")):
        hand.damage(artifact.md5, other)
        with pytest.raises(ObjectCorrupt, match=said):
            objects.verify(artifact)
    objects.put(large, artifact.md5)
    objects.verify(artifact)


def test_an_object_that_is_written_anew_while_it_is_read_is_not_mixed(
    objects: ObjectBucket,
    bucket: Bucket,
    rclone: S3Server,
    large: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """All bytes of what is handed out are the artifact's, whatever the ranges came from."""
    artifact, hand = artifact_of(large), BucketHand(rclone, bucket)
    objects.put(large, artifact.md5)
    run, calls = Connection.run, []

    def replace_once(self: Connection, work: object, deadline: Deadline) -> object:
        answer = run(self, work, deadline)  # type: ignore[arg-type]
        calls.append(work)
        if len(calls) == 1:
            hand.damage(artifact.md5, os.urandom(LARGE))
        return answer

    monkeypatch.setattr(Connection, "run", replace_once)
    with pytest.raises((ObjectCorrupt, RemoteUnreachable)):
        ObjectBucket(bucket, 2).fetch(artifact, tmp_path / "fetched")
    assert not (tmp_path / "fetched").exists()


def test_what_was_read_once_is_not_read_again_by_the_same_process_unless_it_was_written(
    bucket: Bucket, rclone: S3Server, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    artifact = artifact_of(source)
    with faults_before(rclone.port, 0) as proxy:
        near = replace(rclone, endpoint=f"http://127.0.0.1:{proxy.port}")
        use(monkeypatch, near.environment())
        objects = ObjectBucket(bucket, 60)
        objects.put(source, artifact.md5)
        before = proxy.requests
        objects.put(source, artifact.md5)
        assert proxy.requests == before + 1  # one HEAD
        BucketHand(rclone, bucket).damage(artifact.md5, b"x" * artifact.size_bytes)
        objects.put(source, artifact.md5)
        objects.verify(artifact)


def test_an_upload_that_is_damaged_on_the_way_is_refused_by_the_server_and_sent_again(
    bucket: Bucket, rclone: S3Server, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with faults_before(rclone.port, 3) as proxy:
        near = replace(rclone, endpoint=f"http://127.0.0.1:{proxy.port}")
        use(monkeypatch, near.environment())
        proxy.methods = frozenset({"PUT"})
        proxy.rates = {faults.FLIP: 0.5}
        for number in range(8):
            source.write_bytes(b"model %d" % number * 1_000)
            ObjectBucket(bucket, 60).put(source, artifact_of(source).md5)
        assert proxy.counts[faults.FLIP] > 0
    use(monkeypatch, rclone.environment())
    ObjectBucket(bucket, 60).verify(artifact_of(source))


@pytest.mark.parametrize("kind", ["source", "large"])
def test_a_server_that_knows_no_conditional_writes_is_asked_without(
    bucket: Bucket,
    rclone: S3Server,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
) -> None:
    path: Path = request.getfixturevalue(kind)
    with faults_before(rclone.port, 1) as proxy:

        def refuse(head: str) -> None:
            conditional = "if-none-match: *" in head.lower()
            proxy.rates = {faults.UNKNOWN: 1.0} if conditional else {}

        proxy.seen = refuse
        use(monkeypatch, replace(rclone, endpoint=f"http://127.0.0.1:{proxy.port}").environment())
        ObjectBucket(bucket, 60).put(path, artifact_of(path).md5)
        assert proxy.counts[faults.UNKNOWN] == 1
        ObjectBucket(bucket, 60).verify(artifact_of(path))


def test_bytes_that_are_there_and_wrong_are_replaced_without_a_condition(
    bucket: Bucket, rclone: S3Server, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    artifact, heads = artifact_of(source), list[str]()
    BucketHand(rclone, bucket).damage(artifact.md5, b"x" * artifact.size_bytes)
    with faults_before(rclone.port, 1) as proxy:
        proxy.seen = heads.append
        use(monkeypatch, replace(rclone, endpoint=f"http://127.0.0.1:{proxy.port}").environment())
        ObjectBucket(bucket, 60).put(source, artifact.md5)
    (put,) = (head.lower() for head in heads if head.startswith("PUT"))
    assert "if-none-match" not in put


def test_uploads_that_nobody_goes_on_with_are_swept_after_a_day(
    objects: ObjectBucket,
    bucket: Bucket,
    rclone: S3Server,
    source: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client, artifact = rclone.client(), artifact_of(source)
    key = objects.key(artifact.md5)
    client.create_multipart_upload(Bucket=bucket.name, Key=key)
    client.create_multipart_upload(Bucket=bucket.name, Key="another/project/files/md5/ab/cd")
    assert objects.temporaries() == ()  # its writer may be alive
    assert objects.sweep() == 0
    monkeypatch.setattr(abandoned.list_uploads, "__defaults__", (timedelta(0),))
    assert objects.temporaries() == (f"{bucket}: {key}",)
    assert objects.sweep() == 1
    assert objects.temporaries() == ()
    left = client.list_multipart_uploads(Bucket=bucket.name)["Uploads"]
    assert [upload["Key"] for upload in left] == ["another/project/files/md5/ab/cd"]


def test_a_link_gives_the_bytes_without_any_credentials(
    objects: ObjectBucket, source: Path
) -> None:
    artifact = artifact_of(source)
    with pytest.raises(ObjectMissing):
        objects.download_url(artifact, 60)
    objects.put(source, artifact.md5)
    with urllib.request.urlopen(objects.download_url(artifact, 60)) as answer:
        assert answer.read() == source.read_bytes()


def test_projects_in_one_bucket_do_not_see_each_other(
    bucket: Bucket, rclone: S3Server, source: Path
) -> None:
    one, other = (ObjectBucket(bucket._replace(prefix=name), 60) for name in ("one", "one-more"))
    whole = ObjectBucket(bucket._replace(prefix=""), 60)
    artifact = artifact_of(source)
    one.put(source, artifact.md5)
    assert (one.has(artifact.md5), other.has(artifact.md5), whole.has(artifact.md5)) == (
        True, False, False,
    )  # fmt: skip
    assert (one.is_there(), other.is_there(), whole.is_there()) == (True, False, False)
    whole.put(source, artifact.md5)
    md5 = artifact.md5
    rclone.client().head_object(Bucket=bucket.name, Key=f"files/md5/{md5[:2]}/{md5[2:]}")


def test_a_bucket_that_is_not_there_is_said_by_everything(
    rclone: S3Server, bucket: Bucket, source: Path, tmp_path: Path
) -> None:
    gone, artifact = ObjectBucket(Bucket("nobody-made-it", ""), 10), artifact_of(source)
    for call in (
        gone.create,
        lambda: gone.has(artifact.md5),
        lambda: gone.put(source, artifact.md5),
        lambda: gone.verify(artifact),
        lambda: gone.fetch(artifact, tmp_path / "out"),
        lambda: list(gone.list_objects()),
    ):
        with pytest.raises(RemoteMissing, match="nobody-made-it"):
            call()
    assert not gone.is_there()


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("AWS_SECRET_ACCESS_KEY", "wrong", "SignatureDoesNotMatch"),
        ("AWS_ACCESS_KEY_ID", "nobody", "InvalidAccessKeyId"),
        ("AWS_ACCESS_KEY_ID", None, "[Cc]redentials"),
        ("AWS_PROFILE", "nobody", "nobody"),
    ],
)
def test_credentials_that_do_not_do_are_said_at_once_by_every_call(
    bucket: Bucket, source: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.delenv(name, raising=False)
    if value is not None:
        monkeypatch.setenv(name, value)
    objects, artifact = ObjectBucket(bucket, 60), artifact_of(source)
    for call in (
        objects.create,
        lambda: objects.has(artifact.md5),
        lambda: objects.put(source, artifact.md5),
        lambda: objects.verify(artifact),
    ):
        with pytest.raises(RemoteCredentials, match=said):
            call()


def test_a_server_that_is_not_there_is_tried_until_the_deadline(
    bucket: Bucket, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:9")
    with pytest.raises(RemoteUnreachable, match=r"tried ([2-9]|\d\d) times|are over"):
        ObjectBucket(bucket, 10).verify(artifact_of(source))


def test_credentials_come_from_the_chain_and_are_stored_nowhere(
    bucket: Bucket,
    rclone: S3Server,
    source: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A profile of ~/.aws with its own endpoint does without any variable but its name."""
    config = tmp_path / "config"
    config.write_text(
        f"[profile lab]\naws_access_key_id = {rclone.key}\naws_secret_access_key = {rclone.secret}\n"
        f"region = us-east-1\nendpoint_url = {rclone.endpoint}\n"
    )
    use(monkeypatch, {"AWS_CONFIG_FILE": str(config), "AWS_PROFILE": "lab"})
    ObjectBucket(bucket, 60).put(source, artifact_of(source).md5)


@pytest.mark.parametrize(
    ("said", "headers"),
    [
        ("AES256", {"AES256"}),
        ("aws:kms", {"aws:kms"}),
        ("aws:kms:arn:aws:kms:eu-west-1:1:key/2", {"aws:kms", "arn:aws:kms:eu-west-1:1:key/2"}),
    ],
)
def test_the_server_is_asked_to_encrypt_small_and_large(
    bucket: Bucket,
    rclone: S3Server,
    source: Path,
    large: Path,
    monkeypatch: pytest.MonkeyPatch,
    said: str,
    headers: set[str],
) -> None:
    heads: list[str] = []
    with faults_before(rclone.port, 0) as proxy:
        proxy.seen = heads.append
        near = replace(rclone, endpoint=f"http://127.0.0.1:{proxy.port}")
        use(monkeypatch, near.environment())
        for path in (source, large):
            ObjectBucket(bucket, 60, said).put(path, artifact_of(path).md5)
    starts = [h for h in heads if h.startswith("PUT") and "partNumber" not in h]
    starts += [h for h in heads if h.startswith("POST") and "uploads" in h.split()[1]]
    assert len(starts) == 2
    for head in starts:
        lines = (line.partition(": ") for line in head.splitlines())
        assert {v for k, _, v in lines if k.lower().startswith("x-amz-server-side")} == headers


@pytest.mark.parametrize(
    "url",
    ["s3://", "s3://UPPER/x", "s3://b", "gs://bucket/x", "s3://bucket//x", "s3://bucket/../x",
     "s3://bucket/a b", "s3://bucket/x?y", "s3://bucket/'x"],
)  # fmt: skip
def test_an_address_that_is_no_bucket_is_refused(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("REGISTRY_REMOTE", url)
    with pytest.raises(InvalidSetting, match="REGISTRY_REMOTE"):
        Settings.load()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("REGISTRY_S3_DEADLINE", value) for value in ("0", "-1", "nan", "soon", "1e9")),
        *(("REGISTRY_S3_ENCRYPTION", value) for value in ("aes", "aws:kms:", "aws:kms:a b")),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(InvalidSetting, match=name):
        Settings.load()


def test_the_settings_lead_to_a_bucket(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGISTRY_REMOTE", "s3://bucket/team/delay/")
    monkeypatch.setenv("REGISTRY_S3_DEADLINE", "5")
    monkeypatch.setenv("REGISTRY_S3_ENCRYPTION", "aws:kms")
    settings = Settings.load()
    assert (settings.remote, str(settings.remote)) == (
        Bucket("bucket", "team/delay"), "s3://bucket/team/delay",
    )  # fmt: skip
    assert (settings.s3_deadline_s, settings.s3_encryption) == (5, "aws:kms")


def test_without_the_extra_it_is_named(bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGISTRY_REMOTE", str(bucket))
    for name in [name for name in sys.modules if ".artifacts.s3" in name]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "s3fs", None)
    with pytest.raises(ExtraMissing, match=r"registry-tasks\[s3\]"):
        open_remote(Settings.load())


async def collect_garbage() -> None:
    """Where s3fs closes sockets at once: in the thread of its loop."""
    gc.collect()
    await asyncio.sleep(0.1)


def test_a_fork_leaves_the_connections_of_its_parent_alone(
    objects: ObjectBucket, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    artifact = artifact_of(source)
    objects.put(source, artifact.md5)
    child = os.fork()
    if child == 0:
        objects.verify(artifact)
        asyncio.run_coroutine_threadsafe(collect_garbage(), get_loop()).result()
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    tries = list[object]()
    once = Connection._once

    async def counted(self: Connection, act: Any) -> Any:
        tries.append(act)
        return await once(self, act)

    monkeypatch.setattr(Connection, "_once", counted)
    objects.has(artifact.md5)
    assert len(tries) == 1, "what the fork had let go of was waited for in vain"
