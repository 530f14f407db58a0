"""deployments/postgresql-roles.sql: each role can do its work and nothing else."""

from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

import psycopg
import pytest
import sqlalchemy as sa
from support.asking import CASES, POLICY, VERBS, Maker
from support.databases import Postgres, name_of
from support.stories import FOUND
from support.world import World

from registry_tasks.entities.access import Identity
from registry_tasks.entities.annotation import Describe, PointAlias, RemoveAlias
from registry_tasks.entities.dropped_bytes import DropBytes
from registry_tasks.entities.errors import StoreForbidden
from registry_tasks.entities.errors.families import Conflict, NotFound, Refused
from registry_tasks.entities.logged_run import LogRun
from registry_tasks.entities.promotion import Archive, ArchiveByPolicy, Promote, Restore, RollBack
from registry_tasks.entities.registration import RegisterFile
from registry_tasks.entities.removal import Delete, Hold, Release
from registry_tasks.entities.reproduction import Verdict
from registry_tasks.entities.store_move import MoveStore
from registry_tasks.registry.care.drill import keep_drill
from registry_tasks.registry.care.examine import examine
from registry_tasks.registry.care.move_store import move_store, undo_move
from registry_tasks.registry.catalogue.compare import compare
from registry_tasks.registry.catalogue.describe import describe
from registry_tasks.registry.catalogue.register_file import register_file
from registry_tasks.registry.catalogue.show import list_history, list_models, list_runs, show
from registry_tasks.registry.catalogue.trace import trace
from registry_tasks.registry.experiments.remake import bring_back
from registry_tasks.registry.experiments.train import fail
from registry_tasks.registry.ledger.mirror import sync
from registry_tasks.registry.lifecycle.archive import archive, archive_by_policy, restore
from registry_tasks.registry.lifecycle.delete import delete
from registry_tasks.registry.lifecycle.drop_bytes import drop_bytes
from registry_tasks.registry.lifecycle.hold import hold, release
from registry_tasks.registry.lifecycle.point_alias import point_alias, remove_alias
from registry_tasks.registry.lifecycle.promote import promote
from registry_tasks.registry.lifecycle.roll_back import roll_back
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.metadata.migrations.triggers import (
    ADDED_ONLY,
    ADDED_ONLY_SINCE_0002,
    ADDED_ONLY_SINCE_0004,
)
from registry_tasks.stores.metadata.schema import REVISIONS
from registry_tasks.stores.metadata.store import MetadataStore
from registry_tasks.stores.metadata.tables import metadata

SCRIPT: Final = Path(__file__).parents[2] / "deployments" / "postgresql-roles.sql"
FROZEN: Final = (*ADDED_ONLY, *ADDED_ONLY_SINCE_0002, *ADDED_ONLY_SINCE_0004)
PASSWORD: Final = "only here"

pytestmark = pytest.mark.slow


class Logins:
    """One login a role; the script was run before the first migration and never again."""

    def __init__(self, postgres: Postgres) -> None:
        self._postgres, self.admin_url = postgres, postgres.empty()
        self._name = name_of(self.admin_url)
        self.run_script()
        for role in ("owner", "writer", "reader"):
            postgres.execute(
                f"CREATE ROLE {self._name}_{role} LOGIN PASSWORD '{PASSWORD}' IN ROLE registry_{role}"
            )
        postgres.execute(
            f"ALTER ROLE {self._name}_owner IN DATABASE {self._name} SET role = 'registry_owner'"
        )
        store = MetadataStore(self.url("owner"))
        store.migrate()
        store.close()

    def url(self, role: str) -> str:
        address = sa.make_url(self.admin_url)
        login = address.set(username=f"{self._name}_{role}", password=PASSWORD)
        return login.render_as_string(hide_password=False)

    def run_script(self) -> None:
        address = sa.make_url(self.admin_url).set(drivername="postgresql")
        with psycopg.connect(address.render_as_string(hide_password=False)) as admin:
            admin.execute(SCRIPT.read_bytes())

    def rights(self) -> set[tuple[object, ...]]:
        """Who may do what with which table or column, by grants of their own."""
        address = sa.make_url(self.admin_url).set(drivername="postgresql")
        with psycopg.connect(address.render_as_string(hide_password=False)) as admin:
            return {
                row
                for kind in ("table", "column")
                for row in admin.execute(
                    f"SELECT *, '{kind}' FROM information_schema.role_{kind}_grants "
                    "WHERE grantee LIKE 'registry%' AND table_schema = 'public'".encode()
                )
            }

    def close(self) -> None:
        self._postgres.drop(self.admin_url)
        for role in ("owner", "writer", "reader"):
            self._postgres.execute(f"DROP ROLE {self._name}_{role}")


@pytest.fixture(scope="module")
def logins(postgres: Postgres) -> Iterator[Logins]:
    made = Logins(postgres)
    yield made
    made.close()


