"""PostgreSQL in particular: limits, durability, conflicts, lost connections, what messages show."""

import logging
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from support.cutting import Cut, cutting
from support.databases import Postgres, name_of, with_query
from support.processes import together
from support.world import MakeWorld, World

import registry_tasks.entities.errors as e
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.finding import FindingKind
from registry_tasks.entities.promotion import Promote
from registry_tasks.faces.cli.app import run
from registry_tasks.registry.care.examine import examine
from registry_tasks.registry.catalogue.show import list_models
from registry_tasks.registry.lifecycle.promote import promote
from registry_tasks.stores.metadata import postgresql
from registry_tasks.stores.metadata.store import MetadataStore

SHOWN = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")

pytestmark = pytest.mark.slow


@pytest.fixture
def url(postgres: Postgres) -> Iterator[str]:
    made = postgres.migrated()
    yield made
    postgres.drop(made)


@pytest.fixture
def pg_world(make_world: MakeWorld, url: str) -> World:
    return make_world(store_url=url)


def plain(url: str) -> str:
    return sa.make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def shown(url: str, *names: str) -> list[str]:
    """What holds in a session of ours."""
    store = MetadataStore(url)
    with store.reading() as connection:
        found = [connection.exec_driver_sql(f"SHOW {name}").scalar_one() for name in names]
    store.close()
    return found


# --------------------------------------------------------------------------- limits


def test_every_session_has_limits_and_a_name(url: str) -> None:
    assert shown(url, *SHOWN, "application_name") == ["1min", "10s", "1min", "registry-tasks"]


def test_limits_that_somebody_set_stand(postgres: Postgres, url: str) -> None:
    postgres.execute(f"ALTER DATABASE {name_of(url)} SET statement_timeout = '5min'")
    chosen = with_query(url, options="-c lock_timeout=3s", application_name="ours")
    assert shown(chosen, *SHOWN, "application_name") == ["5min", "3s", "1min", "ours"]


def test_a_statement_that_takes_too_long_says_so(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgresql, "STATEMENT_TIMEOUT_S", 0.1)
    store = MetadataStore(url)
    with (
        pytest.raises(e.StoreTimeout, match="statement timeout; nothing was changed, retry"),
        store.writing("ada") as tx,
    ):
        tx.connection.exec_driver_sql("SELECT pg_sleep(60)")
    store.close()


def test_who_hangs_in_a_transaction_does_not_stop_the_others(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgresql, "IDLE_TIMEOUT_S", 0.2)
    hanging, other = MetadataStore(url), MetadataStore(url)
    with pytest.raises((e.StoreTimeout, e.StoreUnreachable)), hanging.writing("bob") as tx:
        with other.writing("ada") as mine:  # waits until the server has thrown bob out
            mine.commit()
        tx.commit()
    hanging.close()
    other.close()


def test_a_pool_that_is_used_up_says_so(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("POOL_SIZE", 1), ("POOL_OVERFLOW", 0), ("POOL_TIMEOUT_S", 0.1)):
        monkeypatch.setattr(postgresql, name, value)
    store = MetadataStore(url)
    with store.reading(), pytest.raises(e.StoreTimeout, match="every connection"), store.reading():
        pass
    store.close()


def test_reading_changes_nothing(url: str) -> None:
    store = MetadataStore(url)
    with pytest.raises(e.StoreReadOnly), store.reading() as connection:
        connection.exec_driver_sql("INSERT INTO experiment (name) VALUES ('x')")
    store.close()


# --------------------------------------------------------------------------- durability


def test_a_server_that_may_lose_what_it_acknowledged_is_not_written_to(
    postgres: Postgres, url: str
) -> None:
    if shown(url, "fsync") == ["on"]:
        pytest.skip("this server keeps what it acknowledges; the test's own one does not")
    postgres.execute(f"ALTER DATABASE {name_of(url)} RESET registry.durability")
    store = MetadataStore(url)
    said = "registry.durability = 'relaxed'"
    with pytest.raises(e.StoreNotDurable, match=said), store.writing("ada"):
        pass
    with pytest.raises(e.StoreNotDurable):
        store.migrate()
    with store.reading():  # what is there can be read
        pass
    store.close()


def test_a_commit_is_synchronous_whatever_the_default_is(postgres: Postgres, url: str) -> None:
    name = name_of(url)
    postgres.execute(f"ALTER DATABASE {name} RESET registry.durability")
    postgres.execute(f"ALTER DATABASE {name} SET synchronous_commit = off")
    assert shown(url, "synchronous_commit") == ["on"]
    postgres.execute(f"ALTER DATABASE {name} SET synchronous_commit = remote_write")
    assert shown(url, "synchronous_commit") == ["remote_write"]


# --------------------------------------------------------------------------- conflicts


@pytest.mark.parametrize("level", ["serializable", "repeatable read", "read committed"])
def test_the_default_isolation_of_the_database_does_not_matter(
    postgres: Postgres, pg_world: World, level: str
) -> None:
    name = name_of(pg_world.store_url)
    postgres.execute(f"ALTER DATABASE {name} SET default_transaction_isolation = '{level}'")
    pg_world.close()

    def work(number: int) -> list[int]:
        return [
            pg_world.version(number * 10 + turn, model=f"m{number % 2}").number for turn in range(3)
        ]

    numbers = together(4, work)
    assert sorted(n for found in numbers for n in found) == sorted(list(range(1, 7)) * 2)
    assert examine(pg_world.registry()) == ()


