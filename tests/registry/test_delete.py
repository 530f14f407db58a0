"""Deleting: a tombstone that is final, and never of what somebody uses."""

import pytest
import sqlalchemy as sa
from support.gto import gto
from support.world import World

from registry_tasks.entities.annotation import Describe, PointAlias
from registry_tasks.entities.errors import (
    ContentDeleted,
    NotDeletable,
    NothingToRollBack,
    VersionDeleted,
    VersionNotFound,
)
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.lineage import Edge, Node, NodeKind
from registry_tasks.entities.promotion import Archive, Promote, Restore, RollBack
from registry_tasks.entities.registration import RegisterRun
from registry_tasks.entities.removal import Delete, Deletion, Hold, Release
from registry_tasks.registry.catalogue.describe import describe
from registry_tasks.registry.catalogue.download import download
from registry_tasks.registry.catalogue.register import register
from registry_tasks.registry.catalogue.show import list_history, list_models, list_versions, show
from registry_tasks.registry.catalogue.trace import trace
from registry_tasks.registry.experiments.evaluate import evaluate_version
from registry_tasks.registry.lifecycle.archive import archive, plan_archive, restore
from registry_tasks.registry.lifecycle.delete import delete
from registry_tasks.registry.lifecycle.hold import hold, release
from registry_tasks.registry.lifecycle.point_alias import point_alias
from registry_tasks.registry.lifecycle.promote import promote
from registry_tasks.registry.lifecycle.roll_back import roll_back
from registry_tasks.stores.metadata import lineage, tables as t

pytestmark = pytest.mark.slow

WHY = "trained on data we may not use"


def deleted(world: World, number: int) -> Deletion:
    return delete(world.registry(), Delete(ref=f"mower@{number}", reason=WHY))


def test_the_record_stays_and_says_who_and_why(world: World) -> None:
    before = world.version(1)
    told = show(world.registry(), "mower@1")

    made = deleted(world, 1)

    assert (made.tombstone.reason, made.tombstone.by) == (WHY, "ada")
    after = show(world.registry(), "mower@1")
    assert after.tombstone == made.tombstone and after.version.deleted
    same = {"tombstone": None, "version": before}
    assert after.model_copy(update=same) == told
    for ref in ("mower@v1.0.0", before.uuid, f"sha256:{before.sha256}"):
        assert show(world.registry(), ref) == after
    assert list_history(world.registry(), "mower@1")[0].kind == EventKind.VERSION_DELETED
    assert trace(world.registry(), "mower@1").edges
    assert download(world.settings, before).read_bytes() == b"model 1"  # bytes stay


def test_it_can_be_neither_used_nor_changed(world: World) -> None:
    version = world.version(1)
    world.version(2)
    archive(world.registry(), Archive(ref="mower@1"))
    deleted(world, 1)
    history = world.history()

    registry = world.registry()
    for use in (
        lambda ref: world.resolve(ref),
        lambda ref: promote(registry, Promote(ref=ref, to="staging")),
        lambda ref: archive(registry, Archive(ref=ref)),
        lambda ref: restore(registry, Restore(ref=ref)),
        lambda ref: describe(registry, Describe(ref=ref, text="x")),
        lambda ref: point_alias(registry, PointAlias(ref=ref, alias="hero")),
        lambda ref: evaluate_version(registry, ref),
    ):
        for ref in ("mower@1", "mower@v1.0.0", version.uuid, f"sha256:{version.sha256}"):
            with pytest.raises(VersionDeleted, match=f"mower@1 was deleted by ada: {WHY}"):
                use(ref)
    assert world.history() == history


def test_lists_and_latest_pass_it_over(world: World) -> None:
    for number in (1, 2):
        world.version(number)
    deleted(world, 2)

    assert world.resolve("mower@latest").number == 1
    registry = world.registry()
    assert [v.number for v in list_versions(registry, "mower")] == [1]
    both = list_versions(registry, "mower", deleted=True)
    assert [(v.number, v.deleted) for v in both] == [(2, True), (1, False)]
    (model,) = list_models(registry)
    assert (model.versions, model.latest) == (1, 1)

    deleted(world, 1)
    with pytest.raises(VersionNotFound, match="no version that is not deleted"):
        world.resolve("mower@latest")
    (model,) = list_models(registry)
    assert (model.versions, model.latest) == (0, None)


