"""P2: what was acknowledged is there, whoever was killed: a client, the database, the bucket."""

import itertools
import multiprocessing
import os
import random
import signal
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import s3fs  # noqa: F401 - once, and not again in each process that takes a dead one's place
from support.history import Recorder, read_history
from support.killable import Killable, KillableS3, killable_postgres
from support.replay import replay
from support.s3 import use
from support.trials import Trial
from support.world import MODEL, World

from registry_tasks.entities.errors import Unavailable
from registry_tasks.entities.registration import RegisterFile, Registration
from registry_tasks.registry.care.examine import examine
from registry_tasks.registry.catalogue.register_file import register_file
from registry_tasks.registry.catalogue.show import list_history, list_versions
from registry_tasks.registry.ledger.mirror import sync
from registry_tasks.registry.registry import Registry
from registry_tasks.settings import Settings

pytestmark = pytest.mark.slow
WRITERS, PAUSE_S, PATIENCE_S = 4, 0.1, 300
ACKNOWLEDGED_BETWEEN = 5  # one kill and the next
DEADLINE_S = 20.0  # for one object, so that nobody waits for the next kill


class BucketWorld(World):
    """A world whose bytes are in a bucket."""

    bucket: object = None

    @property
    def settings(self) -> Settings:
        return replace(super().settings, remote=self.bucket, s3_deadline_s=DEADLINE_S)


@pytest.fixture
def s3(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[KillableS3]:
    made = KillableS3(tmp_path / "s3")
    try:
        made.start()
        use(monkeypatch, made.server.environment())
        yield made
    finally:
        made.kill()


def test_what_was_acknowledged_is_there(
    sqlite_world: World, s3: KillableS3, trial: Trial, tmp_path: Path
) -> None:
    many = trial.size(24, 100)
    folder = tmp_path / "calls"
    folder.mkdir()
    with killable_postgres() as postgres:
        world = BucketWorld(sqlite_world.folder, postgres.url)
        world.bucket = s3.server.make_bucket()
        turns = register_while_killing(world, folder, many, [postgres, s3], trial.seed)

        calls = [call for call in read_history(folder) if call.answer is not None]
        told = [Registration.model_validate(call.answer) for call in calls]
        sync(world.registry())
        versions = list_versions(world.registry(), MODEL, limit=10 * many)
        there = {version.number: version for version in versions}
        lost = [made for made in told if there.get(made.version.number) != made.version]
        assert not lost
        assert len({made.version.number for made in told}) == len(told) >= many
        assert sorted(there) == list(range(1, len(there) + 1))
        history = tuple(reversed(list_history(world.registry(), MODEL, limit=10 * many)))
        assert replay(history) == world.stages()
        assert len(history) == len(there) + 1  # and the model's own: no version was made twice
        assert examine(world.registry()) == ()  # reads every object back
        world.close()
    again = sum(call.tries > 1 for call in calls)
    assert min(turns) >= 1 and again >= 1
    trial.report(
        "P2",
        n=f"{len(told)} registrations by {WRITERS} processes, SIGKILL of {turns[0]} of "
        f"them, of PostgreSQL {turns[1]} times, of the S3 server {turns[2]} times",
        figure=f"0 acknowledged lost, 0 torn; {again} made again with their key gave one version",
    )


def register_while_killing(
    world: World, folder: Path, many: int, servers: list[Killable], seed: int
) -> list[int]:
    """Let processes register ``many`` files, and kill them and the servers in turn."""
    chance = random.Random(seed)
    context = multiprocessing.get_context("fork")

    def start(number: int) -> multiprocessing.process.BaseProcess:
        shares = (world, folder, number, many // WRITERS)
        worker = context.Process(target=register_share, args=shares)
        worker.start()
        return worker

    workers = [start(number) for number in range(WRITERS)]
    turns = [0] * (1 + len(servers))
    deadline = time.monotonic() + PATIENCE_S + 3 * many
    try:
        for turn in itertools.cycle(range(len(turns))):
            enough = ACKNOWLEDGED_BETWEEN * (sum(turns) + 1)
            while any(worker.is_alive() for worker in workers) and acknowledged(folder) < enough:
                assert time.monotonic() < deadline, f"still at it: {turns}"
                time.sleep(0.05)
            time.sleep(chance.uniform(0, 0.3))  # so that they are in the middle of something
            alive = [n for n, worker in enumerate(workers) if worker.is_alive()]
            if not alive:
                break
            if turn:
                servers[turn - 1].kill()
                time.sleep(chance.uniform(0, 0.5))
                servers[turn - 1].start()
            else:
                chosen = chance.choice(alive)
                os.kill(workers[chosen].pid or 0, signal.SIGKILL)
                workers[chosen].join()
                workers[chosen] = start(chosen)
            turns[turn] += 1
        assert [worker.exitcode for worker in workers] == [0] * WRITERS
    finally:
        for worker in workers:
            worker.kill()
            worker.join()
    return turns


def acknowledged(folder: Path) -> int:
    """Count the answers so far, without reading them."""
    return sum(path.read_bytes().count(b'"answer"') for path in folder.iterdir())


def register_share(world: World, folder: Path, number: int, share: int) -> None:
    """Register until this process, and those before it, have ``share`` acknowledged."""
    recorder = Recorder(folder, number)
    if recorder.unfinished is not None:
        recorder.again(recorder.unfinished.id)
        call(world, recorder, recorder.unfinished.id, recorder.unfinished.asked)
    while recorder.count < share:
        id_ = recorder.next_id()
        path = world.folder / f"model-{id_}"
        path.write_bytes(os.urandom(20_000))
        asked = {"model": MODEL, "path": str(path), "key": id_, "parameters": {"id": id_}}
        recorder.begin(id_, "register file", asked)
        call(world, recorder, id_, asked)


def call(world: World, recorder: Recorder, id_: str, asked: dict[str, object]) -> None:
    """Ask until the answer is there, as long as what comes back says retry."""
    deadline = time.monotonic() + PATIENCE_S

    def until_answered() -> dict[str, object]:
        while True:
            with Registry(world.settings) as registry:
                try:
                    made = register_file(registry, RegisterFile.model_validate(asked))
                except Unavailable:
                    if time.monotonic() > deadline:
                        raise
                    time.sleep(PAUSE_S)
                else:
                    return made.model_dump(mode="json")

    assert recorder.end(id_, until_answered) is not None, f"{id_} failed, see its history"
