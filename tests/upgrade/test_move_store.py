"""A store moves whole between SQLite and PostgreSQL: what every release left, and back again."""

import os
import time
import traceback
from pathlib import Path

import pytest
import sqlalchemy as sa
from support.databases import Postgres, with_query
from support.dying import deaths
from support.fullest import digest
from support.releases import SCHEMAS, revive
from support.trials import Trial
from support.world import World

from registry_tasks.entities.annotation import Describe
from registry_tasks.entities.errors import (
    CopyDiffers,
    StoreBehindLog,
    StoreLocked,
    StoreMovedAway,
    StoreNotEmpty,
)
from registry_tasks.entities.removal import Hold
from registry_tasks.entities.store_move import MoveStore
from registry_tasks.registry.care.back_up import back_up
from registry_tasks.registry.care.examine import examine
from registry_tasks.registry.care.move_store import move_store, undo_move
from registry_tasks.registry.catalogue.describe import describe
from registry_tasks.registry.catalogue.show import list_models, list_versions, show
from registry_tasks.registry.ledger.mirror import sync
from registry_tasks.registry.lifecycle.hold import hold
from registry_tasks.stores.metadata import copying, moving, tables as t
from registry_tasks.stores.metadata.store import MetadataStore, Transaction

pytestmark = pytest.mark.slow
NEWEST = pytest.mark.parametrize("old", SCHEMAS[-1:], indirect=True)
"""For what does not depend on which release made the store."""


