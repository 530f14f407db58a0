"""Where a version is used: recorded, shown at any time, and in the way of deleting it."""

from datetime import UTC, datetime, timedelta

import pytest
from support.world import World

from registry_tasks.entities.deployment import Deployment, EndDeployment, StartDeployment
from registry_tasks.entities.errors import (
    DeploymentNotFound,
    InUse,
    InvalidSetting,
    MalformedName,
    MalformedText,
    ModelNotFound,
    NotDeletable,
    VersionDeleted,
)
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.promotion import Archive, ArchiveByPolicy
from registry_tasks.entities.removal import Delete
from registry_tasks.registry.care.doctor import told_rows
from registry_tasks.registry.catalogue.deployments import list_deployments
from registry_tasks.registry.lifecycle.archive import archive, archive_by_policy
from registry_tasks.registry.lifecycle.delete import delete
from registry_tasks.registry.lifecycle.deploy import end_deployment, start_deployment

pytestmark = pytest.mark.slow


def use(world: World, ref: str, place: str = "scoring API", **more: object) -> Deployment:
    asked = StartDeployment(ref=ref, environment="prod-eu", place=place, **more)
    return start_deployment(world.registry(), asked).deployment


def end(world: World, ref: str, place: str = "scoring API") -> Deployment:
    asked = EndDeployment(ref=ref, environment="prod-eu", place=place, reason="over")
    return end_deployment(world.registry(), asked)


def test_a_version_is_used_at_a_place_until_it_is_not(world: World) -> None:
    world.version(1)

    begun = use(world, "mower@1", reason="first")

    assert (begun.version, begun.environment, begun.by) == ("mower@1", "prod-eu", "ada")
    assert list_deployments(world.registry(), "mower") == (begun,)
    assert list_deployments(world.registry()) == (begun,)
    assert list_deployments(world.registry(), "mower@1", environment="prod-us") == ()
    over = end(world, "mower@1")
    assert over.uuid == begun.uuid
    assert over.until is not None
    assert over.until >= over.since
    assert list_deployments(world.registry(), "mower") == ()
    assert list_deployments(world.registry(), "mower", over=True) == (over,)
    started, ended = world.history()[-2:]
    assert (started.kind, started.reason) == (EventKind.DEPLOYMENT_STARTED, "first")
    assert (ended.kind, ended.reason) == (EventKind.DEPLOYMENT_ENDED, "over")
    assert (ended.before["until"], ended.version) == (None, 1)


def test_saying_it_twice_changes_nothing(world: World) -> None:
    world.version(1)
    assert use(world, "mower@1") == use(world, "mower@1", reason="again")
    assert end(world, "mower@1") == end(world, "mower@1")
    kinds = world.kinds()
    assert kinds.count(EventKind.DEPLOYMENT_STARTED) == 1
    assert kinds.count(EventKind.DEPLOYMENT_ENDED) == 1
    again = use(world, "mower@1")
    assert [each.until is None for each in list_deployments(world.registry(), over=True)] == [
        True,
        False,
    ]
    assert end(world, "mower@1").uuid == again.uuid


def test_one_version_takes_the_place_of_the_others(world: World) -> None:
    for number in (1, 2, 3):
        world.version(number)
    old, canary = use(world, "mower@1"), use(world, "mower@2")
    elsewhere = use(world, "mower@1", place="nightly batch")
    assert len(list_deployments(world.registry(), "mower")) == 3

    asked = StartDeployment(ref="mower@3", environment="prod-eu", place="scoring API", replace=True)
    made = start_deployment(world.registry(), asked)

    assert [each.uuid for each in made.ended] == [old.uuid, canary.uuid]
    assert list_deployments(world.registry(), "mower") == (made.deployment, elsewhere)
    assert start_deployment(world.registry(), asked).ended == ()


def test_where_it_was_used_at_a_time(world: World) -> None:
    for number in (1, 2):
        world.version(number)
    before = datetime.now(UTC)
    one = use(world, "mower@1")
    two = use(world, "mower@2")
    over = end(world, "mower@1")
    assert over.until is not None

    def then(at: datetime) -> list[str]:
        found = list_deployments(world.registry(), "mower", at=at)
        return [each.version for each in found]

    assert then(before) == []
    assert then(one.since) == ["mower@1"]
    assert then(two.since) == ["mower@2", "mower@1"]
    assert then(over.until) == ["mower@2"]
    assert then(over.until + timedelta(days=1)) == ["mower@2"]
    with pytest.raises(InvalidSetting, match="without its zone"):
        list_deployments(world.registry(), at=datetime(2026, 1, 1))