class Outsider:
    """Someone else in the database who locks a model's row and then wants the writers' turn."""

    def __init__(self, url: str) -> None:
        self._connection = psycopg.connect(plain(url))
        self._connection.execute(
            "SET deadlock_timeout = '60s'"
        )  # it is the other one that gives up
        self._connection.execute("UPDATE model SET description = 'by hand'")
        self._thread = threading.Thread(target=self._go_on)

    def want_the_turn(self) -> None:
        self._thread.start()

    def _go_on(self) -> None:
        time.sleep(0.2)  # the writer waits for the row by then, or soon
        self._connection.execute("SELECT pg_advisory_xact_lock(%s)", [postgresql.WRITERS_LOCK])
        self._connection.commit()

    def close(self) -> None:
        self._thread.join()
        self._connection.close()


def test_a_deadlock_is_a_conflict(pg_world: World) -> None:
    pg_world.version(1)
    outsider = Outsider(pg_world.store_url)
    metadata = pg_world.registry().metadata
    said = "nothing was changed, retry"
    with pytest.raises(e.StoreConflict, match=said), metadata.writing("ada") as tx:
        outsider.want_the_turn()
        tx.connection.exec_driver_sql("UPDATE model SET tagged_at = tagged_at")
    outsider.close()


def test_a_verb_that_runs_into_a_deadlock_is_carried_out_once(pg_world: World) -> None:
    pg_world.version(1)
    outsider = Outsider(pg_world.store_url)
    outsider.want_the_turn()
    promote(pg_world.registry(), Promote(ref="mower@1", to="staging"))
    outsider.close()
    assert pg_world.kinds().count(EventKind.VERSION_PROMOTED) == 1
    assert list_models(pg_world.registry())[0].description == "by hand"
    (finding,) = examine(pg_world.registry())
    assert (finding.kind, "'by hand'" in finding.what) == (FindingKind.ROW_DIFFERS, True)


# --------------------------------------------------------------------------- lost connections


@pytest.mark.parametrize("cut", Cut)
def test_a_connection_lost_at_commit_leaves_the_outcome_open_and_a_repeat_settles_it(
    pg_world: World, tmp_path_factory: pytest.TempPathFactory, cut: Cut
) -> None:
    pg_world.version(1)
    with cutting(tmp_path_factory.mktemp("p"), pg_world.store_url) as proxy:
        pg_world.store_url = proxy.url
        registry = pg_world.registry()
        request = Promote(ref="mower@1", to="staging", key="a key of mine")
        list_models(registry)  # so that the one COMMIT to come is the change's
        proxy.cut = cut
        with pytest.raises(e.CommitUnknown, match="Repeat the same call") as caught:
            promote(registry, request)
        assert isinstance(caught.value, e.StoreUnreachable)
        assert proxy.cut is None
        made = pg_world.kinds().count(EventKind.VERSION_PROMOTED)
        assert made == (1 if cut is Cut.AFTER else 0)

        answer = promote(registry, request)

        assert [move.target for move in answer.moves] == ["staging"]
        assert pg_world.kinds().count(EventKind.VERSION_PROMOTED) == 1
        assert examine(registry) == ()
        pg_world.close()


# --------------------------------------------------------------------------- what is shown


@pytest.mark.parametrize(
    "url",
    [
        "postgresql+psycopg://ada:s3cret@nowhere.invalid/db",
        "postgresql+psycopg://ada:s3cret/with@and?:s3cret@nowhere.invalid/db",
        "postgresql+psycopg://nowhere.invalid/db?user=ada&password=s3cret",
        "postgresql+psycopg://ada@nowhere.invalid/db?sslpassword=s3cret&sslmode=require",
        "postgresql+psycopg://ada:s3cret@nowhere.invalid/db?no_such_option=1",
        "postgresql+psycopg://ada:s3cret@nowhere.invalid/db?sslmode=perhaps",
        "postgres://ada:s3cret@nowhere.invalid/db",
    ],
)
def test_no_password_is_shown(url: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    store = MetadataStore(url)
    with pytest.raises((e.StoreUnreachable, e.InvalidSetting)) as caught, store.reading():
        pass
    assert "s3cret" not in str(caught.value) + repr(caught.value.args) + store.url + caplog.text


def test_no_command_shows_a_password(
    url: str,
    postgres: Postgres,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    secret = with_query(url, password="s3cret")
    monkeypatch.setenv("REGISTRY_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("REGISTRY_STORE", secret)
    for command, code in (
        (("migrate",), 0),
        (("migrate", "--json"), 0),
        (("promote", "no@1", "--to", "x"), 3),
        (("doctor", "--json"), 0),
        (("move-store", "--to", with_query(postgres.empty(), password="s3cret")), 0),
        (("--store", with_query(postgres.url("nothing"), password="s3cret"), "models"), 6),
    ):
        assert run(list(command)) == code, capsys.readouterr()
        told = capsys.readouterr()
        assert told.out + told.err
        assert "s3cret" not in told.out + told.err


def test_a_store_whose_schema_may_not_be_seen_is_not_called_missing(
    postgres: Postgres, url: str
) -> None:
    role = f"{name_of(url)}_stranger"
    postgres.execute(f"CREATE ROLE {role} LOGIN")
    stranger = sa.make_url(url).set(username=role).render_as_string(hide_password=False)
    store = MetadataStore(stranger)
    try:
        said = "permission denied.*Connect as a role that may"
        with pytest.raises(e.StoreForbidden, match=said), store.reading():
            pass
    finally:
        store.close()
        postgres.execute(f"DROP ROLE {role}")