def test_of_the_same_bytes_the_one_that_is_left_is_found(world: World) -> None:
    first = world.version(1, content=b"same")
    world.version(2, content=b"same")
    deleted(world, 1)
    assert world.resolve(f"sha256:{first.sha256}").number == 2


def test_numbers_and_semantic_versions_are_not_used_again(world: World) -> None:
    for number in (1, 2):
        world.version(number)
    for number in (1, 2):
        deleted(world, number)
    made = world.version(3)
    assert (made.number, made.semantic_version) == (3, "v1.2.0")
    assert show(world.registry(), "mower@3").based_on == "mower@2"  # there is no other


def test_a_new_version_is_measured_against_one_that_is_left(world: World) -> None:
    for number in (1, 2):
        world.version(number)
    deleted(world, 2)
    assert show(world.registry(), world.version(3).ref).based_on == "mower@1"


def test_the_same_content_does_not_come_back(world: World) -> None:
    own = world.finished_run(content=b"x")
    register(world.registry(), RegisterRun(run=own))
    other = world.finished_run(content=b"x")
    deleted(world, 1)
    for run in (own, other):
        with pytest.raises(ContentDeleted, match=f"mower@1, deleted by ada: {WHY}"):
            register(world.registry(), RegisterRun(run=run))
    assert [v.number for v in list_versions(world.registry(), "mower", deleted=True)] == [1]
    again = world.register(content=b"x", parameters={"trees": 4})  # the way out
    assert again.version.number == 2


def test_deleting_twice_is_deleting_once(world: World) -> None:
    world.version(1)
    made = deleted(world, 1)
    again = delete(world.registry(), Delete(ref="mower@1", reason="another"))
    assert again == made
    assert world.kinds().count(EventKind.VERSION_DELETED) == 1


@pytest.mark.parametrize("stages", [("staging",), ("staging", "production")])
def test_what_is_in_a_held_stage_is_not_deleted(world: World, stages: tuple[str, ...]) -> None:
    world.version(1)
    world.raise_to("mower@1", *stages)
    with pytest.raises(NotDeletable, match=rf"it is in {stages[-1]} \(default\)"):
        deleted(world, 1)


def test_production_elsewhere_is_in_use_too(world: World) -> None:
    world.version(1)
    for stage in ("staging", "production"):
        promote(world.registry(), Promote(ref="mower@1", to=stage, environment="eu"))
    with pytest.raises(NotDeletable, match=r"it is in production \(eu\)"):
        deleted(world, 1)


def test_what_an_alias_points_to_is_not_deleted(world: World) -> None:
    for number in (1, 2):
        world.version(number)
    point_alias(world.registry(), PointAlias(ref="mower@1", alias="hero"))
    with pytest.raises(NotDeletable, match="alias 'hero' points to it"):
        deleted(world, 1)
    point_alias(world.registry(), PointAlias(ref="mower@2", alias="hero"))
    deleted(world, 1)


def test_what_is_held_is_not_deleted(world: World) -> None:
    world.version(1)
    hold(world.registry(), Hold(ref="mower@1", reason="case 7"))
    with pytest.raises(
        NotDeletable, match=r"held \(case 7\) until `registry release mower@1 --reason WHY`"
    ):
        deleted(world, 1)
    release(world.registry(), Release(ref="mower@1", reason="case closed"))
    deleted(world, 1)


def test_what_something_was_made_from_is_not_deleted(world: World) -> None:
    for number in (1, 2):
        world.version(number)
    old, new = (Node(kind=NodeKind.VERSION, id=f"mower@{n}") for n in (1, 2))
    with world.registry().metadata.writing("ada") as tx:
        lineage.add_edges(tx, (Edge(source=old, target=new, by="distil"),))
        tx.commit()
    with pytest.raises(NotDeletable, match="mower@2 was made from it"):
        deleted(world, 1)
    deleted(world, 2)