@pytest.fixture
def writer(logins: Logins, make_world: Callable[..., World]) -> World:
    return make_world(store_url=logins.url("writer"))


def refused(url: str, *statements: str) -> None:
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        for statement in statements:
            with pytest.raises(sa.exc.ProgrammingError, match=r"permission denied|must be owner"):
                connection.exec_driver_sql(statement)
            connection.rollback()


def test_a_writer_can_do_every_verb_and_a_reader_every_read(
    writer: World, logins: Logins, make_world: Callable[..., World]
) -> None:
    one, two, three = (writer.version(number) for number in (1, 2, 3))
    registry = writer.registry()
    writer.raise_to(one.ref, "staging", "production")
    writer.raise_to(two.ref, "staging", "production")
    roll_back(registry, RollBack(model="mower"))
    promote(registry, Promote(ref=three.ref, to="staging", key="a key"))
    promote(registry, Promote(ref=three.ref, to="experiment"))
    archive(registry, Archive(ref=three.ref))
    restore(registry, Restore(ref=three.ref))
    archive_by_policy(registry, ArchiveByPolicy(model="mower"))
    four = writer.version(4)
    writer.reproduced(four, Verdict.IDENTICAL)
    archive(registry, Archive(ref=four.ref))
    drop_bytes(registry, DropBytes(ref=four.ref))
    bring_back(registry, four.ref)
    drop_bytes(registry, DropBytes(ref=four.ref))
    keep_drill(registry, four.ref, FOUND)
    point_alias(registry, PointAlias(ref=one.ref, alias="trial"))
    point_alias(registry, PointAlias(ref=two.ref, alias="trial"))
    remove_alias(registry, RemoveAlias(model="mower", alias="trial"))
    for text in ("a", "b"):
        describe(registry, Describe(ref=one.ref, text=text))
    writer.compare(two, one, 0.1)
    writer.reproduced(two, Verdict.IDENTICAL)
    fail(registry, writer.begin_run(), "no petrol")
    (writer.folder / "file.bin").write_bytes(b"a file")
    register_file(
        registry,
        RegisterFile(model="edger", path=str(writer.folder / "file.bin"), tags={"a": "b"}),
    )
    for _ in range(2):
        hold(registry, Hold(ref=two.ref, reason="asked for"))
    release(registry, Release(ref=two.ref, reason="no more"))
    delete(registry, Delete(ref="edger@1", reason="not ours"))
    sync(registry)
    assert examine(registry) == ()

    writer.store_url = logins.url("reader")
    reading = writer.registry()
    assert [m.name for m in list_models(reading)] == ["edger", "mower"]
    assert show(reading, "mower@1").description == "b"
    assert compare(reading, ["mower@1", "mower@2"]).rows
    assert list_runs(reading, "mower")
    assert list_history(reading, "mower")
    assert trace(reading, "mower@1").root.id == "mower@1"
    assert writer.resolve("mower@production").number == 1
    assert examine(reading) == ()
    with pytest.raises(StoreForbidden, match="permission denied"):
        describe(reading, Describe(ref="mower@1", text="c"))


def test_a_writer_can_ask_for_everything_that_can_be_asked_for(
    postgres: Postgres, make_world: Callable[..., World]
) -> None:
    """And ask anew: what stands now is replaced by other rights than it is added by."""
    with closing(Logins(postgres)) as fresh:
        writer = make_world(store_url=fresh.url("writer"))
        writer.caller = Identity(actor="ada")  # some cases turn accounts on
        text = (writer.root / "params.yaml").read_text().rstrip("\n")
        policies = "".join(f"\n    {name}:{POLICY}".rstrip("\n") for name in CASES)
        writer.commit({"params.yaml": f"{text}{policies}\n"})
        for name, case in CASES.items():
            asked = case.prepare(Maker(writer, name))
            again = () if isinstance(asked, LogRun) else (case.other(asked), asked)  # begins once
            for request in (asked, *again):
                with suppress(Refused, Conflict, NotFound):  # gates; what the first took away
                    VERBS[type(request)](writer.registry(), request)
        writer.close()


def test_a_writer_cannot_touch_what_happened(logins: Logins) -> None:
    writer = logins.url("writer")
    for name in FROZEN:
        column = next(iter(metadata.tables[name].columns)).name
        refused(
            writer,
            f'UPDATE {name} SET "{column}" = "{column}"',
            f"DELETE FROM {name}",
            f"TRUNCATE {name} CASCADE",
            f"ALTER TABLE {name} DISABLE TRIGGER ALL",
            f"DROP TRIGGER {name}_update_refused ON {name}",
            f"DROP TABLE {name} CASCADE",
        )
    refused(
        writer,
        "UPDATE run SET uuid = 'other'",
        "UPDATE model SET name = 'other'",
        "DELETE FROM run",
        "DELETE FROM model",
        "UPDATE deployment SET place = 'other'",
        "UPDATE sweep SET plan = '{}'",
        "UPDATE trial SET number = 9",
        "DELETE FROM deployment",
        "DELETE FROM sweep",
        "DELETE FROM trial",
        "DELETE FROM version_grade",
        "UPDATE alembic_version SET version_num = '9'",
        "INSERT INTO alembic_version VALUES ('9')",
        "SET session_replication_role = replica",
        "CREATE TABLE mine (id int)",
        "CREATE OR REPLACE FUNCTION event_update_refused() RETURNS trigger LANGUAGE plpgsql "
        "AS 'BEGIN RETURN NEW; END'",
        "SELECT setval('event_sequence_seq', 1)",
        "SET ROLE registry_owner",
    )


