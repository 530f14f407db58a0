"""The same on Ceph's object gateway, which has versions, locks, policies and a clock."""

import hashlib
import json
import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import botocore.auth
import pytest
from support import faults
from support.faults import faults_before
from support.pipelines import Project
from support.processes import together
from support.radosgw import PACKAGES, Radosgw, missing_programs
from support.remotes import BucketHand
from support.s3 import S3Server, use
from support.training import train
from support.trials import Trial

from registry_tasks.entities.bucket import Bucket
from registry_tasks.entities.errors import (
    ClockSkewed,
    ObjectCorrupt,
    ObjectDeleted,
    ObjectMissing,
    RemoteCannot,
    RemoteDenied,
    RemoteUnreachable,
    Unavailable,
)
from registry_tasks.entities.manifest import Artifact, Home, Manifest
from registry_tasks.entities.registration import RegisterRun
from registry_tasks.entities.source import Source
from registry_tasks.registry.catalogue.register import register
from registry_tasks.registry.experiments.reproduce import rebuilding
from registry_tasks.stores.artifacts.s3.bucket import ObjectBucket
from registry_tasks.stores.artifacts.s3.uploading import PART_BYTES
from registry_tasks.stores.metadata import runs

pytestmark = [pytest.mark.gate, pytest.mark.slow]

DELETED_BY_HAND = {"VersioningConfiguration": {"Status": "Enabled"}}


@pytest.fixture(scope="module")
def ceph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Radosgw]:
    if missing := missing_programs():
        pytest.fail(f"{missing} are not installed: apt-get install -y {PACKAGES}")
    made = Radosgw(tmp_path_factory.mktemp("ceph"))
    try:
        made.make()
        yield made
    finally:
        made.kill()


@pytest.fixture
def server(ceph: Radosgw, monkeypatch: pytest.MonkeyPatch) -> S3Server:
    use(monkeypatch, ceph.server.environment())
    return ceph.server


@pytest.fixture
def plain(server: S3Server) -> Bucket:
    return server.make_bucket()


@pytest.fixture
def versioned(server: S3Server) -> Bucket:
    made = server.make_bucket()
    server.client().put_bucket_versioning(Bucket=made.name, **DELETED_BY_HAND)
    return made


@pytest.fixture
def locked(server: S3Server) -> Bucket:
    return server.make_bucket(ObjectLockEnabledForBucket=True)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "model.txt"
    path.write_bytes(b"a model\n" * 1_000)
    return path


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


def delete(server: S3Server, objects: ObjectBucket, artifact: Artifact, **which: str) -> Any:
    key = objects.key(artifact.md5)
    return server.client().delete_object(Bucket=objects.bucket.name, Key=key, **which)


@pytest.mark.parametrize("size_bytes", [0, 1, 100_000, PART_BYTES, 2 * PART_BYTES + 1])
def test_objects_of_every_size_come_back(
    plain: Bucket, tmp_path: Path, size_bytes: int, trial: Trial
) -> None:
    source = tmp_path / "source"
    source.write_bytes(os.urandom(size_bytes))
    objects, artifact = ObjectBucket(plain, 60), artifact_of(source)
    assert not objects.has(artifact.md5)
    assert not objects.is_there()
    objects.put(source, artifact.md5)
    objects.fetch(artifact, tmp_path / "fetched")
    assert (tmp_path / "fetched").read_bytes() == source.read_bytes()
    assert objects.temporaries() == ()
    assert objects.is_there()
    trial.report("P8", f"radosgw, an object of {size_bytes:,} bytes", "the same bytes come back")


# ---------------------------------------------------------------------- conditional writes


