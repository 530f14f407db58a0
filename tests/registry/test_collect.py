"""Collecting takes what nobody needs, and nothing that anybody does."""

import os
import time
from datetime import UTC, datetime, timedelta
from hashlib import md5
from pathlib import Path

import pytest
from support.world import World

from registry_tasks.entities.collection import Collection, Why
from registry_tasks.entities.dropped_bytes import DropBytes
from registry_tasks.entities.errors import CollectionRefused, InvalidSetting, StoreMovedAway
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.registration import RegisterFile
from registry_tasks.entities.removal import Delete, Hold, Release
from registry_tasks.registry.care.collect import collect, plan_collection, reach
from registry_tasks.registry.care.examine import examine
from registry_tasks.registry.catalogue.register_file import register_file
from registry_tasks.registry.catalogue.show import list_history
from registry_tasks.registry.lifecycle.delete import delete
from registry_tasks.registry.lifecycle.drop_bytes import drop_bytes
from registry_tasks.registry.lifecycle.hold import hold, release
from registry_tasks.registry.stakes import forget, read_stakes
from registry_tasks.stores.artifacts.directory import ObjectDirectory
from registry_tasks.stores.metadata.store import MetadataStore

from .test_drop_bytes import remakable

LATER = timedelta(days=30)
"""By then everything in the remote is old, and was let go of long ago."""


def name(content: bytes) -> str:
    return md5(content, usedforsecurity=False).hexdigest()


def path_of(world: World, content: bytes) -> Path:
    assert isinstance(world.remote, Path)
    return ObjectDirectory(world.remote).path(name(content))


def later(world: World, *checkouts: Path) -> Collection:
    return collect(world.registry(), reach(checkouts, 7, datetime.now(UTC) + LATER))


def leave(world: World, content: bytes) -> None:
    """Die between the bytes and the record."""
    file = world.folder / "left.bin"
    file.write_bytes(content)
    world.registry().objects.put(file, name(content))


def put_by_dvc(world: World, content: bytes) -> None:
    """As plain `dvc push` does: nothing of ours is on it."""
    path = path_of(world, content)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def test_only_what_nobody_needs_goes_and_a_dry_run_says_it_before(world: World) -> None:
    drop_bytes(world.registry(), DropBytes(ref=remakable(world, 1)))
    delete(world.registry(), Delete(ref=world.version(2).ref, reason="a mistake"))
    world.version(3)
    leave(world, b"left")
    put_by_dvc(world, b"theirs")
    at = reach((), 7, datetime.now(UTC) + LATER)

    planned = plan_collection(world.registry(), at)
    assert {each.md5: each.why for each in planned.unneeded} == {
        name(b"model 1"): Why.LET_GO,
        name(b"model 2"): Why.LET_GO,
        name(b"left"): Why.LEFT,
    }
    assert planned.taken == 0 and path_of(world, b"model 1").exists()
    done = collect(world.registry(), at)

    assert (done.unneeded, done.taken) == (planned.unneeded, 3)
    for content, is_there in {
        b"model 1": False, b"model 2": False, b"model 3": True, b"left": False, b"theirs": True,
    }.items():  # fmt: skip
        assert path_of(world, content).exists() is is_there, content
    assert [f.kind for f in examine(world.registry()) if not f.note] == []
    (told,) = list_history(world.registry(), kinds=[EventKind.OBJECTS_COLLECTED])
    assert isinstance(told.after, dict) and told.after["objects"] == 3
    assert later(world).taken == 0


def test_what_is_young_or_was_wanted_lately_stays(world: World) -> None:
    leave(world, b"left")
    drop_bytes(world.registry(), DropBytes(ref=remakable(world, 1)))
    long_ago = time.time() - LATER.total_seconds()
    for content in (b"left", b"model 1"):
        os.utime(path_of(world, content), (long_ago, long_ago))

    planned = plan_collection(world.registry(), reach((), 7))
    assert [each.md5 for each in planned.unneeded] == [name(b"left")]  # the other went just now
    leave(world, b"left")  # somebody comes to want it
    assert plan_collection(world.registry(), reach((), 7)).unneeded == ()


