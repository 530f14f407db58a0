"""An older store, as a backup brings it back, goes on to where Git's log is."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.databases import Postgres
from support.dump import dump
from support.dying import deaths
from support.inconsistent import furnish
from support.stories import TEXT, Story
from support.trials import Trial
from support.world import POLICY, World

from registry_tasks.entities.annotation import Describe, DescribeModel, RemoveSchema
from registry_tasks.entities.dataset_record import DescribeDataset
from registry_tasks.entities.deployment import EndDeployment, StartDeployment
from registry_tasks.entities.errors import (
    LogDiffers,
    LogIncomplete,
    LogMissing,
    StoreBehindLog,
    StoreMissing,
    StoreMovedAway,
)
from registry_tasks.entities.event import Event
from registry_tasks.entities.promotion import Promote
from registry_tasks.entities.rebuilding import Rebuild
from registry_tasks.entities.removal import Release
from registry_tasks.entities.store_move import MoveStore
from registry_tasks.registry.care.back_up import back_up
from registry_tasks.registry.care.examine import examine
from registry_tasks.registry.care.move_store import move_store
from registry_tasks.registry.care.recover import recover
from registry_tasks.registry.catalogue.datasets import describe_dataset
from registry_tasks.registry.catalogue.describe import describe, describe_model
from registry_tasks.registry.catalogue.document_schema import remove_schema
from registry_tasks.registry.catalogue.show import list_versions
from registry_tasks.registry.ledger.log import log_state
from registry_tasks.registry.ledger.mirror import sync
from registry_tasks.registry.ledger.rebuild import bring_forward
from registry_tasks.registry.lifecycle.deploy import end_deployment, start_deployment
from registry_tasks.registry.lifecycle.hold import release
from registry_tasks.registry.lifecycle.promote import promote
from registry_tasks.stores.metadata.history import list_events

pytestmark = pytest.mark.slow

Recovered = Callable[[Path], World]


@pytest.fixture
def recovered(world: World, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Recovered]:
    """The same checkout and remote over what a backup holds, in a database of the same kind."""
    made: list[World] = []

    def bring_back(backup: Path) -> World:
        made.append(World(world.folder, new_url(world, request, tmp_path / f"new {len(made)}")))
        recover(made[-1].registry(), backup)
        return made[-1]

    yield bring_back
    for one in made:
        one.close()


def new_url(world: World, request: pytest.FixtureRequest, folder: Path) -> str:
    if world.store_url.startswith("sqlite"):
        return f"sqlite:///{folder / 'registry.db'}"
    server: Postgres = request.getfixturevalue("postgres")
    return server.empty()


def test_what_was_said_comes_forward_or_goes(
    world: World, recovered: Recovered, tmp_path: Path
) -> None:
    """Tags, notes and other texts from after the backup are not in Git; all that is goes on."""
    registry, data = world.registry(), DescribeDataset(name="data.csv", retain_until="2030-01-31")
    furnish(world)
    describe_dataset(registry, data)
    start_deployment(registry, StartDeployment(ref="mower@1", environment="eu", place="API"))
    back_up(registry, tmp_path / "backup")
    end_deployment(registry, EndDeployment(ref="mower@1", environment="eu", place="API"))
    describe_dataset(registry, data.model_copy(update={"retain_until": ""}))
    remove_schema(registry, RemoveSchema(model="mower"))
    release(registry, Release(ref="mower@2", reason="closed"))
    describe_model(registry, DescribeModel(model="mower", team="lawn"))
    sync(registry)
    before = dump(registry.metadata)
    there = recovered(tmp_path / "backup")

    bring_forward(there.registry(), Rebuild())

    assert dump(there.registry().metadata) == before
    assert examine(there.registry()) == ()


def test_every_backup_comes_to_where_the_log_is(
    world: World, recovered: Recovered, tmp_path: Path, trial: Trial
) -> None:
    story = Story(world, trial.seed)
    backups = [tmp_path / f"backup {number}" for number in range(trial.size(2, 20))]
    world.version(1, model="trimmer")
    for number, folder in enumerate(backups):
        back_up(world.registry(), folder)
        world.close()
        story.begin_with_all() if number == 0 else story.go_on(trial.size(6, 40))
    sync(world.registry())
    before, history = dump(world.registry().metadata), history_of(world)
    log = world.git("rev-parse", "refs/registry/log")
    written = 0
    for folder in backups:
        there = recovered(folder)
        known = history_of(there)
        with pytest.raises(StoreBehindLog, match="rebuild --from-git --forward"):
            there.raise_to("trimmer@1", "staging")

        made = bring_forward(there.registry(), Rebuild())

        assert dump(there.registry().metadata) == before
        assert history_of(there)[: len(known)] == history[: len(known)], (
            "texts that were there stay"
        )
        later = history[len(known) :]
        assert made.withheld.get("reason", 0) == sum(bool(event.reason) for event in later)
        assert made.since == (known[-1].sequence if known else 0)
        assert (made.events, made.last_sequence) == (len(later), history[-1].sequence)
        assert (made.unlogged_runs, made.lost_commits, made.lost_objects) == ((), (), ())
        assert made.queued_tags == 0
        again = bring_forward(there.registry(), Rebuild())
        assert (again.events, again.last_at) == (0, made.last_at)
        sync(there.registry())
        assert world.git("rev-parse", "refs/registry/log") == log
        assert log_state(there.registry()).difference is None
        assert examine(there.registry()) == ()
        written += made.events
        there.close()
        world.close()
    there = recovered(backups[0])
    bring_forward(there.registry(), Rebuild())
    newest, *_ = list_versions(world.registry(), "mower", deleted=True)
    assert there.version(90).number == newest.number + 1  # and from now on it differs
    there.close()
    n = f"{len(backups)} backups of one store brought forward, {written} events"
    trial.report(
        "P10", n=n, figure="dump equal to the one that went on, texts before the backup stay"
    )


def history_of(world: World) -> list[Event]:
    """Every event, oldest first."""
    with world.registry().metadata.reading() as connection:
        return list(reversed(list_events(connection, limit=100_000)))


def test_texts_that_the_backup_has_stay_and_later_ones_are_counted(
    world: World, recovered: Recovered, tmp_path: Path
) -> None:
    world.version(1)
    promote(world.registry(), Promote(ref="mower@1", to="staging", reason=TEXT))
    back_up(world.registry(), tmp_path / "backup")
    describe(world.registry(), Describe(ref="mower@1", text=TEXT))
    there = recovered(tmp_path / "backup")
    made = bring_forward(there.registry(), Rebuild())
    assert made.withheld
    assert any(event.reason == TEXT for event in there.history())


def test_killed_anywhere_it_is_the_old_one_or_the_new_one(
    world: World, recovered: Recovered, tmp_path: Path, trial: Trial
) -> None:
    """A SIGKILL at every statement and write; then the same command again."""
    story = Story(world, trial.seed)
    story.begin_with_all() if trial.full else story.register()
    back_up(world.registry(), tmp_path / "backup")
    story.go_on(trial.size(10, 40))
    sync(world.registry())
    after = dump(world.registry().metadata)
    there = recovered(tmp_path / "backup")
    before = dump(there.registry().metadata)
    there.close()
    world.close()
    step, tried = trial.size(29, 1), 0
    begin = 1 + trial.seed % step
    for _ in deaths(lambda: bring_forward(there.registry(), Rebuild()), begin, step):
        tried += 1
        found = dump(there.registry().metadata)
        there.close()
        assert found in (before, after)
    assert dump(there.registry().metadata) == after
    there.close()
    assert tried > 5
    where = "PostgreSQL" if there.store_url.startswith("postgresql") else "SQLite"
    n = f"{tried} deaths while an older store is brought forward, {where}"
    trial.report("P10", n=n, figure="all or nothing each time, whole at the end")


def test_a_store_that_went_its_own_way_is_refused(
    world: World, recovered: Recovered, tmp_path: Path
) -> None:
    world.version(1)
    back_up(world.registry(), tmp_path / "backup")
    world.raise_to("mower@1", "staging")
    world.version(2)
    there = recovered(tmp_path / "backup")
    elsewhere = there.beside(tmp_path / "another repository", World)
    elsewhere.make_project(POLICY + "# another one\n")
    elsewhere.version(3)
    before = dump(there.registry().metadata)
    for repositories in ((), (str(world.root), str(elsewhere.root))):
        with pytest.raises((LogDiffers, LogIncomplete)):
            bring_forward(there.registry(), Rebuild(repositories=repositories))
    assert dump(there.registry().metadata) == before


def test_no_repository_of_the_store_may_be_missing(
    world: World, recovered: Recovered, tmp_path: Path
) -> None:
    """What it did in between would be left out without a word."""
    other = world.beside(world.folder / "other", World)
    other.make_project(POLICY.replace("mower", "tiller") + "# another one\n")
    world.version(1)
    other.version(2, model="tiller")
    back_up(world.registry(), tmp_path / "backup")
    other.raise_to("tiller@1", "staging", "production")
    world.raise_to("mower@1", "staging")
    other.version(3, model="tiller")
    after = dump(world.registry().metadata)
    there = recovered(tmp_path / "backup")

    with pytest.raises(LogIncomplete, match=r"what repository other .* tells"):
        bring_forward(there.registry(), Rebuild())
    both = Rebuild(repositories=(str(other.root), str(world.root)))
    made = bring_forward(there.registry(), both)

    assert len(made.repositories) == 2
    assert dump(there.registry().metadata) == after


def test_the_log_of_events_that_the_store_has_must_be_whole(
    world: World, recovered: Recovered, tmp_path: Path
) -> None:
    """A clone whose log begins again later than the store's history proves nothing."""
    world.version(1)
    world.version(2)
    back_up(world.registry(), tmp_path / "backup")
    there = recovered(tmp_path / "backup")
    log = world.git("rev-parse", "refs/registry/log")
    world.git("update-ref", "-d", "refs/registry/log")
    with pytest.raises(LogMissing):
        bring_forward(there.registry(), Rebuild())
    world.git("update-ref", "refs/registry/log", f"{log}~1")
    assert (
        bring_forward(there.registry(), Rebuild()).events == 0
    )  # it is behind, and `sync` writes it
    sync(there.registry())
    assert world.git("rev-parse", "refs/registry/log") == log


def test_it_needs_a_store_in_use(sqlite_world: World, tmp_path: Path) -> None:
    world = sqlite_world
    world.version(1)
    with pytest.raises(StoreMissing):
        bring_forward(world.registry(), Rebuild(into=f"sqlite:///{tmp_path / 'none.db'}"))
    move_store(world.registry(), MoveStore(to=f"sqlite:///{tmp_path / 'moved.db'}"))
    with pytest.raises(StoreMovedAway):
        bring_forward(world.registry(), Rebuild())
