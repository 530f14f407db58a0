"""P7c: collecting beside writers: nothing that a version needs is ever lost, and what is left goes.

Time is made short: every use makes an object young, and a collector takes what is older than the
oldest act that is under way, as a grace does that is longer than any run.
"""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from hashlib import md5
from pathlib import Path
from uuid import uuid4

import pytest
from support.trials import Trial
from support.world import World

from registry_tasks.entities.dropped_bytes import DropBytes
from registry_tasks.entities.errors import ContentDeleted, NotDeletable, NotFound, Refused
from registry_tasks.entities.promotion import Archive
from registry_tasks.entities.registration import RegisterFile
from registry_tasks.entities.removal import Delete, Hold, Release
from registry_tasks.entities.reproduction import Verdict
from registry_tasks.registry.care.collect import Reach, collect
from registry_tasks.registry.care.examine import examine
from registry_tasks.registry.catalogue.register_file import register_file
from registry_tasks.registry.catalogue.show import list_versions, show
from registry_tasks.registry.experiments.remake import bring_back
from registry_tasks.registry.lifecycle.archive import archive
from registry_tasks.registry.lifecycle.delete import delete
from registry_tasks.registry.lifecycle.drop_bytes import drop_bytes
from registry_tasks.registry.lifecycle.hold import hold, release
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.artifacts import directory_collecting
from registry_tasks.stores.metadata import dropped_bytes

pytestmark = pytest.mark.slow
CONTENTS = tuple(f"content {number}".encode() for number in range(40))
WRITERS = 3


@pytest.fixture(autouse=True)
def every_use_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(directory_collecting, "FRESH", timedelta(0))


