"""The log in Git: a chain that any clone writes byte for byte, behind every change at once."""

import subprocess
from pathlib import Path

import pytest
from support.processes import together
from support.stories import Story
from support.world import World, copy_tree

from registry_tasks.entities.errors import LogBroken, LogDiffers
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.log_entry import LOG_REF, LogEntry
from registry_tasks.registry.ledger.identity import repository_name
from registry_tasks.registry.ledger.log import log_state
from registry_tasks.registry.ledger.mirror import sync
from registry_tasks.stores.git.chain import read_chain


def log_of(world: World) -> str:
    return world.git("rev-parse", LOG_REF)


def entries(world: World) -> list[LogEntry]:
    return [LogEntry.read(head.message) for head in read_chain(world.root / ".git", LOG_REF)]


def clone_of(world: World, name: str) -> World:
    """The same project in another folder, over the same store."""
    other = world.beside(world.folder / name, World)
    subprocess.run(["git", "clone", "--quiet", world.root, other.root], check=True)
    return other


@pytest.mark.slow
def test_every_event_has_an_entry_in_order(world: World) -> None:
    world.version(1)
    world.raise_to("mower@1", "staging", "production")

    told = entries(world)

    history = world.history()
    assert [e.sequence for e in told] == [e.sequence for e in history]
    assert [e.number for e in told] == list(range(1, len(history) + 1))
    assert [e.kind for e in told] == [e.kind for e in history]
    assert world.git("log", "--format=%an <%ae>", LOG_REF).splitlines() == [
        "registry <registry@localhost>"
    ] * len(told)
    assert world.git("log", "-1", "--format=%s", LOG_REF) == f"mower@1 {history[-1].kind}"
    assert world.git("ls-tree", LOG_REF) == ""
    assert log_state(world.registry()) == (told[-1].sequence, told[-1].sequence, 0, None)
    world.git("fsck", "--strict")


@pytest.mark.slow
def test_another_clone_writes_the_same_log(world: World) -> None:
    Story(world, 3).begin_with_all()
    sync(world.registry())
    other = clone_of(world, "other")

    sync(other.registry())

    assert repository_name(other.registry()) == repository_name(world.registry())
    assert log_of(other) == log_of(world)


@pytest.mark.slow
def test_a_clone_that_was_away_goes_on_from_where_it_was(world: World) -> None:
    world.version(1)
    other = clone_of(world, "other")
    sync(other.registry())
    before = log_of(other)
    world.raise_to("mower@1", "staging")

    sync(other.registry())

    assert log_of(other) == log_of(world)
    assert other.git("rev-parse", f"{LOG_REF}~1") == before


@pytest.mark.slow
def test_processes_at_once_write_one_chain(world: World) -> None:
    for number in range(1, 5):
        world.version(number)
    world.close()

    together(4, lambda number: world.raise_to(f"mower@{number + 1}", "staging"))

    assert log_state(world.registry()).missing == 0
    assert [e.sequence for e in entries(world)] == [e.sequence for e in world.history()]


@pytest.mark.slow
def test_a_store_put_back_to_an_earlier_state_is_noticed(
    sqlite_world: World, tmp_path: Path
) -> None:
    world = sqlite_world
    world.version(1)
    world.close()
    copy_tree(world.state, tmp_path / "earlier")
    world.raise_to("mower@1", "staging")
    world.close()
    copy_tree(tmp_path / "earlier", world.state)
    before = log_of(world)

    with pytest.raises(LogDiffers, match="mower@1 version.promoted; nothing was written"):
        sync(world.registry())

    assert log_of(world) == before
    difference = log_state(world.registry()).difference
    assert difference is not None
    assert "event 3" in difference
    world.version(2)  # another third event: it is made, and its tag written, and the log left alone
    assert world.git("tag", "--list", "mower@v1.1.0") == "mower@v1.1.0"
    assert log_of(world) == before


def test_a_log_that_was_tampered_with_is_noticed(sqlite_world: World) -> None:
    world = sqlite_world
    world.version(1)
    tip = log_of(world)
    forged = world.git("commit-tree", f"{tip}^{{tree}}", "-p", tip, "-m", "nothing of ours")
    world.git("update-ref", LOG_REF, forged)
    with pytest.raises(LogBroken, match="no entry of a log"):
        sync(world.registry())
    files = world.git("commit-tree", "HEAD^{tree}", "-p", tip, "-m", "x")
    world.git("update-ref", LOG_REF, files)
    with pytest.raises(LogBroken, match="it has files"):
        list(read_chain(world.root / ".git", LOG_REF))
    merged = world.git("commit-tree", f"{tip}^{{tree}}", "-p", tip, "-p", "HEAD", "-m", "x")
    world.git("update-ref", LOG_REF, merged)
    with pytest.raises(LogBroken, match="must follow"):
        list(read_chain(world.root / ".git", LOG_REF))


@pytest.mark.slow
def test_rows_of_older_releases_that_name_a_folder_are_claimed_by_evidence(world: World) -> None:
    run = world.finished_run()
    old = "/home/ada/project"
    with world.registry().metadata.writing("ada") as tx:
        tx.connection.exec_driver_sql("INSERT INTO repository VALUES ('/elsewhere', 'other')")
        tx.commit()
    older = world.beside(world.root, World)
    older_run = _begin_under(older, old)
    older.finish_run(older_run, _content(b"old"))
    from registry_tasks.entities.registration import RegisterRun
    from registry_tasks.registry.catalogue.register import register

    register(world.registry(), RegisterRun(run=older_run))
    register(world.registry(), RegisterRun(run=run))
    assert [e.version for e in entries(world) if e.version] == [2]  # the older is a stranger

    sync(world.registry())

    assert [e.version for e in entries(world) if e.version] == [1, 2]
    assert world.git("tag", "--list", "mower@*").split() == ["mower@v1.0.0", "mower@v1.0.1"]
    assert log_state(world.registry()).difference is None
    kinds = [e.kind for e in entries(world)]
    assert kinds.count(EventKind.VERSION_REGISTERED) == 2


def _begin_under(world: World, name: str) -> str:
    from uuid import uuid4

    from registry_tasks.entities.run import Origin, RunStart
    from registry_tasks.stores.metadata import runs
    from registry_tasks.stores.metadata.models import put_model

    registry, uuid = world.registry(), str(uuid4())
    head = registry.repository.head()
    origin = Origin(project="project", repository=name, base_commit=head)
    start = RunStart(uuid=uuid, model="mower", experiment="default", origin=origin, flow_run=None)
    with registry.metadata.writing("ada") as tx:
        runs.start(tx, put_model(tx, "mower"), start)
        tx.commit()
    return uuid


def _content(content: bytes):  # type: ignore[no-untyped-def]
    from support.world import Recorded

    return Recorded(content=content)
