"""P10: the database is gone; Git gives all of it back, but for texts, and says what it cannot."""

import os
import random
import signal
import time
from pathlib import Path

import pytest
from support.dump import Dump, dump
from support.replay import replay
from support.stories import LINK, PRINTED, TEXT, Story
from support.trials import Trial
from support.world import Recorded, World

from registry_tasks.entities.event import EventKind
from registry_tasks.entities.promotion import Promote
from registry_tasks.entities.rebuilding import Rebuild
from registry_tasks.entities.registration import RegisterRun
from registry_tasks.entities.run import RUN_REFS, Origin, RunStart
from registry_tasks.registry.catalogue.register import write_version
from registry_tasks.registry.ledger.identity import repository_name
from registry_tasks.registry.ledger.log import log_state
from registry_tasks.registry.ledger.mirror import sync
from registry_tasks.registry.ledger.rebuild import rebuild
from registry_tasks.registry.lifecycle.promote import promote
from registry_tasks.stores.git.lock import locked
from registry_tasks.stores.metadata import events, runs
from registry_tasks.stores.metadata.models import put_model

pytestmark = pytest.mark.slow

ONLY_ADDED = (
    *("version", "confirmation", "comparison", "promotion_attempt", "reproduction", "event"),
    *("parameter", "metric", "metric_point", "artifact", "dataset_use", "lineage_edge"),
    *("dataset", "dataset_version", "environment", "environment_package", "tombstone"),
)


def lose(world: World, folder: Path) -> None:
    """Leave the project and the remote, and take another store, which is empty."""
    world.close()
    world.store_url = f"sqlite:///{folder / 'registry.db'}"


def test_all_but_texts_is_back(world: World, tmp_path: Path, trial: Trial) -> None:
    story = Story(world, trial.seed)
    story.begin_with_all()
    story.go_on(trial.size(20, 60))
    sync(world.registry())
    before = dump(world.registry().metadata)
    log = world.git("rev-parse", "refs/registry/log")
    lose(world, tmp_path / "anew")

    made = rebuild(world.registry(), Rebuild())

    assert dump(world.registry().metadata) == before
    assert not [table for table, rows in before.items() if not rows], "nothing tried there"
    assert (made.unlogged_runs, made.lost_commits, made.lost_objects) == ((), (), ())
    assert made.queued_tags == 0
    sync(world.registry())
    assert world.git("rev-parse", "refs/registry/log") == log
    assert log_state(world.registry()).difference is None
    database = "SQLite" if "sqlite" in os.environ.get("PYTEST_CURRENT_TEST", "") else "PostgreSQL"
    rows = sum(map(len, before.values()))
    n = f"{made.events} events, {rows} rows, lost from {database}"
    trial.report("P10", n=n, figure="dump equal to the one before")


def test_no_text_is_in_git_and_what_there_was_is_counted(
    sqlite_world: World, tmp_path: Path, trial: Trial
) -> None:
    world = sqlite_world
    Story(world, trial.seed).begin_with_all()
    sync(world.registry())
    told = world.git("log", "--format=%B", "refs/registry/log")
    assert TEXT not in told
    assert LINK not in told
    assert PRINTED not in told
    reasons = sum(1 for event in world.history() if event.reason)
    lose(world, tmp_path / "anew")
    made = rebuild(world.registry(), Rebuild())
    said = {"description": 10, "document": 1, "links": 1, "purpose": 1, "source": 1, "text": 2}
    assert made.withheld == said | {"failure": 7, "log_tail": 1, "reason": reasons, "tags": 11}


def test_a_database_lost_at_any_instant(sqlite_world: World, tmp_path: Path, trial: Trial) -> None:
    """Killed in the middle of things, some of them not told to Git, again and again."""
    world, rolls = sqlite_world, random.Random(trial.seed)
    story = Story(world, trial.seed)
    story.begin_with_all()
    rounds, untold, told = trial.size(2, 8), 0, 0
    for number in range(rounds):
        world.close()
        _live_and_die(world, story, rolls, hold_up=number % 2 == 1)
        before, history = dump(world.registry().metadata), world.history()
        lose(world, tmp_path / f"life {number}")

        made = rebuild(world.registry(), Rebuild())

        after = dump(world.registry().metadata)
        kept = [event for event in history if event.sequence <= made.last_sequence]
        assert [e.sequence for e in world.history()] == [e.sequence for e in kept]
        _check_added(before, after)
        stages = world.stages()  # without those that were deleted
        assert {n: s for n, s in replay(world.history()).items() if n in stages} == stages
        _check_runs_are_named(world, made.unlogged_runs)
        sync(world.registry())
        assert log_state(world.registry()).difference is None
        untold += len(history) - len(kept)
        told += len(kept)
        story = Story(world, trial.seed * 1000 + number)  # life goes on over what came back
    assert untold, "no change was lost on its way, so nothing was tried"
    figure = f"0 of the told lost; {untold} acknowledged and not yet told, gone"
    trial.report("P10", n=f"{rounds} kills, {told} events rebuilt", figure=figure)


