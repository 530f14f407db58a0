"""Legal holds: on record and on the objects, whoever dies in between."""

import json
from hashlib import md5
from pathlib import Path

import pytest
from support.world import World

from registry_tasks.entities.errors import ObjectMissing, RemoteCannot, VersionNotFound
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.manifest import Artifact
from registry_tasks.entities.promotion import Archive
from registry_tasks.entities.removal import Delete, Hold, Release
from registry_tasks.registry.catalogue.show import show
from registry_tasks.registry.lifecycle import hold as verbs
from registry_tasks.registry.lifecycle.archive import archive
from registry_tasks.registry.lifecycle.delete import delete
from registry_tasks.registry.lifecycle.hold import hold, release
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.artifacts.directory import ObjectDirectory

CASE = Hold(ref="mower@1", reason="case 7")
CLOSED = Release(ref="mower@1", reason="case closed")


class LockingDirectory(ObjectDirectory):
    """A folder that knows holds as a bucket with object lock does: beside each object."""

    def hold(self, artifact: Artifact) -> None:
        super().hold(artifact)
        self._mark(artifact).touch()

    def release(self, artifact: Artifact) -> None:
        super().release(artifact)
        self._mark(artifact).unlink(missing_ok=True)

    def is_held(self, content: bytes) -> bool:
        found = md5(content, usedforsecurity=False).hexdigest()
        return self.path(found).with_suffix(".held").exists()

    def _mark(self, artifact: Artifact) -> Path:
        return self.path(artifact.md5).with_suffix(".held")


class UnableDirectory(ObjectDirectory):
    """A remote that knows no holds, as a bucket without object lock."""

    def hold(self, artifact: Artifact) -> None:
        raise RemoteCannot(self.place, "its bucket has no object lock")

    release = hold


@pytest.fixture
def locking(world: World) -> LockingDirectory:
    return LockingDirectory(world.folder / "remote")


def opened(world: World, objects: ObjectDirectory) -> Registry:
    registry = world.registry()
    registry.__dict__["objects"] = objects  # what the settings would choose
    return registry


def test_a_hold_is_on_record_and_on_the_objects(world: World, locking: LockingDirectory) -> None:
    world.version(1)
    registry = opened(world, locking)

    made = hold(registry, CASE)

    assert made.hold is not None and (made.hold.reason, made.hold.by) == ("case 7", "ada")
    assert show(registry, "mower@1").hold == made.hold
    assert locking.is_held(b"model 1")
    assert release(registry, CLOSED).hold is None
    assert show(registry, "mower@1").hold is None
    assert not locking.is_held(b"model 1")
    told = [(e.kind, e.reason) for e in world.history()][-2:]
    assert told == [
        (EventKind.VERSION_HELD, "case 7"),
        (EventKind.VERSION_RELEASED, "case closed"),
    ]


def test_a_held_version_still_moves(world: World) -> None:
    world.version(1)
    hold(world.registry(), CASE)
    world.raise_to("mower@1", "staging", "experiment")
    archive(world.registry(), Archive(ref="mower@1"))
    assert show(world.registry(), "mower@1").hold is not None


def test_holding_again_is_one_hold_with_the_newest_reason(world: World) -> None:
    world.version(1)
    first = hold(world.registry(), CASE)
    assert hold(world.registry(), CASE) == first
    other = hold(world.registry(), Hold(ref="mower@1", reason="case 8"))
    assert other.hold is not None and other.hold.reason == "case 8"
    told = [e.reason for e in world.history() if e.kind == EventKind.VERSION_HELD]
    assert told == ["case 7", "case 8"]
    release(world.registry(), CLOSED)
    assert release(world.registry(), CLOSED).hold is None
    assert world.kinds().count(EventKind.VERSION_RELEASED) == 1


def test_an_object_that_another_held_version_needs_stays_held(
    world: World, locking: LockingDirectory
) -> None:
    for trees in (1, 2):
        world.register(content=b"shared", parameters={"trees": trees})
    registry = opened(world, locking)
    hold(registry, CASE)
    hold(registry, Hold(ref="mower@2", reason="case 8"))
    release(registry, CLOSED)
    assert locking.is_held(b"shared")
    release(registry, Release(ref="mower@2", reason="case closed"))
    assert not locking.is_held(b"shared")