class Town:
    """Writers and collectors of one registry, and since when who is at it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._begun: dict[int, datetime] = {}
        self._lock = threading.Lock()
        self.done: Counter[str] = Counter()
        self.over = threading.Event()

    @contextmanager
    def at_it(self) -> Iterator[Registry]:
        me = threading.get_ident()
        with self._lock:
            self._begun[me] = datetime.now(UTC)
        try:
            with Registry(self.world.settings) as registry:
                yield registry
        finally:
            with self._lock:
                del self._begun[me]

    def before(self) -> datetime:
        """What is older than this was used by nobody who is at it now."""
        with self._lock:
            return min((*self._begun.values(), datetime.now(UTC))) - timedelta(milliseconds=20)

    def write(self, number: int, seed: int, acts: int) -> None:
        roll = random.Random(f"{seed} {number}")
        deeds = (self.register, self.register, self.leave, self.leave, self.delete, self.delete)
        for _ in range(acts):
            deed: Callable[[random.Random], None] = roll.choice(deeds)
            deed(roll)
            self.done[deed.__name__] += 1

    def register(self, roll: random.Random) -> None:
        file = self.world.folder / f"{uuid4()}.bin"
        file.write_bytes(roll.choice(CONTENTS))
        asked = RegisterFile(
            model="mower", path=str(file), parameters={"trees": roll.randint(0, 9)}
        )
        with self.at_it() as registry, suppress(ContentDeleted):
            made = register_file(registry, asked)
            with suppress(NotFound):  # another writer deleted it since
                self.check(registry, made.version.ref)

    def leave(self, roll: random.Random) -> None:
        content = roll.choice(CONTENTS)
        file = self.world.folder / f"{uuid4()}.bin"
        file.write_bytes(content)
        with self.at_it() as registry:
            registry.objects.create()
            registry.objects.put(file, md5(content, usedforsecurity=False).hexdigest())

    def delete(self, roll: random.Random) -> None:
        with self.at_it() as registry, suppress(NotFound, NotDeletable):
            found = list_versions(registry, "mower", limit=100)
            if found:
                delete(registry, Delete(ref=roll.choice(found).ref, reason="a mistake"))

    def collect(self) -> None:
        while not self.over.is_set():
            with Registry(self.world.settings) as registry, suppress(NotFound):
                self.done["taken"] += collect(registry, Reach((), self.before())).taken
            time.sleep(0.01)

    @staticmethod
    def check(registry: Registry, ref: str) -> None:
        record = show(registry, ref)
        if record.tombstone is None:
            for artifact in record.manifest.stored:
                registry.objects.verify(artifact)


def test_collecting_beside_writers_loses_nothing(sqlite_world: World, trial: Trial) -> None:
    world, acts = sqlite_world, trial.size(15, 120)
    world.version(1, model="edger")
    world.close()
    town = Town(world)
    failures: list[BaseException] = []

    def guarded(work: Callable[..., None], *args: int) -> None:
        try:
            work(*args)
        except BaseException as error:  # noqa: BLE001 - told at the end
            failures.append(error)

    collectors = [threading.Thread(target=guarded, args=(town.collect,)) for _ in range(2)]
    writers = [
        threading.Thread(target=guarded, args=(town.write, number, trial.seed, acts))
        for number in range(WRITERS)
    ]
    for thread in (*collectors, *writers):
        thread.start()
    for thread in writers:
        thread.join()
    town.over.set()
    for thread in collectors:
        thread.join()

    assert failures == []
    time.sleep(0.05)
    collect(world.registry(), Reach((), datetime.now(UTC)))
    assert examine(world.registry()) == ()
    assert town.done["taken"], "nothing was collected beside them"
    needed = {
        artifact.md5
        for version in list_versions(world.registry(), "mower", limit=1000)
        for artifact in show(world.registry(), version.ref).manifest.stored
    }
    assert objects(world) == needed | {md5(b"model 1", usedforsecurity=False).hexdigest()}
    trial.report(
        "P7c",
        n=f"{WRITERS * acts} acts of {WRITERS} writers beside 2 collectors",
        figure=f"{town.done['taken']} objects taken, 0 lost, nothing left over",
    )


def test_whatever_is_dropped_held_deleted_and_taken_back(sqlite_world: World, trial: Trial) -> None:
    """A walk by chance: who keeps its bytes has them, who let go has all of them or is told so."""
    world, steps = sqlite_world, trial.size(25, 120)
    roll = random.Random(trial.seed)
    for number in range(1, 6):
        also = tuple(f"shared {n}".encode() for n in roll.sample(range(4), 2))
        version = world.version(number, also=also)
        world.reproduced(version, Verdict.IDENTICAL)
        archive(world.registry(), Archive(ref=version.ref))
    done: Counter[str] = Counter()
    for _ in range(steps):
        ref = f"mower@{roll.randint(1, 5)}"
        deeds: dict[str, Callable[[Registry, str], object]] = {
            "drop": lambda r, ref: drop_bytes(r, DropBytes(ref=ref)),
            "take back": bring_back,
            "hold": lambda r, ref: hold(r, Hold(ref=ref, reason="audit")),
            "release": lambda r, ref: release(r, Release(ref=ref, reason="over")),
            "collect": lambda r, _: collect(r, Reach((), datetime.now(UTC))),
        }
        name = roll.choice((*deeds, "drop", "collect"))
        try:
            made = deeds[name](world.registry(), ref)
        except Refused:
            continue
        if name == "take back" and made is None:  # collected: somebody puts the same bytes again
            _put_again(world, ref)
            made = bring_back(world.registry(), ref)
            assert made is not None
        done[name] += 1
        _check(world)
    assert done["drop"] and done["collect"]
    trial.report("P7c", n=f"{steps} drops, holds and collections by chance", figure="0 lost")


def _put_again(world: World, ref: str) -> None:
    """What a rebuild does: World's own writer puts what a run with the same content made."""
    number = int(ref.partition("@")[2])
    for artifact in show(world.registry(), ref).manifest.stored:
        for content in (f"model {number}".encode(), *(f"shared {n}".encode() for n in range(4))):
            if md5(content, usedforsecurity=False).hexdigest() == artifact.md5:
                file = world.folder / "again.bin"
                file.write_bytes(content)
                world.registry().objects.put(file, artifact.md5)


def _check(world: World) -> None:
    with world.registry().metadata.reading() as connection:
        gone = dropped_bytes.let_go(connection)
    for version in list_versions(world.registry(), "mower"):
        record = show(world.registry(), version.ref)
        for artifact in record.manifest.stored:
            assert record.dropped is not None or artifact.md5 not in gone
            if artifact.md5 not in gone:
                world.registry().objects.verify(artifact)


def objects(world: World) -> set[str]:
    assert isinstance(world.remote, Path)
    return {each.md5 for each in world.registry().objects.list_objects()}
