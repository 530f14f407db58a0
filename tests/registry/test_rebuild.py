"""Rebuild: what the logs say, all of it, or a clear word on what is wrong with them."""

import json
from pathlib import Path

import pytest
from support.dump import dump
from support.inconsistent import furnish
from support.stories import Story
from support.world import POLICY, World

from registry_tasks.entities.errors import (
    LogBroken,
    LogDiffers,
    LogIncomplete,
    LogMissing,
    StoreMissing,
    StoreNotEmpty,
)
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.log_entry import LOG_REF
from registry_tasks.entities.rebuilding import Rebuild
from registry_tasks.registry.care.examine import examine
from registry_tasks.registry.ledger.mirror import sync
from registry_tasks.registry.ledger.rebuild import rebuild

from .test_log import clone_of, entries, log_of

pytestmark = pytest.mark.slow


def anew(world: World, tmp_path: Path) -> World:
    """The same world over a store that is not there yet."""
    world.close()
    world.store_url = f"sqlite:///{tmp_path / 'anew' / 'registry.db'}"
    return world


def test_a_store_with_something_in_it_is_left_alone(world: World) -> None:
    world.version(1)
    before = dump(world.registry().metadata)
    with pytest.raises(StoreNotEmpty):
        rebuild(world.registry(), Rebuild())
    assert dump(world.registry().metadata) == before


def test_a_clone_without_a_log_says_how_to_get_it(world: World, tmp_path: Path) -> None:
    with pytest.raises(LogMissing, match="git fetch"):
        rebuild(anew(world, tmp_path).registry(), Rebuild())


def test_the_doctor_has_nothing_to_say_of_a_rebuilt_store(world: World, tmp_path: Path) -> None:
    furnish(world)

    rebuild(anew(world, tmp_path).registry(), Rebuild())

    assert examine(world.registry()) == ()


def test_numbers_go_on_after_the_highest_that_ever_was(world: World, tmp_path: Path) -> None:
    world.version(1)
    world.version(2)
    world.raise_to("mower@2", "staging")
    world.git("tag", "-a", "-m", "of an event that was lost", "mower#production#500")

    made = rebuild(anew(world, tmp_path).registry(), Rebuild())

    assert made.unlogged_tags == ("refs/tags/mower#production#500",)
    assert world.version(3).number == 3
    assert world.history()[-1].sequence > 500


def test_a_run_that_is_in_git_and_in_no_log_is_named(world: World, tmp_path: Path) -> None:
    world.version(1)
    run = world.finished_run(content=b"never registered")  # its store dies before it is told
    commit = world.git("rev-parse", f"refs/registry/runs/{run}")

    made = rebuild(anew(world, tmp_path).registry(), Rebuild())

    (lost,) = made.unlogged_runs
    assert (lost.run, lost.commit) == (run, commit)
    assert lost.repair.endswith(f"--commit {commit}")


def test_objects_and_commits_that_are_gone_are_named(world: World, tmp_path: Path) -> None:
    version = world.version(1)
    world.git("update-ref", "-d", f"refs/registry/runs/{version.run}")
    for tag in world.git("tag", "--list").split():
        world.git("tag", "-d", tag)
    world.git("reflog", "expire", "--all", "--expire=now")
    world.git("prune", "--expire=now")
    for file in (world.folder / "remote").rglob("*"):
        if file.is_file():
            file.unlink()

    made = rebuild(anew(world, tmp_path).registry(), Rebuild())

    assert made.lost_commits == (f"mower@1 {version.commit}",)
    assert len(made.lost_objects) == 1
    assert made.lost_objects[0].startswith("mower@1: ")
    assert made.queued_tags == 1
    assert world.resolve("mower@1").sha256 == version.sha256


def test_several_repositories_are_merged_in_the_order_of_events(
    world: World, tmp_path: Path
) -> None:
    here = world.root
    elsewhere = world.folder / "elsewhere"
    world.version(1)
    world.root = elsewhere
    world.make_project(POLICY + "# of another repository\n")
    world.version(2)
    world.raise_to("mower@2", "staging", "production")
    world.root = here
    world.version(3)
    sync(world.registry())
    before = dump(world.registry().metadata)
    anew(world, tmp_path)

    with pytest.raises(LogIncomplete, match="name every repository"):
        rebuild(world.registry(), Rebuild(repositories=(str(elsewhere),)))
    made = rebuild(world.registry(), Rebuild(repositories=(str(elsewhere), str(here))))

    assert len(made.repositories) == 2
    assert dump(world.registry().metadata) == before


def test_of_two_clones_the_one_that_knows_more_counts_and_both_must_agree(
    world: World, tmp_path: Path
) -> None:
    world.version(1)
    other = clone_of(world, "other")
    sync(other.registry())
    world.version(2)
    before = dump(world.registry().metadata)
    both = Rebuild(repositories=(str(other.root), str(world.root)))
    rebuild(anew(world, tmp_path).registry(), both)
    assert dump(world.registry().metadata) == before

    forged = json.loads(other.git("log", "-1", "--format=%b", LOG_REF))
    text = json.dumps(forged | {"actor": "eve"}, sort_keys=True, separators=(",", ":"))
    subject = other.git("log", "-1", "--format=%s", LOG_REF)
    tip = log_of(other)
    made = other.git(
        "commit-tree", f"{tip}^{{tree}}", "-p", f"{tip}~1", "-m", f"{subject}\n\n{text}"
    )
    other.git("update-ref", LOG_REF, made)
    other.close()
    with pytest.raises(LogDiffers, match="version.registered"):
        rebuild(anew(world, tmp_path / "again").registry(), both)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"format": 0}, "no entry of a log"),
        ({"kind": "conjured"}, "no entry of a log"),
        ({"sequence": 1}, "comes after"),
        ({"number": 7}, "comes after"),
    ],
)
def test_an_entry_that_cannot_be_is_refused(
    sqlite_world: World, tmp_path: Path, change: dict[str, object], said: str
) -> None:
    world = sqlite_world
    world.version(1)
    tip = log_of(world)
    entry = json.loads(world.git("log", "-1", "--format=%b", LOG_REF)) | change
    text = json.dumps(entry, sort_keys=True, separators=(",", ":"))
    subject = world.git("log", "-1", "--format=%s", LOG_REF)
    made = world.git(
        "commit-tree", f"{tip}^{{tree}}", "-p", f"{tip}~1", "-m", f"{subject}\n\n{text}"
    )
    world.git("update-ref", LOG_REF, made)
    with pytest.raises((LogBroken, LogDiffers), match=said):
        rebuild(anew(world, tmp_path).registry(), Rebuild())
    with pytest.raises(StoreMissing):
        world.resolve("mower@1")


def test_another_database_can_take_it(
    sqlite_world: World, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    world = sqlite_world
    Story(world, 5).begin_with_all()
    sync(world.registry())
    before = dump(world.registry().metadata)
    assert [table for table, rows in before.items() if not rows] == [], "nothing tried there"
    about = ("account.", "objects.", "right.", "subscription.", "token.")
    of_no_model = {kind for kind in EventKind if kind.startswith(about)}
    told = {entry.kind for entry in entries(world)}
    assert told == set(EventKind) - of_no_model, (
        "nothing tried of some; what is of no model is not in Git"
    )
    server = request.getfixturevalue("postgres")
    url = server.empty()

    rebuild(world.registry(), Rebuild(into=url))

    world.close()
    world.store_url = url
    assert dump(world.registry().metadata) == before
    assert world.version(99).number > 3
    world.close()
    server.drop(url)
