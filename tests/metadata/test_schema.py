"""One schema: in the tables, in the migrations, in both databases, with data in it."""

import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from support.databases import Postgres
from support.world import World

from registry_tasks.entities.errors import (
    SchemaNewer,
    SchemaOlder,
    StoreCorrupt,
    StoreMissing,
)
from registry_tasks.registry.catalogue.show import list_models
from registry_tasks.stores.metadata.migrations.run import configuration
from registry_tasks.stores.metadata.schema import REVISIONS
from registry_tasks.stores.metadata.store import MetadataStore
from registry_tasks.stores.metadata.tables import metadata


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a store that was never made."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'new' / 'registry.db'}"
    server: Postgres = request.getfixturevalue("postgres")
    return server.empty()


def test_the_tables_are_what_the_migrations_make(empty: str) -> None:
    store = MetadataStore(empty)
    store.migrate()
    store.close()
    engine = sa.create_engine(empty)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_the_revisions_that_code_knows_are_those_of_the_migrations() -> None:
    with sa.create_engine("sqlite://").connect() as connection:
        scripts = ScriptDirectory.from_config(configuration(connection))
    made = [script.revision for script in scripts.walk_revisions()]
    assert tuple(reversed(made)) == REVISIONS
    assert scripts.get_heads() == [REVISIONS[-1]]


def test_migrating_twice_changes_nothing_and_keeps_the_data(world: World) -> None:
    world.version(1)
    before = world.history()

    world.registry().metadata.migrate()

    assert world.history() == before


def test_a_store_that_is_not_there_is_missing_for_readers(empty: str) -> None:
    store = MetadataStore(empty)
    with pytest.raises(StoreMissing, match="register a first version"), store.reading():
        pass
    store.close()


def test_the_first_change_makes_the_store(empty: str) -> None:
    store = MetadataStore(empty)
    with store.writing("ada") as tx:
        tx.commit()
    with store.reading():
        pass
    store.close()


@pytest.mark.parametrize(("found", "error"), [("9999", SchemaNewer), ("0000", SchemaOlder)])
def test_a_store_of_another_release_is_refused_with_a_way_out(
    world: World, found: str, error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    world.version(1)
    registry = world.registry()
    with registry.metadata.writing("ada") as tx:
        tx.connection.execute(sa.text(f"UPDATE alembic_version SET version_num = '{found}'"))
        tx.commit()
    monkeypatch.setattr("registry_tasks.stores.metadata.schema.REVISIONS", ("0000", *REVISIONS))

    for attempt in (
        lambda: list_models(world.registry()),
        lambda: world.register(content=b"new"),
        lambda: world.resolve("mower@1"),
    ):
        with pytest.raises(error, match=r"registry migrate|upgrade registry-tasks"):
            attempt()
    if error is SchemaNewer:
        with pytest.raises(SchemaNewer):
            world.registry().metadata.migrate()


def test_a_database_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "theirs.db"
    with sqlite3.connect(file) as theirs:
        theirs.execute("CREATE TABLE cats (name TEXT)")
    theirs.close()
    store = MetadataStore(f"sqlite:///{file}")

    with pytest.raises(StoreCorrupt, match="tables of others"), store.writing("ada"):
        pass

    store.close()
    with sqlite3.connect(file) as theirs:
        tables = theirs.execute("SELECT name FROM sqlite_master").fetchall()
    theirs.close()
    assert tables == [("cats",)]