def test_what_another_model_was_made_with_is_not_deleted(world: World) -> None:
    world.version(1)
    world.version(2)
    world.register(model="digger", content=b"a digger", also=(b"model 1",))
    with pytest.raises(NotDeletable, match="digger@1 was made from it"):
        deleted(world, 1)
    deleted(world, 2)
    delete(world.registry(), Delete(ref="digger@1", reason="bad"))
    deleted(world, 1)


def test_what_a_version_in_use_was_compared_with_stays_while_it_is_in_use(world: World) -> None:
    one, two = world.version(1), world.version(2)
    world.compare(two, one, low=0.1)
    world.raise_to("mower@2", "staging")
    with pytest.raises(NotDeletable, match="mower@2 is in staging and was compared with it"):
        deleted(world, 1)
    world.raise_to("mower@2", "experiment")
    deleted(world, 1)
    assert show(world.registry(), "mower@2").comparisons[0].incumbent == "mower@1"


def test_a_confirming_run_that_was_compared_counts(world: World) -> None:
    one = world.version(1)
    world.version(2)
    run = world.finished_run(content=b"model 2", parameters={"trees": 2})
    confirmed = register(world.registry(), RegisterRun(run=run))
    assert not confirmed.created
    world.compare(confirmed.version.model_copy(update={"run": run}), one, low=0.1)
    world.raise_to("mower@2", "staging")
    with pytest.raises(NotDeletable, match="compared with it"):
        deleted(world, 1)


def test_what_a_version_is_based_on_is_history_and_no_tie(world: World) -> None:
    world.version(1)
    world.register(content=b"other bytes", parameters={"trees": 1})
    deleted(world, 1)
    told = show(world.registry(), "mower@2")
    assert (told.based_on, told.same_recipe_as) == ("mower@1", "mower@1")


def test_a_bad_version_that_was_rolled_back_can_go_and_does_not_come_back(world: World) -> None:
    for number in (1, 2):
        world.version(number)
        world.raise_to(f"mower@{number}", "staging", "production")
    roll_back(world.registry(), RollBack(model="mower"))
    deleted(world, 2)
    with pytest.raises(NothingToRollBack):
        roll_back(world.registry(), RollBack(model="mower"))
    assert world.resolve("mower@production").number == 1


def test_rolling_back_passes_over_the_deleted(world: World) -> None:
    for number in (1, 2, 3):
        world.version(number)
        world.raise_to(f"mower@{number}", "staging", "production")
    deleted(world, 2)
    roll_back(world.registry(), RollBack(model="mower"))
    assert world.resolve("mower@production").number == 1


def test_policy_counts_and_archives_only_what_is_left(world: World) -> None:
    world.set_policy(
        "stages: {production: [{gate: metric, metric: auc, at_least: 0.5}]}\n"
        "retention: {keep_superseded: 1, keep_stale: 0}"
    )
    for number in (1, 2, 3, 4):
        world.version(number)
        if number != 3:
            world.raise_to(f"mower@{number}", "staging", "production")
    assert list(plan_archive(world.registry(), "mower")) == ["mower@1", "mower@3"]
    for number in (2, 3):
        deleted(world, number)
    assert plan_archive(world.registry(), "mower") == {}


def test_the_database_takes_no_tombstone_away(world: World) -> None:
    world.version(1)
    deleted(world, 1)
    for change in (sa.delete(t.tombstone), sa.update(t.tombstone).values(reason="other")):
        registry = world.registry()
        with (
            pytest.raises(Exception, match="a row of tombstone never changes"),
            registry.metadata.writing("eve") as tx,
        ):
            tx.connection.execute(change)


def test_gto_sees_that_it_is_not_registered_any_more(sqlite_world: World) -> None:
    world = sqlite_world
    for number in (1, 2):
        world.commit({})
        world.version(number)
    assert list(gto(world)) == ["v1.1.0", "v1.0.0"]
    deleted(world, 2)
    assert list(gto(world)) == ["v1.0.0"]
    archive(world.registry(), Archive(ref="mower@1"))
    deleted(world, 1)
    assert gto(world) == {}
    assert "mower@v1.1.0" in world.git("tag", "--list").split()  # what it was can still be read