def test_a_reader_changes_nothing_anywhere(logins: Logins) -> None:
    for name in metadata.tables:
        column = next(iter(metadata.tables[name].columns)).name
        refused(
            logins.url("reader"),
            f'INSERT INTO {name} ("{column}") VALUES (NULL)',
            f'UPDATE {name} SET "{column}" = "{column}"',
            f"DELETE FROM {name}",
            f"TRUNCATE {name} CASCADE",
        )


@pytest.mark.parametrize("role", ["writer", "reader"])
def test_only_the_owner_migrates(logins: Logins, role: str) -> None:
    """For the others it is forbidden, and nothing is half done."""
    address = sa.make_url(logins.admin_url).set(drivername="postgresql")
    with psycopg.connect(address.render_as_string(hide_password=False)) as admin:
        admin.execute("UPDATE alembic_version SET version_num = '0001'")
    store = MetadataStore(logins.url(role))
    try:
        with pytest.raises(StoreForbidden, match="Connect as a role that may"):
            store.migrate()
    finally:
        store.close()
        with psycopg.connect(address.render_as_string(hide_password=False)) as admin:
            admin.execute("UPDATE alembic_version SET version_num = %s", [REVISIONS[-1]])


def test_a_migration_brings_the_rights_of_its_tables(logins: Logins) -> None:
    """Also those to change and remove, and those that are the owner's alone: nothing is left to do."""
    before = logins.rights()
    logins.run_script()
    assert logins.rights() == before
    assert ("registry_writer", "hold", "DELETE") in {(r[1], r[4], r[5]) for r in before}
    refused(
        logins.url("writer"),
        "INSERT INTO moved (url, at, by) VALUES ('elsewhere', now(), 'eve')",
        "DELETE FROM moved",
    )


def test_a_database_without_the_script_gives_no_rights(logins: Logins, postgres: Postgres) -> None:
    """The roles are there for the whole server; another store of it is none of theirs."""
    url = postgres.empty()
    store = MetadataStore(url)
    store.migrate()
    store.close()
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        may = "SELECT has_any_column_privilege('registry_writer', 'model', 'UPDATE')"
        assert connection.exec_driver_sql(may).scalar_one() is False
    postgres.drop(url)


def test_only_the_owner_moves_a_store(logins: Logins, tmp_path: Path) -> None:
    settings = replace(World(tmp_path).settings, project=None)
    for role, error in (("reader", StoreForbidden), ("writer", StoreForbidden), ("owner", None)):
        target = f"sqlite:///{tmp_path / role}.db"
        with Registry(replace(settings, store_url=logins.url(role))) as registry:
            if error is None:
                assert move_store(registry, MoveStore(to=target)).target == target
                undo_move(registry)
                continue
            with pytest.raises(error):
                move_store(registry, MoveStore(to=target))


def test_a_table_of_a_later_migration_can_be_read_and_added_to_at_once(logins: Logins) -> None:
    """Before anybody runs the script again; and running it again changes nothing of that."""
    owner = sa.create_engine(logins.url("owner"), poolclass=sa.NullPool)
    with owner.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE later (id serial PRIMARY KEY, text text)")
    try:
        for _ in range(2):
            writer = sa.create_engine(logins.url("writer"), poolclass=sa.NullPool)
            with writer.begin() as connection:
                connection.exec_driver_sql("INSERT INTO later (text) VALUES ('x')")
            reader = sa.create_engine(logins.url("reader"), poolclass=sa.NullPool)
            with reader.connect() as connection:
                assert connection.exec_driver_sql("SELECT text FROM later").first() == ("x",)
            refused(logins.url("writer"), "UPDATE later SET text = 'y'", "DELETE FROM later")
            logins.run_script()
    finally:
        with owner.begin() as connection:
            connection.exec_driver_sql("DROP TABLE later")


def test_a_store_that_an_administrator_made_is_taken_over(postgres: Postgres) -> None:
    url = postgres.migrated()
    address = sa.make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address) as admin:
        for _ in range(2):
            admin.execute(SCRIPT.read_bytes())
        owners = admin.execute(
            "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'"
        ).fetchall()
    assert owners == [("registry_owner",)]
    store = MetadataStore(url)
    with store.reading():
        pass
    store.close()
    postgres.drop(url)
