"""P8: whatever a network or an S3 server does, no wrong byte is handed out and no call hangs."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from hashlib import md5, sha256
from pathlib import Path
from typing import Final

import pytest
from support import faults
from support.faults import Faults, faults_before
from support.s3 import S3Server, use
from support.trials import Trial
from support.world import MODEL, World

from registry_tasks.entities.bucket import Bucket
from registry_tasks.entities.errors import (
    RemoteCredentials,
    RemoteUnreachable,
    Unavailable,
)
from registry_tasks.entities.manifest import Artifact, Home
from registry_tasks.entities.registration import RegisterRun
from registry_tasks.registry.catalogue.register import register
from registry_tasks.registry.catalogue.show import list_versions
from registry_tasks.stores.artifacts.s3.bucket import ObjectBucket

pytestmark = pytest.mark.slow

MIXED: Final = (
    *(faults.SLOW_DOWN, faults.ERROR, faults.RESET_BEFORE, faults.RESET_AFTER),
    *(faults.TRUNCATE, faults.FLIP, faults.SLOW),
)
SCHEDULING_S: Final = 0.5
"""What a busy machine may add in a short trial; a full one holds to the deadline + 10 %."""


@contextmanager
def faulty(server: S3Server, seed: int, patch: pytest.MonkeyPatch) -> Iterator[Faults]:
    """Lead this process to the server through a proxy that does no harm yet."""
    with faults_before(server.port, seed) as proxy:
        use(patch, replace(server, endpoint=f"http://127.0.0.1:{proxy.port}").environment())
        yield proxy
        use(patch, server.environment())


class Files:
    """Files of many sizes, and what each is as an artifact."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def make(self, number: int, size_bytes: int) -> tuple[Path, Artifact]:
        content = (b"%d " % number + os.urandom(64)) * (size_bytes // 66 + 1)
        path = self.folder / f"file-{number}"
        path.write_bytes(content)
        artifact = Artifact(
            path=f"models/{number}",
            md5=md5(content, usedforsecurity=False).hexdigest(),
            sha256=sha256(content).hexdigest(),
            size_bytes=len(content),
            home=Home.REMOTE,
            stage=None,
        )
        return path, artifact


class Calls:
    """Calls with a deadline: how many worked, how long the longest took beside its deadline."""

    def __init__(self, trial: Trial) -> None:
        self.done = self.failed = 0
        self.worst = 0.0
        self._more_s = 0.0 if trial.full else SCHEDULING_S

    def make(self, deadline_s: float, call: Callable[[], object]) -> bool:
        start = time.monotonic()
        try:
            call()
        except Unavailable:
            self.failed += 1
            worked = False
        else:
            self.done += 1
            worked = True
        spent = time.monotonic() - start
        assert spent <= deadline_s * 1.1 + self._more_s
        self.worst = max(self.worst, spent / deadline_s)
        return worked


@pytest.mark.parametrize("rate", [0.1, 0.3, 0.5])
def test_no_wrong_byte_is_handed_out_and_one_retry_completes(
    rclone: S3Server,
    bucket: Bucket,
    trial: Trial,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    rate: float,
) -> None:
    deadline_s, calls, handed_out = 6.0, Calls(trial), 0
    sizes = [0, 1, 1_000, 200_000] * trial.size(2, 12) + [17 << 20] * trial.size(1, 3)
    files = [Files(tmp_path).make(n, size) for n, size in enumerate(sizes)]
    with faulty(rclone, trial.seed, monkeypatch) as proxy:
        objects = ObjectBucket(bucket, deadline_s)
        proxy.rates = dict.fromkeys(MIXED, rate / len(MIXED))
        for source, artifact in files:
            allowed = deadline_s + 3 * artifact.size_bytes / (1 << 20)
            target = tmp_path / f"{source.name}.fetched"
            calls.make(allowed, lambda s=source, a=artifact: objects.put(s, a.md5))
            if not objects_has(objects, artifact):
                continue
            calls.make(allowed, lambda a=artifact: objects.verify(a))
            if calls.make(allowed, lambda a=artifact, t=target: objects.fetch(a, t)):
                assert target.read_bytes() == source.read_bytes()
                handed_out += 1
            else:
                assert not target.exists()
        injected = proxy.counts.total()
        proxy.stop()
        for source, artifact in files:
            objects.put(source, artifact.md5)
            objects.fetch(artifact, tmp_path / f"{source.name}.again")
        assert injected > 0
    trial.report(
        "P8",
        f"{rate:.0%} faults: {calls.done + calls.failed} calls, {injected} faults "
        f"in {proxy.requests} requests",
        f"0 of {handed_out} wrong, {calls.failed} typed errors, longest call "
        f"{calls.worst:.0%} of its deadline, all complete after one retry",
    )


def objects_has(objects: ObjectBucket, artifact: Artifact) -> bool:
    """Whether it is there; without an answer it is tried all the same."""
    try:
        return objects.has(artifact.md5)
    except Unavailable:
        return True


def test_every_call_ends_before_a_server_that_hangs(
    rclone: S3Server,
    bucket: Bucket,
    trial: Trial,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    deadline_s, calls = 3.0 if trial.full else 1.5, Calls(trial)
    small, large = Files(tmp_path).make(1, 1_000), Files(tmp_path).make(2, 100)
    with faulty(rclone, trial.seed, monkeypatch) as proxy:
        patient, objects = ObjectBucket(bucket, 60), ObjectBucket(bucket, deadline_s)
        patient.put(*_named(small))
        objects_has(objects, small[1])  # so that what is timed is no first connection
        proxy.rates = {faults.HANG: 1.0}
        for _ in range(trial.size(1, 2)):
            for call in (
                lambda: objects.has(small[1].md5),
                lambda: objects.put(*_named(large)),
                lambda: objects.verify(small[1]),
                lambda: objects.fetch(small[1], tmp_path / "target"),
                objects.sweep,
            ):
                assert not calls.make(deadline_s, call)
        _wait_until(lambda: proxy.open == 0)  # no request outlives its caller
        proxy.rates = {faults.HANG: 0.3}
        for _ in range(trial.size(4, 12)):
            calls.make(deadline_s, lambda: objects.verify(small[1]))
        proxy.stop()
        patient.put(*_named(large))
        patient.fetch(large[1], tmp_path / "target")
    figure = f"longest call {calls.worst:.0%} of its deadline, 0 requests left open"
    trial.report("P8", f"server hangs: {calls.done + calls.failed} calls", figure)


def test_a_caller_that_goes_away_leaves_no_request_behind(
    rclone: S3Server, bucket: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trial: Trial
) -> None:
    source, artifact = Files(tmp_path).make(1, 1_000)
    with faulty(rclone, 0, monkeypatch) as proxy:
        objects = ObjectBucket(bucket, 60)
        objects.put(source, artifact.md5)
        proxy.rates = {faults.HANG: 1.0}

        def interrupt(*_: object) -> float:
            raise KeyboardInterrupt

        from concurrent.futures import Future

        with monkeypatch.context() as patch:
            patch.setattr(Future, "result", interrupt)
            with pytest.raises(KeyboardInterrupt):
                objects.verify(artifact)
        _wait_until(lambda: proxy.open == 0)
    trial.report("P8", "1 caller that is interrupted", "0 requests left open")


def test_a_wrong_answer_is_not_asked_for_again(
    rclone: S3Server, bucket: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trial: Trial
) -> None:
    _, artifact = Files(tmp_path).make(1, 1_000)
    with faulty(rclone, 0, monkeypatch) as proxy:
        proxy.rates = {faults.EXPIRED: 1.0}
        with pytest.raises(RemoteCredentials, match="ExpiredToken"):
            ObjectBucket(bucket, 60).verify(artifact)
        assert proxy.requests == 1
    trial.report("P8", "1 call whose credentials have expired", "told after 1 request")


def test_bytes_that_are_damaged_on_the_way_each_time_are_never_taken_for_the_bucket_s(
    rclone: S3Server, bucket: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trial: Trial
) -> None:
    source, artifact = Files(tmp_path).make(1, 100_000)
    with faulty(rclone, 0, monkeypatch) as proxy:
        patient, objects = ObjectBucket(bucket, 60), ObjectBucket(bucket, 3)
        patient.put(source, artifact.md5)
        proxy.rates = {faults.FLIP: 1.0}
        with pytest.raises(RemoteUnreachable, match="other bytes each time"):
            patient.fetch(artifact, tmp_path / "target")
        assert not (tmp_path / "target").exists()
        with pytest.raises(RemoteUnreachable):
            objects.put(*_named(Files(tmp_path).make(2, 100_000)))
    trial.report(
        "P8", "2 calls, each answer with a flipped bit", "0 wrong bytes taken, 2 typed errors"
    )


def test_nothing_is_registered_that_is_not_whole(
    rclone: S3Server,
    bucket: Bucket,
    trial: Trial,
    make_world: Callable[..., World],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world, tries, refused = make_world(), trial.size(4, 12), 0
    world.remote = bucket
    with faulty(rclone, trial.seed, monkeypatch) as proxy:
        for number in range(tries):
            proxy.rates = dict.fromkeys((*MIXED, faults.HANG), 0.5 / (len(MIXED) + 1))
            world.s3_deadline_s = 4.0
            try:
                world.version(number)
            except Unavailable:
                refused += 1
            proxy.stop()
            world.s3_deadline_s = 60.0
        objects = world.registry().objects
        registered = list_versions(world.registry(), MODEL, limit=1000)
        for version in registered:
            objects.verify(_artifact(version))
        assert len(registered) == tries - refused
        runs = [world.finished_run(content=f"model {n}".encode()) for n in range(tries)]
        for run in runs:
            register(world.registry(), RegisterRun(run=run))
        whole = list_versions(world.registry(), MODEL, limit=1000)
        assert {v.md5 for v in whole} >= {
            md5(f"model {n}".encode(), usedforsecurity=False).hexdigest() for n in range(tries)
        }
    trial.report(
        "P8",
        f"{tries} registrations through 50 % faults",
        f"0 registered that are not whole, {refused} typed errors, all registered afterwards",
    )


def _artifact(version: object) -> Artifact:
    fields = {name: getattr(version, name) for name in ("md5", "sha256", "size_bytes")}
    return Artifact(path="model.bin", home=Home.REMOTE, stage=None, **fields)


def _named(made: tuple[Path, Artifact]) -> tuple[Path, str]:
    return made[0], made[1].md5


def _wait_until(holds: Callable[[], bool]) -> None:
    ends = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.01)