def test_what_was_deleted_can_still_be_held(world: World, locking: LockingDirectory) -> None:
    world.version(1)
    delete(world.registry(), Delete(ref="mower@1", reason="bad"))
    hold(opened(world, locking), CASE)
    assert locking.is_held(b"model 1")


def test_what_is_not_there_is_not_held(world: World) -> None:
    version = world.version(1)
    with pytest.raises(VersionNotFound):
        hold(world.registry(), Hold(ref="mower@2", reason="case 7"))
    ObjectDirectory(world.folder / "remote").path(version.md5).unlink()
    with pytest.raises(ObjectMissing):
        hold(world.registry(), CASE)
    assert show(world.registry(), "mower@1").hold is None


def test_a_remote_without_holds_leaves_it_to_the_registry(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.version(1)
    registry = opened(world, UnableDirectory(world.folder / "remote"))
    hold(registry, CASE)
    assert show(registry, "mower@1").hold is not None
    assert "held in the registry only" in caplog.text
    assert release(registry, CLOSED).hold is None


class Died(BaseException):
    """The process ended here."""


@pytest.mark.slow
@pytest.mark.parametrize("key", [None, "k1"])
@pytest.mark.parametrize("point", ["before the record", "after the record"])
def test_after_a_death_in_between_a_retry_gets_there(
    world: World, locking: LockingDirectory, monkeypatch: pytest.MonkeyPatch, key: str, point: str
) -> None:
    world.version(1)
    verb_of = ((hold, CASE, True), (release, CLOSED, False))
    for verb, request, is_held in verb_of:
        asked = request.model_copy(update={"key": key and f"{key} {is_held}"})
        name = "carry_out" if point == "before the record" else "_settle"
        with monkeypatch.context() as patch, pytest.raises(Died):
            patch.setattr(verbs, name, _die)
            verb(opened(world, locking), asked)
        if point == "after the record":
            assert (show(world.registry(), "mower@1").hold is not None) == is_held
        verb(opened(world, locking), asked)
        assert (show(world.registry(), "mower@1").hold is not None) == is_held
        assert locking.is_held(b"model 1") == is_held
    kinds = world.kinds()
    assert kinds.count(EventKind.VERSION_HELD) == kinds.count(EventKind.VERSION_RELEASED) == 1


def _die(*_: object) -> None:
    raise Died


@pytest.mark.slow
@pytest.mark.parametrize("moment", ["hold", "release"])
def test_a_hold_that_comes_during_a_release_wins(
    world: World, locking: LockingDirectory, moment: str
) -> None:
    """The two share an object; whichever of them settles last sees both."""
    for trees in (1, 2):
        world.register(content=b"shared", parameters={"trees": trees})
    hold(opened(world, locking), CASE)

    class Interrupted(LockingDirectory):
        """Lets the other version be held just before or after the object is released."""

        done = False

        def release(self, artifact: Artifact) -> None:
            self._other("release")
            super().release(artifact)
            self._other("hold")

        def _other(self, now: str) -> None:
            if now == moment and not self.done:
                self.done = True
                other = Hold(ref="mower@2", reason="case 8")
                hold(opened(world, LockingDirectory(self.root)), other)

    release(opened(world, Interrupted(locking.root)), CLOSED)
    assert show(world.registry(), "mower@2").hold is not None
    assert locking.is_held(b"shared")


def test_a_key_settles_what_is_on_record_now_and_not_what_it_answered(
    world: World, locking: LockingDirectory
) -> None:
    world.version(1)
    registry = opened(world, locking)
    keyed = CASE.model_copy(update={"key": "k1"})
    made = hold(registry, keyed)
    release(registry, CLOSED)
    assert hold(registry, keyed) == made  # the answer of then
    assert not locking.is_held(b"model 1")
    assert show(registry, "mower@1").hold is None


@pytest.mark.slow
def test_the_log_of_events_holds_no_reason_in_before_and_after(world: World) -> None:
    """Reasons are free text, which is not mirrored into Git; before and after are."""
    world.version(1)
    hold(world.registry(), CASE)
    release(world.registry(), CLOSED)
    delete(world.registry(), Delete(ref="mower@1", reason="of Jane Doe"))
    for event in world.history()[-3:]:
        told = json.dumps([event.before, event.after])
        assert not any(word in told for word in ("case", "Jane"))