def _live_and_die(world: World, story: Story, rolls: random.Random, hold_up: bool) -> None:
    """Let a child do things until it is killed; ``hold_up`` lets it get nothing into Git."""
    wait_s = rolls.uniform(0.5, 3.0)
    child = os.fork()
    if child == 0:
        os.setsid()
        try:
            story.go_on(10_000)
        finally:
            os._exit(1)
    if hold_up:
        with locked(world.root / ".git"):
            time.sleep(wait_s)
            os.killpg(child, signal.SIGKILL)
    else:
        time.sleep(wait_s)
        os.killpg(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "the child's life ended in an error"


def _check_added(before: Dump, after: Dump) -> None:
    for table in ONLY_ADDED:
        assert not set(after[table]) - set(before[table]), f"{table} has what never was"


def _check_runs_are_named(world: World, named: tuple[object, ...]) -> None:
    """Every run that Git keeps is in the store or in the answer."""
    kept = world.git("for-each-ref", "--format=%(refname)", RUN_REFS).split()
    with world.registry().metadata.reading() as connection:
        names = (repository_name(world.registry()),)
        known = {f"{RUN_REFS}/{run}" for run, _ in runs.list_commits(connection, names)}
    assert {f"{RUN_REFS}/{run.run}" for run in named} == set(kept) - known  # type: ignore[attr-defined]


def test_many_versions_in_time(
    world: World, tmp_path: Path, trial: Trial, request: pytest.FixtureRequest
) -> None:
    is_postgres = world.store_url.startswith("postgresql")
    count = trial.size(150, 400 if is_postgres else 1_500)
    _fill(world, count)
    sync(world.registry())
    before = dump(world.registry().metadata)
    lose(world, tmp_path / "anew")
    if is_postgres:
        world.store_url = request.getfixturevalue("postgres").empty()
    began = time.monotonic()

    made = rebuild(world.registry(), Rebuild())

    took = time.monotonic() - began
    assert made.versions == count
    assert dump(world.registry().metadata) == before
    if trial.full:  # so few say nothing of time
        assert took <= 60 * count / 10_000
    database = "PostgreSQL" if is_postgres else "SQLite"
    n = f"{count} versions, {made.events} events into {database}"
    trial.report("P10", n=n, figure=f"{took:.1f} s")
    if is_postgres:
        world.close()
        request.getfixturevalue("postgres").drop(world.store_url)


def _fill(world: World, count: int) -> None:
    """Write versions as the verbs do, but many in a transaction, and promote some."""
    registry = world.registry()
    head = registry.repository.head()
    made = world.record_of(Recorded(packages={f"package-{n}": "1.0" for n in range(50)}), head)
    origin = Origin(
        project="project", repository=repository_name(registry), base_commit=head, uncommitted=()
    )
    for first in range(0, count, 500):
        with registry.metadata.writing("ada") as tx:
            for number in range(first, min(first + 500, count)):
                uuid = f"{number:08d}-0000-4000-8000-000000000000"
                begun = RunStart(
                    uuid=uuid, model="mower", experiment="default", origin=origin, flow_run=None
                )
                model = put_model(tx, "mower")
                run = runs.start(tx, model, begun)
                events.append(tx, EventKind.RUN_STARTED, model=model, run=run, after={})
                recipe = made.recipe.model_copy(update={"parameters": {"trees": number}})
                runs.finish(tx, run, made.model_copy(update={"recipe": recipe}))
                events.append(tx, EventKind.RUN_FINISHED, model=model, run=run, after={})
                row = runs.get_row(tx.connection, uuid)
                write_version(tx, row, made.manifest, RegisterRun(run=uuid))
            tx.commit()
    for number in range(1, min(count, 40)):
        promote(world.registry(), Promote(ref=f"mower@{number}", to="staging"))