def test_what_is_recorded_late_says_when_it_was(world: World) -> None:
    world.version(1)
    world.version(2)
    now = datetime.now(UTC)
    began, changed, ended = (now - timedelta(days=days) for days in (30, 20, 10))

    first = use(world, "mower@1", since=began)
    second = use(world, "mower@2", since=changed, replace=True)
    asked = EndDeployment(ref="mower@2", environment="prod-eu", place="scoring API", until=ended)
    over = end_deployment(world.registry(), asked)

    assert (first.since, second.since, over.until) == (began, changed, ended)
    for days, expected in ((31, []), (25, ["mower@1"]), (15, ["mower@2"]), (5, [])):
        at = now - timedelta(days=days)
        assert [d.version for d in list_deployments(world.registry(), at=at)] == expected
    told = world.history()[-1]
    assert told.kind == EventKind.DEPLOYMENT_ENDED
    assert datetime.fromisoformat(told.after["until"]) == ended
    assert told.at >= now
    with world.registry().metadata.reading() as connection:
        assert list(told_rows.told(connection)) == [], "the events tell the same"

    with pytest.raises(InvalidSetting, match="since=.*still to come"):
        use(world, "mower@1", since=now + timedelta(days=1))
    use(world, "mower@1", since=changed)
    with pytest.raises(InvalidSetting, match="until=.*the deployment began"):
        end_deployment(
            world.registry(), asked.model_copy(update={"ref": "mower@1", "until": began})
        )
    with pytest.raises(InvalidSetting, match="zone"):
        use(world, "mower@1", place="elsewhere", since="2026-01-01T00:00")


def test_pages_go_on_where_the_last_one_ended(world: World) -> None:
    world.version(1)
    for place in ("a", "b", "c"):
        use(world, "mower@1", place=place)
    first = list_deployments(world.registry(), limit=2)
    rest = list_deployments(world.registry(), limit=2, before=first[-1].uuid)
    assert [each.place for each in (*first, *rest)] == ["c", "b", "a"]


def test_what_is_in_use_is_neither_deleted_nor_archived(world: World) -> None:
    world.set_policy("retention: {keep_superseded: 0, keep_stale: 0}")
    for number in (1, 2, 3):
        world.version(number)
    world.raise_to("mower@3", "staging")
    use(world, "mower@1")

    with pytest.raises(NotDeletable, match="it is deployed: scoring API in prod-eu"):
        delete(world.registry(), Delete(ref="mower@1", reason="old"))
    with pytest.raises(InUse, match="deployed"):
        archive(world.registry(), Archive(ref="mower@1"))
    moved = archive_by_policy(world.registry(), ArchiveByPolicy(model="mower"))
    assert [move.ref for move in moved.moves] == ["mower@2"]

    end(world, "mower@1")
    delete(world.registry(), Delete(ref="mower@1", reason="old"))
    with pytest.raises(VersionDeleted):
        use(world, "mower@1")
    assert len(list_deployments(world.registry(), "mower@1", over=True)) == 1


def test_what_was_never_used_there_cannot_end(world: World) -> None:
    world.version(1)
    with pytest.raises(DeploymentNotFound, match="registry deployment list mower@1"):
        end(world, "mower@1")
    with pytest.raises(ModelNotFound):
        list_deployments(world.registry(), "nobody")


@pytest.mark.parametrize(
    ("environment", "place"),
    [
        ("prod/eu", "x"),
        ("Prod", "x"),
        ("eu", ""),
        ("eu", "  "),
        ("eu", "a\nb"),
        ("eu", "a\x1b[2J"),
        ("eu", "sc\u043ering"),
        ("eu", "x" * 10_000),
    ],
)
def test_odd_names_are_refused(environment: str, place: str) -> None:
    with pytest.raises((MalformedName, MalformedText)):
        StartDeployment(ref="mower@1", environment=environment, place=place)
