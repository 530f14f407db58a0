"""One store for many repositories: each judges its own versions, and hears of nothing else."""

import pytest
from support.world import POLICY, World

from registry_tasks.entities.annotation import PointAlias, RemoveAlias
from registry_tasks.entities.errors import PolicyElsewhere, RegistryError, ShallowClone
from registry_tasks.entities.promotion import ArchiveByPolicy, Promote, RollBack
from registry_tasks.registry.care.examine import examine
from registry_tasks.registry.ledger.identity import repository_name
from registry_tasks.registry.ledger.mirror import sync
from registry_tasks.registry.lifecycle.archive import archive_by_policy, plan_archive
from registry_tasks.registry.lifecycle.point_alias import point_alias, remove_alias
from registry_tasks.registry.lifecycle.promote import promote
from registry_tasks.registry.lifecycle.roll_back import roll_back

from .test_log import clone_of, entries

WEAK = POLICY.replace("at_least: 0.5", "at_least: 0.0") + POLICY.split("models:")[1].replace(
    "mower", "tiller"
)


@pytest.fixture
def two(world: World) -> tuple[World, World]:
    """Two projects over one store; the second one says weaker things of the first one's model."""
    other = world.beside(world.folder / "other", World)
    other.make_project(WEAK)
    return world, other


def test_a_policy_is_read_from_the_versions_own_repository_only(two: tuple[World, World]) -> None:
    world, other = two
    world.version(1, metrics={"auc": 0.1})
    world.raise_to("mower@1", "staging")
    registry = other.registry()
    attempts = [
        lambda: promote(registry, Promote(ref="mower@1", to="production")),
        lambda: archive_by_policy(registry, ArchiveByPolicy(model="mower")),
        lambda: plan_archive(registry, "mower"),
        lambda: roll_back(registry, RollBack(model="mower")),
        lambda: point_alias(registry, PointAlias(ref="mower@1", alias="hero")),
        lambda: remove_alias(registry, RemoveAlias(model="mower", alias="hero")),
    ]
    before = world.history()
    for attempt in attempts:
        with pytest.raises(PolicyElsewhere, match="in a checkout of project"):
            attempt()
    assert world.history() == before
    with pytest.raises(RegistryError, match="0.1"):  # its own policy's gate
        promote(world.registry(), Promote(ref="mower@1", to="production"))


@pytest.mark.slow
def test_each_repository_hears_of_its_own_versions_only(two: tuple[World, World]) -> None:
    world, other = two
    world.version(1)
    other.version(2, model="tiller")
    other.raise_to("tiller@1", "staging", "production")
    world.raise_to("mower@1", "staging")
    for one, model in ((world, "mower"), (other, "tiller")):
        sync(one.registry())
        assert {e.model for e in entries(one)} == {model}
        assert {t.partition("@")[0].partition("#")[0] for t in one.git("tag").split()} == {model}
        assert examine(one.registry()) == ()
    assert repository_name(world.registry()) != repository_name(other.registry())


@pytest.mark.slow
def test_a_moved_checkout_and_a_clone_are_the_same_repository(world: World) -> None:
    world.version(1)
    clone = clone_of(world, "clone")
    promote(clone.registry(), Promote(ref="mower@1", to="staging"))
    clone.root = clone.root.rename(world.folder / "moved")
    promote(clone.registry(), Promote(ref="mower@1", to="production"))
    assert world.resolve("mower@production").number == 1


def test_a_shallow_clone_is_told_how_to_become_whole(world: World) -> None:
    world.commit({"more.txt": "more\n"})
    shallow = world.beside(world.folder / "shallow", World)
    world.git("clone", "--quiet", "--depth=1", f"file://{world.root}", str(shallow.root))
    with pytest.raises(ShallowClone, match="fetch --unshallow"):
        shallow.version(1)
    shallow.git("fetch", "--quiet", "--unshallow")
    assert repository_name(shallow.registry()) == repository_name(world.registry())


def test_the_identity_is_asked_once_for_all(world: World) -> None:
    identity = repository_name(world.registry())
    assert identity == world.git("rev-list", "--max-parents=0", "HEAD")
    kept = world.root / ".git" / "registry-identity"
    assert kept.read_text() == f"{identity}\n"
    kept.write_text("half a ha")  # as after a loss of power
    assert repository_name(world.registry()) == identity