def test_what_this_server_makes_of_conditional_writes(
    server: S3Server, plain: Bucket, versioned: Bucket, trial: Trial
) -> None:
    """One of many is taken; but in a bucket with versions, or ended in parts, all are."""
    writers, rounds = 8, 10
    taken = {bucket: 0 for bucket in (plain, versioned)}
    for bucket in taken:

        def put(number: int, bucket: Bucket = bucket) -> int:
            client = server.client()
            return sum(took(client, bucket, f"{round_}", b"x" * 50_000) for round_ in range(rounds))

        taken[bucket] = sum(together(writers, put))
    assert taken == {plain: rounds, versioned: writers * rounds}

    client, key = server.client(), {"Bucket": plain.name, "Key": "0"}
    made = {**key, "UploadId": client.create_multipart_upload(**key)["UploadId"]}
    part = client.upload_part(PartNumber=1, Body=b"y", **made)
    parts = {"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]}
    client.complete_multipart_upload(MultipartUpload=parts, IfNoneMatch="*", **made)
    assert client.get_object(**key)["Body"].read() == b"y"
    figure = f"{taken[plain]} taken; {taken[versioned]} in a bucket with versions"
    trial.report("P8", f"{writers * rounds} PUTs of {rounds} keys if absent on radosgw", figure)


def took(client: Any, bucket: Bucket, key: str, body: bytes) -> bool:
    try:
        client.put_object(Bucket=bucket.name, Key=key, Body=body, IfNoneMatch="*")
    except client.exceptions.ClientError as error:
        assert error.response["Error"]["Code"] == "PreconditionFailed"
        return False
    return True


def test_what_another_writer_put_meanwhile_stays(
    ceph: Radosgw, plain: Bucket, source: Path, monkeypatch: pytest.MonkeyPatch, trial: Trial
) -> None:
    """It arrives after our look and before our bytes, which are then not taken."""
    artifact, client = artifact_of(source), ceph.server.client()
    theirs = {"Bucket": plain.name, "Key": ObjectBucket(plain, 60).key(artifact.md5)}

    def put_first(head: str) -> None:
        if head.startswith("PUT"):
            client.put_object(Body=source.read_bytes(), Metadata={"by": "another"}, **theirs)

    with faults_before(ceph.server.port, 1) as proxy:
        proxy.seen = put_first
        use(monkeypatch, at(ceph.server, proxy.port).environment())
        ObjectBucket(plain, 60).put(source, artifact.md5)
    assert client.head_object(**theirs)["Metadata"] == {"by": "another"}
    trial.report("P8", "radosgw, 1 race with another writer of the same bytes", "theirs stay")


def test_wrong_bytes_that_another_writer_put_meanwhile_are_replaced(
    ceph: Radosgw, plain: Bucket, source: Path, monkeypatch: pytest.MonkeyPatch, trial: Trial
) -> None:
    artifact = artifact_of(source)
    wrong = iter([b"x" * artifact.size_bytes])
    hand = BucketHand(ceph.server, plain)

    def damage(head: str) -> None:
        if head.startswith("PUT") and (content := next(wrong, None)):
            hand.damage(artifact.md5, content)

    with faults_before(ceph.server.port, 1) as proxy:
        proxy.seen = damage
        use(monkeypatch, at(ceph.server, proxy.port).environment())
        ObjectBucket(plain, 60).put(source, artifact.md5)
        assert next(wrong, None) is None
        ObjectBucket(plain, 60).verify(artifact)
    trial.report("P8", "radosgw, 1 race with a writer of wrong bytes", "replaced by the right ones")


def test_an_upload_whose_answer_was_lost_is_found_to_be_done(
    ceph: Radosgw, plain: Bucket, source: Path, monkeypatch: pytest.MonkeyPatch, trial: Trial
) -> None:
    """Its second try is told that there is an object, which is then read and hashed."""
    artifact = artifact_of(source)
    with faults_before(ceph.server.port, 1) as proxy:
        proxy.methods, proxy.rates = frozenset({"PUT"}), {faults.RESET_AFTER: 1.0}
        proxy.seen = lambda head: proxy.stop() if proxy.counts[faults.RESET_AFTER] else None
        use(monkeypatch, at(ceph.server, proxy.port).environment())
        ObjectBucket(plain, 60).put(source, artifact.md5)
        assert proxy.counts[faults.RESET_AFTER] == 1
        ObjectBucket(plain, 60).verify(artifact)
    trial.report("P8", "radosgw, 1 upload whose answer is lost", "found to be done")


def at(server: S3Server, port: int) -> S3Server:
    return replace(server, endpoint=f"http://127.0.0.1:{port}")


# ---------------------------------------------------------------------- versions and holds


def test_what_was_deleted_by_mistake_is_told_with_the_command_that_brings_it_back(
    server: S3Server, versioned: Bucket, source: Path, trial: Trial
) -> None:
    objects, artifact = ObjectBucket(versioned, 60), artifact_of(source)
    objects.put(source, artifact.md5)
    delete(server, objects, artifact)
    with pytest.raises(ObjectDeleted) as told:
        objects.verify(artifact)
    words = told.value.repair.split()
    assert words[:3] == ["aws", "s3api", "delete-object"]
    given = dict(zip(words[3::2], words[4::2], strict=True))
    assert given["--bucket"] == versioned.name
    assert given["--key"] == objects.key(artifact.md5)
    delete(server, objects, artifact, VersionId=given["--version-id"])
    objects.verify(artifact)
    trial.report("P7", "radosgw, 1 object deleted by mistake", "the command told brings it back")


@pytest.mark.parametrize("harm", ["deleted", "overwritten", "both"])
def test_the_newest_earlier_version_with_the_right_bytes_is_brought_back(
    server: S3Server, versioned: Bucket, source: Path, harm: str, trial: Trial
) -> None:
    objects, artifact = ObjectBucket(versioned, 60), artifact_of(source)
    hand = BucketHand(server, versioned)
    objects.put(source, artifact.md5)
    if harm != "deleted":
        hand.damage(artifact.md5, b"x" * artifact.size_bytes)
        with pytest.raises(ObjectCorrupt):
            objects.verify(artifact)
    if harm != "overwritten":
        hand.remove(artifact.md5)
        assert not objects.has(artifact.md5)
    assert objects.restore_earlier(artifact)
    objects.verify(artifact)
    versions = objects.earlier_versions(artifact.md5)
    assert len(versions) == (3 if harm == "both" else 2)
    assert not any(version.is_current for version in versions)
    n = f"radosgw with versions, 1 object {harm.replace('both', 'overwritten and deleted')}"
    trial.report("P7", n, "the newest right version is brought back")


def test_nothing_is_brought_back_that_was_never_right(
    server: S3Server, versioned: Bucket, source: Path, trial: Trial
) -> None:
    objects, artifact = ObjectBucket(versioned, 60), artifact_of(source)
    hand = BucketHand(server, versioned)
    for content in (b"x" * artifact.size_bytes, b"y"):
        hand.damage(artifact.md5, content)
    hand.remove(artifact.md5)
    assert not objects.restore_earlier(artifact)
    with pytest.raises(ObjectDeleted):
        objects.verify(artifact)
    trial.report("P7", "radosgw with versions, 2 wrong ones", "0 brought back")


def test_a_held_version_s_objects_are_deleted_by_nobody_until_it_is_released(
    server: S3Server, locked: Bucket, source: Path, trial: Trial
) -> None:
    objects, artifact = ObjectBucket(locked, 60), artifact_of(source)
    objects.put(source, artifact.md5)
    head = server.client().head_object(Bucket=locked.name, Key=objects.key(artifact.md5))
    version = head["VersionId"]
    for _ in range(2):
        objects.hold(artifact)
    with pytest.raises(Exception, match="AccessDenied"):
        delete(server, objects, artifact, VersionId=version)
    delete(server, objects, artifact)  # which only hides it
    assert objects.restore_earlier(artifact)
    objects.verify(artifact)
    again = newest(server, objects, artifact)
    with pytest.raises(Exception, match="AccessDenied"):
        delete(server, objects, artifact, VersionId=again)
    for _ in range(2):
        objects.release(artifact)
    for old in (version, again):
        delete(server, objects, artifact, VersionId=old)
    with pytest.raises(ObjectDeleted):
        objects.verify(artifact)
    figure = "0 of 2 deletions taken, after the release 2 of 2"
    trial.report("P7", "radosgw with object lock, 2 versions of an object held", figure)


def newest(server: S3Server, objects: ObjectBucket, artifact: Artifact) -> str:
    head = server.client().head_object(Bucket=objects.bucket.name, Key=objects.key(artifact.md5))
    return str(head["VersionId"])


def test_a_bucket_without_object_lock_cannot_hold(
    plain: Bucket, versioned: Bucket, locked: Bucket, source: Path, trial: Trial
) -> None:
    artifact = artifact_of(source)
    for bucket in (plain, versioned):
        objects = ObjectBucket(bucket, 60)
        objects.put(source, artifact.md5)
        for act in (objects.hold, objects.release):
            with pytest.raises(RemoteCannot, match="object lock"):
                act(artifact)
        objects.verify(artifact)
    with pytest.raises(ObjectMissing):
        ObjectBucket(locked, 60).hold(artifact)
    trial.report("P7", "radosgw, holds in 2 buckets without object lock", "2 refused, saying so")


@pytest.mark.parametrize("denied", ["s3:PutObject", "s3:GetObject", "s3:ListBucket"])
def test_what_a_policy_denies_is_told_at_once(
    server: S3Server, plain: Bucket, source: Path, tmp_path: Path, denied: str, trial: Trial
) -> None:
    objects, artifact = ObjectBucket(plain, 60), artifact_of(source)
    objects.put(source, artifact.md5)
    arn = f"arn:aws:s3:::{plain.name}"
    statement = {
        "Effect": "Deny", "Principal": "*", "Action": denied, "Resource": [arn, f"{arn}/*"],
    }  # fmt: skip
    policy = {"Version": "2012-10-17", "Statement": [statement]}
    server.client().put_bucket_policy(Bucket=plain.name, Policy=json.dumps(policy))
    other = tmp_path / "other"
    other.write_bytes(b"another model")
    calls: dict[str, tuple[Callable[[], object], ...]] = {
        "s3:PutObject": (lambda: objects.put(other, artifact_of(other).md5),),
        "s3:GetObject": (
            lambda: objects.verify(artifact),
            lambda: objects.has(artifact.md5),
            lambda: objects.put(source, artifact.md5),
        ),
        "s3:ListBucket": (objects.create, lambda: list(objects.list_objects())),
    }
    worst = 0.0
    for call in calls[denied]:
        start = time.monotonic()
        with pytest.raises(RemoteDenied, match="AccessDenied"):
            call()
        worst = max(worst, time.monotonic() - start)
    assert worst < 10
    if denied == "s3:PutObject":
        objects.verify(artifact)
    n = f"radosgw, a policy denies {denied}: {len(calls[denied])} calls"
    trial.report("P8", n, f"all told as denied, the slowest after {worst:.1f} s")


@pytest.mark.parametrize("minutes", [20, -20, 60 * 24])
def test_a_clock_that_is_wrong_is_told_and_not_tried_again(
    plain: Bucket, source: Path, monkeypatch: pytest.MonkeyPatch, minutes: int, trial: Trial
) -> None:
    objects, artifact = ObjectBucket(plain, 60), artifact_of(source)
    objects.put(source, artifact.md5)
    right = botocore.auth.get_current_datetime

    def wrong(*arguments: Any, **named: Any) -> Any:
        return right(*arguments, **named) + timedelta(minutes=minutes)

    monkeypatch.setattr(botocore.auth, "get_current_datetime", wrong)
    calls: tuple[Callable[[], object], ...] = (
        lambda: objects.verify(artifact),
        lambda: objects.has(artifact.md5),
        lambda: ObjectBucket(plain, 60).put(source, artifact.md5),
        objects.create,
    )
    for call in calls:
        with pytest.raises(ClockSkewed, match="NTP"):
            call()
    n = f"radosgw, clock {minutes:+} minutes off: {len(calls)} calls"
    trial.report("P23", n, "all told as skewed, none tried again")


def test_a_clock_that_is_ten_minutes_off_is_none_of_our_business(
    plain: Bucket, source: Path, monkeypatch: pytest.MonkeyPatch, trial: Trial
) -> None:
    right = botocore.auth.get_current_datetime
    late = lambda *a, **k: right(*a, **k) - timedelta(minutes=10)
    monkeypatch.setattr(botocore.auth, "get_current_datetime", late)
    ObjectBucket(plain, 60).put(source, artifact_of(source).md5)
    trial.report("P23", "radosgw, clock -10 minutes off: 1 upload", "taken")


def test_data_too_large_to_copy_is_referenced_by_its_version(
    server: S3Server, project: Project, tmp_path: Path, trial: Trial
) -> None:
    lake, client = server.make_bucket(), server.client()
    client.put_bucket_versioning(Bucket=lake.name, **DELETED_BY_HAND)
    first = client.put_object(Bucket=lake.name, Key="raw/big.csv", Body=b"1\n" * 50_000)
    client.put_object(Bucket=lake.name, Key="raw/more/other.csv", Body=b"2\n")
    for key, path in (("raw/big.csv", "data/big.csv"), ("raw/more", "data/more")):
        url = f"s3://{lake.name}/{key}"
        done = project.dvc("import-url", "--version-aware", url, path)
        assert done.returncode == 0, done.stderr
    text = (project.root / "dvc.yaml").read_text()
    deps = "deps: [train.py, params.py, data/old.csv"
    assert deps in text
    project.commit({"dvc.yaml": text.replace(deps, f"{deps}, data/big.csv, data/more")})
    client.put_object(Bucket=lake.name, Key="raw/big.csv", Body=b"what came later\n")

    register(project.registry(), RegisterRun(run=train(project)))

    manifest = manifest_of(project, "mower@1")
    (big,) = (a for a in manifest.referenced if a.path == "data/big.csv")
    source = Source.parse(big.source or "")
    assert source == (lake.name, "raw/big.csv", first["VersionId"], first["ETag"].strip('"'))
    assert [a.path for a in manifest.referenced] == ["data/big.csv", "data/more/other.csv"]
    assert not project.registry().objects.has(big.md5)
    for place in (project.root / ".dvc" / "cache", project.root / "data" / "big.csv"):
        shutil.rmtree(place) if place.is_dir() else place.unlink()
    again = train(project, {"mower.slope": 3.0})  # from the bucket, the version of then
    assert register(project.registry(), RegisterRun(run=again)).version.number == 2
    with rebuilding(project.registry(), "mower@1") as made:
        found = (made.workspace.folder / "data" / "big.csv").read_bytes()
        assert hashlib.sha256(found).hexdigest() == big.sha256

    key = {"Bucket": lake.name, "Key": "raw/big.csv"}
    client.delete_object(VersionId=first["VersionId"], **key)
    with pytest.raises(ObjectMissing, match=r"data/big.csv.*raw/big.csv\?versionId="):
        register(project.registry(), RegisterRun(run=again))
    figure = "each run read its own version; the one that was deleted is named, not registered"
    trial.report("P6", "radosgw, 2 runs on data imported by version, real DVC", figure)


def manifest_of(project: Project, ref: str) -> Manifest:
    registry = project.registry()
    with registry.metadata.reading() as connection:
        return runs.read_manifest(connection, runs.get_row(connection, project.resolve(ref).run).id)


def test_a_store_that_stands_still_costs_a_deadline_and_no_more(
    ceph: Radosgw, plain: Bucket, tmp_path: Path, trial: Trial
) -> None:
    deadline_s, worst, source = 4.0, 0.0, tmp_path / "source"
    objects = ObjectBucket(plain, deadline_s)
    for number in range(3):
        source.write_bytes(b"model %d" % number * 1_000)
        artifact = artifact_of(source)
        ceph.stop_store(signal.SIGSTOP)
        try:
            start = time.monotonic()
            with pytest.raises(RemoteUnreachable):
                objects.put(source, artifact.md5)
            worst = max(worst, time.monotonic() - start)
        finally:
            ceph.stop_store(signal.SIGCONT)
        ObjectBucket(plain, 60).put(source, artifact.md5)
        objects.verify(artifact)
    assert worst <= deadline_s * 1.1
    figure = f"longest call {worst / deadline_s:.0%} of its deadline, the next try completes"
    trial.report("P8", "radosgw's store stopped in 3 uploads", figure)


def test_what_is_acknowledged_outlives_a_loss_of_every_process(
    ceph: Radosgw, plain: Bucket, tmp_path: Path, trial: Trial
) -> None:
    rounds, each, kept = 2, 100, []
    objects = ObjectBucket(plain, 60)
    for round_ in range(rounds):
        for number in range(each):
            source = tmp_path / f"{round_}-{number}"
            source.write_bytes(os.urandom(1_000 + number))
            artifact = artifact_of(source)
            objects.put(source, artifact.md5)
            kept.append(artifact)
        ceph.kill()
        source.write_bytes(b"nobody takes it")
        with pytest.raises(Unavailable):
            ObjectBucket(plain, 2).put(source, artifact_of(source).md5)
        ceph.start_again()
        for artifact in kept:
            objects.verify(artifact)
    figure = f"0 of {len(kept)} acknowledged objects lost"
    trial.report("P2", f"radosgw killed {rounds} times with SIGKILL, all daemons", figure)
