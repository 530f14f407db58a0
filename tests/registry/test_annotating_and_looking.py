"""Aliases, descriptions, history, lineage: what people add, and what they see."""

import pytest
from support.world import World

from registry_tasks.entities.annotation import Describe, PointAlias, RemoveAlias
from registry_tasks.entities.errors import (
    CurrentMoved,
    MalformedName,
    ModelNotFound,
    ReservedAlias,
    VersionNotFound,
)
from registry_tasks.entities.event import Event, EventKind
from registry_tasks.entities.lineage import NodeKind
from registry_tasks.registry.catalogue.describe import describe
from registry_tasks.registry.catalogue.show import (
    list_history,
    list_models,
    list_runs,
    list_versions,
    show,
)
from registry_tasks.registry.catalogue.trace import trace
from registry_tasks.registry.experiments.remains import why_of as why
from registry_tasks.registry.experiments.train import fail
from registry_tasks.registry.lifecycle.point_alias import point_alias, remove_alias

pytestmark = pytest.mark.slow


def test_an_alias_moves_and_its_history_stays(world: World) -> None:
    for number in (1, 2):
        world.version(number)
        point_alias(world.registry(), PointAlias(ref=f"mower@{number}", alias="hero"))

    assert world.resolve("mower@hero").number == 2
    moved = [e for e in world.history() if e.kind == EventKind.ALIAS_MOVED]
    assert [(e.before["version"], e.after["version"]) for e in moved] == [(None, 1), (1, 2)]


def test_pointing_where_it_points_already_is_no_event(world: World) -> None:
    world.version(1)
    for _ in range(2):
        point_alias(world.registry(), PointAlias(ref="mower@1", alias="hero"))
    assert world.kinds().count(EventKind.ALIAS_MOVED) == 1


def test_an_alias_is_moved_only_from_where_it_was_expected(world: World) -> None:
    world.version(1)
    with pytest.raises(CurrentMoved, match="nobody"):
        point_alias(world.registry(), PointAlias(ref="mower@1", alias="hero", expect_current=2))
    point_alias(world.registry(), PointAlias(ref="mower@1", alias="hero", expect_current=0))


@pytest.mark.parametrize(
    "alias",
    ["latest", "production", "production-eu", "staging", "archived", "v1", "v1x", "champion"],
)
def test_a_word_with_a_meaning_is_no_alias(sqlite_world: World, alias: str) -> None:
    sqlite_world.version(1)
    with pytest.raises(ReservedAlias):
        point_alias(sqlite_world.registry(), PointAlias(ref="mower@1", alias=alias))


@pytest.mark.parametrize("alias", ["", "Hero", "1st", "a b", "a/b", "h" * 101, "hero\n"])
def test_a_malformed_alias_is_refused(alias: str) -> None:
    with pytest.raises(MalformedName):
        PointAlias(ref="mower@1", alias=alias)


def test_removing_an_alias_that_is_not_there_says_so(world: World) -> None:
    world.version(1)
    with pytest.raises(VersionNotFound, match="no such alias"):
        remove_alias(world.registry(), RemoveAlias(model="mower", alias="hero"))
    with pytest.raises(ModelNotFound):
        remove_alias(world.registry(), RemoveAlias(model="nobody", alias="hero"))
    point_alias(world.registry(), PointAlias(ref="mower@1", alias="hero"))
    remove_alias(world.registry(), RemoveAlias(model="mower", alias="hero"))
    with pytest.raises(VersionNotFound):
        world.resolve("mower@hero")


def test_a_description_replaces_the_one_before_which_stays_in_history(world: World) -> None:
    world.version(1)
    for text in ("first\n\u00fcml\u00e4ut", "second"):
        describe(world.registry(), Describe(ref="mower@1", text=text))
    assert show(world.registry(), "mower@1").description == "second"
    assert world.history()[-1].before == {"description": "first\n\u00fcml\u00e4ut"}


def test_every_change_has_an_event_with_who_and_when(world: World) -> None:
    world.version(1)
    world.raise_to("mower@1", "staging")
    kinds = world.kinds()
    assert kinds == [
        EventKind.MODEL_CREATED,
        EventKind.VERSION_REGISTERED,
        EventKind.VERSION_PROMOTED,
    ]
    history = world.history()
    assert {event.actor for event in history} == {"ada"}
    assert all(event.at.tzinfo for event in history)
    assert [event.sequence for event in history] == sorted(event.sequence for event in history)


def test_history_is_read_in_pages(world: World) -> None:
    for number in (1, 2, 3):
        world.version(number)
    registry, before = world.registry(), None
    seen: list[Event] = []
    while page := list_history(registry, "mower", before=before, limit=2):
        seen += page
        before = page[-1].sequence
    assert [e.sequence for e in reversed(seen)] == [e.sequence for e in world.history()]
    with pytest.raises(ModelNotFound):
        list_history(registry, "nobody")


def test_versions_are_read_in_pages_newest_first(world: World) -> None:
    for number in (1, 2, 3):
        world.version(number)
    first = list_versions(world.registry(), "mower", limit=2)
    rest = list_versions(world.registry(), "mower", before=first[-1].number, limit=2)
    assert [v.number for v in (*first, *rest)] == [3, 2, 1]
    assert list_versions(world.registry(), "mower", before=1) == ()


def test_models_show_who_holds_their_places(world: World) -> None:
    world.version(1)
    world.version(1, model="other")
    world.raise_to("mower@1", "staging", "production")
    mower, other = list_models(world.registry())
    assert (mower.name, mower.slots, mower.aliases) == ("mower", {"production": 1}, {"champion": 1})
    assert (other.slots, other.latest) == ({}, 1)


def test_a_version_leads_back_to_its_run(world: World) -> None:
    version = world.version(1)
    edge, *rest = trace(world.registry(), "mower@1").edges
    assert (edge.source.id, edge.target.id) == (version.run, "mower@1")
    assert [(e.source.kind, e.target.id) for e in rest] == [(NodeKind.STAGE, version.run)]


@pytest.mark.parametrize(
    "ref", ["mower@1", "mower@v1.0.0", "mower@latest", "mower@production", "mower@champion"]
)
def test_every_reference_leads_to_the_version(world: World, ref: str) -> None:
    version = world.version(1)
    world.raise_to("mower@1", "staging", "production")
    for spelling in (ref, f"models:/{ref}", version.uuid, f"sha256:{version.sha256}"):
        assert world.resolve(spelling).uuid == version.uuid
        assert show(world.registry(), spelling).version.uuid == version.uuid


def test_a_failure_is_kept_whatever_a_program_wrote(world: World) -> None:
    run = world.begin_run()
    fail(world.registry(), run, why(RuntimeError("no \0 rain \udcff \u2603")))
    (found,) = list_runs(world.registry(), "mower")
    assert found.failure is not None and found.failure.startswith("RuntimeError: no \ufffd rain")
