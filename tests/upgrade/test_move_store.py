"""A store moves whole between SQLite and PostgreSQL: what every release left, and back again."""

import os
import time
import traceback
from pathlib import Path

import pytest
import sqlalchemy as sa
from support.databases import Postgres
from support.dying import deaths
from support.releases import SCHEMAS, revive
from support.trials import Trial
from support.world import World

from registry_tasks.entities.errors import CopyDiffers, StoreNotEmpty
from registry_tasks.entities.store_move import MoveStore
from registry_tasks.registry.examine import examine
from registry_tasks.registry.move_store import move_store
from registry_tasks.registry.show import list_models, list_versions, show
from registry_tasks.stores.metadata import copying, requests
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.store import MetadataStore

pytestmark = pytest.mark.slow


@pytest.fixture
def full(upgraded: World) -> World:
    """One of everything that today's schema can hold, and what text and JSON can do."""
    with upgraded.registry().metadata.writing("ada") as tx:
        told = {"tab\t": [None, 1e-300, -0.1, 2**60, True, "é\\ \u2028 'quoted' \"twice\""]}
        tx.connection.execute(
            sa.insert(t.event).values(
                at=tx.at, actor="ö", kind="model.created", model_id=1, reason="a\tb\nc\\N \\.",
                before=None, after=told,
            )
        )  # fmt: skip
        requests.keep(tx, "a key", "Promote", "0" * 64, "{}")
        row = {"reason": "\\N", "at": tx.at, "by": "ada"}
        tx.connection.execute(sa.insert(t.tombstone), {"version_id": 1, **row})
        tx.connection.execute(sa.insert(t.hold), {"version_id": 2, **row})
        tx.connection.execute(sa.insert(t.repository), {"name": "/old", "identity": "1" * 40})
        tx.commit()
    return upgraded


@pytest.fixture
def elsewhere(full: World, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """Where to: the other database."""
    if full.store_url.startswith("sqlite"):
        server: Postgres = request.getfixturevalue("postgres")
        return server.empty()
    return f"sqlite:///{tmp_path / 'moved' / 'registry.db'}"


def digest(url: str) -> dict[str, copying.Content]:
    store = MetadataStore(url)
    with store.reading() as connection:
        found = copying.digest_store(connection)
    store.close()
    return found


def tables_of(url: str) -> list[str]:
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    return sa.inspect(engine).get_table_names()


def moved(world: World, url: str) -> World:
    """The same registry over the other store."""
    world.close()
    return World(world.folder, url)


def test_a_store_moves_whole_and_goes_on_there(full: World, elsewhere: str) -> None:
    before = digest(full.store_url)
    assert all(content.rows for content in before.values()), "a table without a row shows nothing"
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


def test_a_place_that_is_not_empty_is_refused(full: World, elsewhere: str) -> None:
    before = digest(full.store_url)
    move_store(full.registry(), MoveStore(to=elsewhere))
    for place in (elsewhere, full.store_url):
        with pytest.raises(StoreNotEmpty, match="nothing was copied"):
            move_store(full.registry(), MoveStore(to=place))
    assert digest(elsewhere) == digest(full.store_url) == before


def test_a_copy_that_came_out_different_is_not_kept(
    full: World, elsewhere: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = copying._write

    def lossy(table: sa.Table, connection: sa.Connection, rows: list[tuple[object, ...]]) -> None:
        write(table, connection, rows[1:] if table is t.alias else rows)

    monkeypatch.setattr(copying, "_write", lossy)
    with pytest.raises(CopyDiffers, match="table alias came out different: 3 rows"):
        move_store(full.registry(), MoveStore(to=elsewhere))
    monkeypatch.undo()
    move_store(full.registry(), MoveStore(to=elsewhere))


def test_writers_wait_while_it_moves(
    full: World, elsewhere: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else what they wrote in between would be on neither side."""
    started, done = os.pipe(), os.pipe()
    full.close()
    child = os.fork()
    if child == 0:
        try:
            os.read(started[0], 1)
            full.raise_to("trimmer@4", "experiment")
            os.write(done[1], b"x")
            os._exit(0)
        except BaseException:  # noqa: BLE001 - a child hands on whatever it was
            traceback.print_exc()
            os._exit(1)
    copy = copying._copy

    def slow(table: sa.Table, source: sa.Connection, target: sa.Connection) -> copying.Content:
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
    assert full.stages("trimmer")[4] == "experiment"
    there = moved(full, elsewhere)
    assert there.stages("trimmer")[4] == "archived"
    there.close()


@pytest.mark.parametrize("schema", SCHEMAS)
def test_a_move_that_dies_leaves_the_place_empty(
    schema: str, tmp_path: Path, postgres: Postgres, trial: Trial
) -> None:
    """A SIGKILL at every statement and write, to PostgreSQL; then the same command again."""
    world = revive(schema, tmp_path / "old")
    world.registry().metadata.migrate()
    before = digest(world.store_url)
    world.close()
    target = postgres.empty()
    tried, step = 0, trial.size(20, 1)
    dying = deaths(
        lambda: move_store(world.registry(), MoveStore(to=target)), 1 + trial.seed % step, step
    )
    for tried, _ in enumerate(dying, start=1):
        assert tables_of(target) == []
        assert digest(world.store_url) == before
    trial.report("P27", f"{tried} deaths of a move to PostgreSQL", "0 rows left half-way")
    assert tried > 5
    assert digest(target) == before
    world.close()