def test_what_is_renewed_at_the_last_moment_is_there_again(
    sqlite_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = sqlite_world
    leave(world, b"left")
    path = path_of(world, b"left")
    long_ago = time.time() - LATER.total_seconds()
    os.utime(path, (long_ago, long_ago))
    rename = Path.rename

    def renewed_before(self: Path, target: Path) -> Path:
        if self == path:
            os.utime(self)  # a writer, between the collector's look and its move
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", renewed_before)

    assert collect(world.registry(), reach((), 7)).taken == 0
    assert path.read_bytes() == b"left"


def test_what_a_dead_collector_moved_aside_comes_back(sqlite_world: World) -> None:
    world = sqlite_world
    world.version(1)
    path = path_of(world, b"model 1")
    assert isinstance(world.remote, Path)
    path.rename(world.remote / "tmp" / f"{name(b'model 1')}.aside")

    world.registry().objects.sweep()

    assert path.read_bytes() == b"model 1"
    assert examine(world.registry()) == ()


def test_what_a_branch_names_stays(sqlite_world: World) -> None:
    world = sqlite_world
    for number in (1, 2, 3):
        drop_bytes(world.registry(), DropBytes(ref=remakable(world, number)))
    lock = "stages: {train: {outs: [{path: model.bin, md5: %s}]}}\n"
    world.commit({"deep/dvc.lock": lock % name(b"model 1")})
    world.commit({"deep/dvc.lock": ""})  # its history still names it
    (world.root / "new.dvc").write_text(lock % name(b"model 2"))  # not committed yet

    assert [each.md5 for each in later(world).unneeded] == [name(b"model 3")]


def test_a_held_version_keeps_its_bytes_though_it_was_deleted(sqlite_world: World) -> None:
    world = sqlite_world
    ref = world.version(1).ref
    delete(world.registry(), Delete(ref=ref, reason="a mistake"))
    hold(world.registry(), Hold(ref=ref, reason="audit"))
    assert later(world).unneeded == ()

    release(world.registry(), Release(ref=ref, reason="over"))
    assert later(world).taken == 1


def test_every_repository_of_the_store_must_be_at_hand(sqlite_world: World, tmp_path: Path) -> None:
    world = sqlite_world
    other = world.beside(tmp_path / "other", World)
    other.make_project()
    other.commit({"own.txt": "a first commit of its own"})
    remakable(other, 1, model="edger")
    drop_bytes(other.registry(), DropBytes(ref="edger@1"))

    with pytest.raises(CollectionRefused, match="name a checkout of each"):
        later(world)

    assert later(world, other.root).taken == 1


def test_two_stores_on_one_remote_respect_each_other(sqlite_world: World, tmp_path: Path) -> None:
    ours, theirs = sqlite_world, World(tmp_path / "theirs")
    theirs.make_project()
    theirs.remote = ours.remote
    drop_bytes(ours.registry(), DropBytes(ref=remakable(ours, 1)))
    file = tmp_path / "model.bin"
    file.write_bytes(b"model 1")
    for trees in (1, 2):
        request = RegisterFile(model="theirs", path=str(file), parameters={"trees": trees})
        register_file(theirs.registry(), request)

    with pytest.raises(CollectionRefused, match="said never what it needs"):
        later(ours)
    with pytest.raises(CollectionRefused, match="said only on"):  # but now it has told its own
        later(theirs)

    at = reach((), 7)._replace(before=datetime.now(UTC) - timedelta(days=2))
    collect(theirs.registry(), at)
    os.utime(path_of(ours, b"model 1"), (0, 0))
    assert plan_collection(ours.registry(), at).unneeded == ()

    (other,) = (n for n, c in read_stakes(ours.registry()).items() if "theirs" in c.store)
    forget(ours.registry(), other.removeprefix("stores/").removesuffix(".json"))
    with pytest.raises(CollectionRefused, match="no store"):
        forget(ours.registry(), "nobody")
    assert later(ours).taken == 1
    theirs.close()


def _copied(world: World) -> bytes:
    world.close()
    return (world.state / "registry.db").read_bytes()


def _go_on_from(world: World, old: bytes, store: Path) -> None:
    """Use an older file as the store, in a clone that knows nothing of the log."""
    world.close()
    for file in world.state.glob("registry.db*"):
        file.unlink()
    store.write_bytes(old)
    world.store_url = f"sqlite:///{store}"
    world.git("update-ref", "-d", "refs/registry/log")


@pytest.mark.parametrize(
    ("place", "why"),
    [("state/registry.db", "has said there that it knows"), ("copy.db", "knows this store as")],
)
def test_an_older_copy_of_the_store_collects_nothing(
    sqlite_world: World, place: str, why: str
) -> None:
    world = sqlite_world
    world.version(1)
    old = _copied(world)
    drop_bytes(world.registry(), DropBytes(ref=remakable(world, 2)))
    world.version(3)
    later(world)
    _go_on_from(world, old, world.folder / place)

    with pytest.raises(CollectionRefused, match=why):
        later(world)

    assert path_of(world, b"model 3").exists()


def test_a_store_that_was_moved_collects_nothing(sqlite_world: World) -> None:
    sqlite_world.version(1)
    store = MetadataStore(sqlite_world.store_url)
    with store.writing("ada") as tx:
        from registry_tasks.stores.metadata import moving

        moving.mark(tx, "postgresql://elsewhere/registry")
        tx.commit()
    store.close()

    with pytest.raises(StoreMovedAway):
        later(sqlite_world)


def test_grace_has_a_least(sqlite_world: World) -> None:
    with pytest.raises(InvalidSetting, match="--days"):
        reach((), 0)


def test_a_remote_keeps_what_it_needs_when_the_file_system_knows_no_seals(
    sqlite_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(95, "not supported")

    monkeypatch.setattr(os, "setxattr", refuse)
    leave(sqlite_world, b"left")

    assert later(sqlite_world).unneeded == ()
