"""Dropping bytes: only what can be made again goes, and everybody is told the way back."""

from datetime import timedelta
from hashlib import md5
from pathlib import Path

import pytest
from support.world import World

from registry_tasks.entities.annotation import PointAlias
from registry_tasks.entities.deployment import StartDeployment
from registry_tasks.entities.dropped_bytes import DropBytes, DropBytesByPolicy
from registry_tasks.entities.errors import BytesDropped, NotDroppable, RegistryError
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.promotion import Archive, Promote, Restore, RollBack
from registry_tasks.entities.removal import Delete, Hold
from registry_tasks.entities.reproduction import Verdict
from registry_tasks.registry.care.back_up import back_up
from registry_tasks.registry.care.examine import examine
from registry_tasks.registry.catalogue.download import read
from registry_tasks.registry.catalogue.show import show
from registry_tasks.registry.experiments.remake import bring_back
from registry_tasks.registry.lifecycle.archive import archive, restore
from registry_tasks.registry.lifecycle.delete import delete
from registry_tasks.registry.lifecycle.deploy import start_deployment
from registry_tasks.registry.lifecycle.drop_bytes import (
    drop_bytes,
    drop_bytes_by_policy,
    plan_drop_bytes,
)
from registry_tasks.registry.lifecycle.hold import hold
from registry_tasks.registry.lifecycle.point_alias import point_alias
from registry_tasks.registry.lifecycle.promote import promote
from registry_tasks.registry.lifecycle.roll_back import roll_back
from registry_tasks.stores.metadata import dropped_bytes


def remakable(world: World, number: int = 1, **changed: object) -> str:
    """Register and archive a version that a rebuild gave again."""
    version = world.version(number, **changed)
    world.reproduced(version, Verdict.IDENTICAL)
    archive(world.registry(), Archive(ref=version.ref))
    return version.ref


def take_away(world: World, content: bytes) -> None:
    """Take an object out of the remote, as collecting does."""
    assert isinstance(world.remote, Path)
    digest = md5(content, usedforsecurity=False).hexdigest()
    (world.remote / "files" / "md5" / digest[:2] / digest[2:]).unlink()


def let_go(world: World) -> frozenset[str]:
    with world.registry().metadata.reading() as connection:
        return dropped_bytes.let_go(connection)


def test_what_is_left_of_a_version_without_its_bytes(world: World) -> None:
    ref = remakable(world)
    before = show(world.registry(), ref)

    made = drop_bytes(world.registry(), DropBytes(ref=ref, reason="space"))

    after = show(world.registry(), ref)
    assert (made.objects, made.size_bytes) == (1, len(b"model 1"))
    assert (after.manifest, after.version) == (before.manifest, before.version)
    assert after.dropped is not None and after.dropped.reason == "space"
    assert world.kinds()[-1] is EventKind.VERSION_BYTES_DROPPED
    assert drop_bytes(world.registry(), DropBytes(ref=ref)).dropped == after.dropped
    assert world.kinds().count(EventKind.VERSION_BYTES_DROPPED) == 1


def test_bytes_that_are_gone_on_purpose_are_no_damage(world: World, tmp_path: Path) -> None:
    ref = remakable(world)
    drop_bytes(world.registry(), DropBytes(ref=ref))
    assert read(world.settings, world.resolve(ref)) == b"model 1"  # nobody has collected yet
    for file in (world.folder / "downloads").rglob("model.bin"):
        file.unlink()

    take_away(world, b"model 1")

    assert examine(world.registry()) == ()
    assert back_up(world.registry(), tmp_path / "backup").missing == ()
    with pytest.raises(BytesDropped, match="registry remake-bytes mower@1"):
        read(world.settings, world.resolve(ref))


def test_bytes_that_nobody_collected_yet_come_back_as_they_are(world: World) -> None:
    ref = remakable(world)
    drop_bytes(world.registry(), DropBytes(ref=ref))

    back = bring_back(world.registry(), ref)

    assert back is not None and back.objects == 1
    assert show(world.registry(), ref).dropped is None
    assert let_go(world) == frozenset()
    assert world.kinds()[-1] is EventKind.VERSION_BYTES_REMADE
    again = bring_back(world.registry(), ref)
    assert again is not None and again.objects == 0

    drop_bytes(world.registry(), DropBytes(ref=ref))
    take_away(world, b"model 1")
    assert bring_back(world.registry(), ref) is None


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda w: restore(w.registry(), Restore(ref="mower@1")), "in experiment"),
        (lambda w: hold(w.registry(), Hold(ref="mower@1", reason="audit")), "held .audit."),
        (lambda w: w.reproduced(w.resolve("mower@1"), Verdict.EQUIVALENT), "last rebuild"),
        (lambda w: w.version(2, content=b"model 1"), "model file is also that of mower@2"),
        (
            lambda w: point_alias(w.registry(), PointAlias(ref="mower@1", alias="old")),
            "alias 'old' points to it",
        ),
        (
            lambda w: start_deployment(
                w.registry(), StartDeployment(ref="mower@1", environment="eu", place="API")
            ),
            "deployed",
        ),
    ],
    ids=["restored", "held", "not identical", "shared", "aliased", "deployed"],
)
def test_what_may_be_needed_keeps_its_bytes(sqlite_world: World, spoil: object, why: str) -> None:
    ref = remakable(sqlite_world)
    spoil(sqlite_world)  # type: ignore[operator]

    with pytest.raises(NotDroppable, match=why):
        drop_bytes(sqlite_world.registry(), DropBytes(ref=ref))

    assert show(sqlite_world.registry(), ref).dropped is None