@pytest.fixture
def elsewhere(full: World, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """Where to: the other database."""
    if full.store_url.startswith("sqlite"):
        server: Postgres = request.getfixturevalue("postgres")
        return server.empty()
    return f"sqlite:///{tmp_path / 'moved' / 'registry.db'}"


def tables_of(url: str) -> list[str]:
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    return sa.inspect(engine).get_table_names()


def mark_of(world: World) -> str | None:
    with world.registry().metadata.reading() as connection:
        return moving.find_mark(connection)


def moved(world: World, url: str) -> World:
    """The same registry over the other store."""
    world.close()
    return World(world.folder, url)


def test_a_store_moves_whole_and_goes_on_there(full: World, elsewhere: str) -> None:
    before = digest(full.store_url)
    registry = full.registry()
    seen = [
        show(registry, v.uuid)
        for m in list_models(registry)
        for v in list_versions(registry, m.name)
    ]
    history = full.history("mower")

    answer = move_store(registry, MoveStore(to=elsewhere))

    assert answer.rows == {name: content.rows for name, content in before.items()}
    assert digest(full.store_url) == before, "the old one is as it was"
    assert digest(elsewhere) == before
    there = moved(full, elsewhere)
    registry = there.registry()
    assert seen == [
        show(registry, v.uuid)
        for m in list_models(registry)
        for v in list_versions(registry, m.name)
    ]
    assert there.history("mower") == history
    new = there.version(6, model="trimmer", metrics={"rmse": 0.1})  # every counter goes on
    assert new.number == 5
    there.raise_to(new.ref, "staging", "production")
    complaints = [f for f in examine(registry) if f.where == registry.metadata.url]
    assert complaints == []
    there.close()


def test_there_and_back_again_is_the_same(
    full: World, elsewhere: str, tmp_path: Path, postgres: Postgres
) -> None:
    before = digest(full.store_url)
    move_store(full.registry(), MoveStore(to=elsewhere))
    there = moved(full, elsewhere)
    to_file = full.store_url.startswith("sqlite")
    back = f"sqlite:///{tmp_path / 'back.db'}" if to_file else postgres.empty()
    move_store(there.registry(), MoveStore(to=back))
    there.close()
    assert digest(back) == before


@NEWEST
def test_a_place_that_is_not_empty_is_refused(full: World, elsewhere: str) -> None:
    before = digest(full.store_url)
    move_store(full.registry(), MoveStore(to=elsewhere))
    there = moved(full, elsewhere)
    there.raise_to("trimmer@2", "staging")
    for place in (there.store_url, full.store_url):
        with pytest.raises(StoreNotEmpty, match="nothing was copied"):
            move_store(there.registry(), MoveStore(to=place))
    there.close()
    assert digest(full.store_url) == before


@NEWEST
def test_a_copy_that_came_out_different_is_not_kept(
    full: World, elsewhere: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = copying._write

    def lossy(table: sa.Table, connection: sa.Connection, rows: list[tuple[object, ...]]) -> None:
        write(table, connection, rows[1:] if table is t.alias else rows)

    told = "table alias came out different: 3 rows"
    with monkeypatch.context() as changed, pytest.raises(CopyDiffers, match=told):
        changed.setattr(copying, "_write", lossy)
        move_store(full.registry(), MoveStore(to=elsewhere))
    move_store(full.registry(), MoveStore(to=elsewhere))


@NEWEST
def test_writers_wait_while_it_moves(
    full: World, elsewhere: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else what they wrote in between would be on one side only; then they are told where to."""
    started, done = os.pipe(), os.pipe()
    full.close()
    child = os.fork()
    if child == 0:
        try:
            os.read(started[0], 1)
            with pytest.raises(StoreMovedAway):
                full.raise_to("trimmer@4", "experiment")
            os.write(done[1], b"x")
            os._exit(0)
        except BaseException:  # noqa: BLE001 - a child hands on whatever it was
            traceback.print_exc()
            os._exit(1)
    copy = copying._copy

    def slow(table: sa.Table, source: sa.Connection, target: copying.Receiver) -> copying.Content:
        if table is t.model:
            os.write(started[1], b"x")
            time.sleep(0.5)
            os.set_blocking(done[0], False)
            with pytest.raises(BlockingIOError):
                os.read(done[0], 1)
        return copy(table, source, target)

    monkeypatch.setattr(copying, "_copy", slow)
    move_store(full.registry(), MoveStore(to=elsewhere))
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    for end in (*started, *done):
        os.close(end)
    assert full.stages("trimmer")[4] == "archived"
    there = moved(full, elsewhere)
    assert there.stages("trimmer")[4] == "archived"
    there.close()


@NEWEST
def test_the_old_store_is_read_and_written_no_more(full: World, elsewhere: str) -> None:
    secret = with_password(elsewhere)
    shown = MetadataStore(secret).url
    busy = full.registry()  # as a server that goes on with what it has open
    with busy.metadata.writing("ada"):
        pass
    history = full.history("mower")
    before = digest(full.store_url)
    assert before["version"].rows >= 9
    move_store(full.registry(), MoveStore(to=secret))

    assert "secret" not in shown
    for registry in (busy, full.registry()):
        for attempt in (
            lambda r=registry: describe(r, Describe(ref="mower@3", text="a text")),
            lambda r=registry: hold(r, Hold(ref="mower@3", reason="a case")),
            lambda r=registry: back_up(r, full.folder / "backup"),
        ):
            with pytest.raises(StoreMovedAway) as caught:
                attempt()
            assert f"Set REGISTRY_STORE to {shown}" in str(caught.value)
    assert not (full.folder / "backup").exists()
    assert full.history("mower") == history
    assert full.resolve("mower@production").number == 2
    again = move_store(full.registry(), MoveStore(to=secret))
    assert again.rows["version"] == before["version"].rows
    with pytest.raises(StoreMovedAway):
        move_store(full.registry(), MoveStore(to=f"sqlite:///{full.folder / 'third.db'}"))


@NEWEST
def test_a_move_is_undone_on_purpose(full: World, elsewhere: str) -> None:
    move_store(full.registry(), MoveStore(to=elsewhere))
    for _ in range(2):
        assert undo_move(full.registry()).source == full.registry().metadata.url
    assert describe(full.registry(), Describe(ref="mower@3", text="written here again"))
    with pytest.raises(StoreNotEmpty):  # the two are not the same any more
        move_store(full.registry(), MoveStore(to=elsewhere))
    assert mark_of(full) is None


@NEWEST
def test_a_move_is_not_undone_over_what_the_new_store_did(full: World, elsewhere: str) -> None:
    """Git tells of a version that the old store does not know."""
    sync(full.registry())
    move_store(full.registry(), MoveStore(to=elsewhere))
    there = moved(full, elsewhere)
    assert there.version(6, model="trimmer", metrics={"rmse": 0.1}).number == 5
    there.close()
    with pytest.raises(StoreBehindLog):
        undo_move(full.registry())
    assert mark_of(full) == MetadataStore(elsewhere).url


@NEWEST
def test_a_move_that_died_before_the_mark_goes_on(
    full: World, elsewhere: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = digest(full.store_url)
    assert before["version"].rows >= 9
    copy_without_mark(full, elsewhere, monkeypatch)
    made = move_store(full.registry(), MoveStore(to=elsewhere))
    assert made.rows["version"] == before["version"].rows
    assert mark_of(full) == MetadataStore(elsewhere).url


@NEWEST
def test_a_store_that_was_written_after_a_dead_move_is_not_lost(
    full: World, elsewhere: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy_without_mark(full, elsewhere, monkeypatch)
    describe(full.registry(), Describe(ref="mower@3", text="in between"))
    with pytest.raises(StoreNotEmpty):
        move_store(full.registry(), MoveStore(to=elsewhere))
    assert mark_of(full) is None


@NEWEST
def test_a_store_under_another_address_is_not_moved_into_itself(
    full: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    if full.store_url.startswith("sqlite"):
        other = full.folder / "the same folder"
        other.symlink_to(full.state)
        same = f"sqlite:///{other / 'registry.db'}"
        monkeypatch.setattr("registry_tasks.stores.metadata.sqlite.BUSY_TIMEOUT_S", 1)
    else:
        monkeypatch.setattr("registry_tasks.stores.metadata.postgresql.LOCK_TIMEOUT_S", 1)
        same = with_query(full.store_url, application_name="other")
    with pytest.raises(StoreLocked):
        move_store(full.registry(), MoveStore(to=same))
    assert mark_of(full) is None


def copy_without_mark(world: World, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Die between the two commits, of the new store and of the old one."""
    commits = []
    commit = Transaction.commit

    def once(self: Transaction) -> None:
        if commits:
            raise KeyboardInterrupt
        commits.append(self)
        commit(self)

    with monkeypatch.context() as changed, pytest.raises(KeyboardInterrupt):
        changed.setattr(Transaction, "commit", once)
        move_store(world.registry(), MoveStore(to=url))
    assert digest(url) == digest(world.store_url)
    assert mark_of(world) is None


def with_password(url: str) -> str:
    """What a server that trusts everybody is told, and nobody is shown."""
    if url.startswith("sqlite"):
        return url
    return sa.make_url(url).set(password="secret").render_as_string(hide_password=False)


@pytest.mark.parametrize("schema", SCHEMAS)
def test_a_move_that_dies_left_all_or_nothing(
    schema: str, tmp_path: Path, postgres: Postgres, trial: Trial
) -> None:
    """A SIGKILL at every statement and write, to PostgreSQL; each time the same command again."""
    world = revive(schema, tmp_path / "old")
    world.registry().metadata.migrate()
    before = digest(world.store_url)
    world.close()
    target = postgres.empty()
    tried, whole, step = 0, 0, trial.size(20, 1)
    dying = deaths(
        lambda: move_store(world.registry(), MoveStore(to=target)), 1 + trial.seed % step, step
    )
    for tried, _ in enumerate(dying, start=1):
        assert digest(world.store_url) == before
        if tables_of(target):
            whole += 1
            assert digest(target) == before
        else:
            assert mark_of(world) is None, "marked as moved, and nothing is there"
    n = f"{tried} deaths of a move to PostgreSQL, {whole} after its copy"
    trial.report("P27", n, "0 rows left half-way, 0 stores in use beside their copy at the end")
    assert tried > 5
    assert digest(target) == before
    assert mark_of(world) == MetadataStore(target).url
    world.close()