@pytest.mark.parametrize(
    "ask",
    [
        lambda r: restore(r, Restore(ref="mower@1")),
        lambda r: hold(r, Hold(ref="mower@1", reason="audit")),
        lambda r: point_alias(r, PointAlias(ref="mower@1", alias="old")),
        lambda r: promote(r, Promote(ref="mower@1", to="experiment")),
        lambda r: start_deployment(
            r, StartDeployment(ref="mower@1", environment="eu", place="API")
        ),
    ],
    ids=["restore", "hold", "alias", "promote", "deploy"],
)
def test_nothing_brings_a_version_into_use_without_its_bytes(
    sqlite_world: World, ask: object
) -> None:
    ref = remakable(sqlite_world)
    drop_bytes(sqlite_world.registry(), DropBytes(ref=ref))
    before = sqlite_world.history()

    with pytest.raises(RegistryError) as refused:
        ask(sqlite_world.registry())  # type: ignore[operator]

    assert isinstance(refused.value, BytesDropped) or "cannot go" in str(refused.value)
    assert sqlite_world.history() == before


def test_rolling_back_to_it_is_refused_with_the_way(sqlite_world: World) -> None:
    world = sqlite_world
    one, two = world.version(1), world.version(2)
    for version in (one, two):
        world.raise_to(version.ref, "staging", "production")
    world.reproduced(one, Verdict.IDENTICAL)
    archive(world.registry(), Archive(ref=one.ref))
    drop_bytes(world.registry(), DropBytes(ref=one.ref))

    with pytest.raises(BytesDropped, match="mower@1"):
        roll_back(world.registry(), RollBack(model="mower"))

    assert world.resolve("mower@production").number == 2


def test_an_object_stays_as_long_as_somebody_keeps_it(world: World) -> None:
    one = remakable(world, 1, also=(b"on the way", b"of one only"))
    two = remakable(world, 2, also=(b"on the way",))

    first = drop_bytes(world.registry(), DropBytes(ref=one))
    assert first.objects == 2  # its model, and what it alone made on the way
    second = drop_bytes(world.registry(), DropBytes(ref=two))
    assert second.objects == 2  # its model, and what nobody keeps any more
    assert len(let_go(world)) == 4

    bring_back(world.registry(), one)
    assert let_go(world) == {md5(b"model 2", usedforsecurity=False).hexdigest()}


def test_a_run_that_confirmed_a_version_goes_with_it(world: World) -> None:
    ref = remakable(world)
    assert world.register(content=b"model 1", parameters={"trees": 1}).version.ref == ref

    assert drop_bytes(world.registry(), DropBytes(ref=ref)).objects == 1


def test_a_deleted_version_needs_no_bytes_unless_it_is_held(world: World) -> None:
    ref = world.version(1).ref
    delete(world.registry(), Delete(ref=ref, reason="a mistake"))
    assert len(let_go(world)) == 1

    hold(world.registry(), Hold(ref=ref, reason="audit"))

    assert let_go(world) == frozenset()


def test_what_was_let_go_of_lately_still_counts_as_needed(world: World) -> None:
    ref = remakable(world)
    made = drop_bytes(world.registry(), DropBytes(ref=ref)).dropped
    with world.registry().metadata.reading() as connection:
        assert dropped_bytes.let_go(connection, made.at) == frozenset()
        assert len(dropped_bytes.let_go(connection, made.at + timedelta(seconds=1))) == 1


def test_policy_drops_what_it_says_and_can_say_it_before(world: World) -> None:
    world.set_policy("retention: {drop_bytes_after_days: 0}")
    one = remakable(world, 1)
    remakable(world, 2)
    world.reproduced(world.resolve("mower@2"), Verdict.DIFFERENT)
    three = remakable(world, 3)
    delete(world.registry(), Delete(ref=three, reason="a mistake"))

    assert list(plan_drop_bytes(world.registry(), "mower")) == [one]
    made = drop_bytes_by_policy(world.registry(), DropBytesByPolicy(model="mower"))

    assert [each.version.ref for each in made.dropped] == [one]
    assert plan_drop_bytes(world.registry(), "mower") == {}


def test_policy_keeps_bytes_for_as_long_as_it_says(world: World) -> None:
    world.set_policy("retention: {drop_bytes_after_days: 1}")
    remakable(world, 1)
    assert plan_drop_bytes(world.registry(), "mower") == {}

    world.set_policy("retention: {}")  # which keeps them for ever
    assert plan_drop_bytes(world.registry(), "mower") == {}
