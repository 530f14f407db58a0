"""What the driver says becomes one clear sentence of the right family, and nothing is half done."""

import os
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg.errors
import pytest
import sqlalchemy as sa
from support.databases import Postgres, with_query
from support.world import World

import registry_tasks.entities.errors as e
from registry_tasks.entities.promotion import Promote
from registry_tasks.registry.catalogue.show import list_models
from registry_tasks.registry.lifecycle.promote import promote
from registry_tasks.stores.metadata import postgresql, sqlite
from registry_tasks.stores.metadata.driver_errors import translated
from registry_tasks.stores.metadata.store import MetadataStore

Mount = Callable[..., None]


def attempt(world: World) -> None:
    promote(world.registry(), Promote(ref="mower@1", to="staging"))


@pytest.mark.slow
def test_a_locked_store_says_retry_and_nothing_was_changed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.version(1)
    monkeypatch.setattr(sqlite, "BUSY_TIMEOUT_S", 0.1)
    monkeypatch.setattr(postgresql, "LOCK_TIMEOUT_S", 0.1)
    with world.registry().metadata.writing("somebody else"):
        with pytest.raises(e.StoreLocked, match="nothing was changed, retry"):
            attempt(world)
        assert world.resolve("mower@1").stage == "experiment"  # readers never wait
    attempt(world)


@pytest.mark.slow
def test_a_full_disk_undoes_the_whole_change(
    sqlite_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = sqlite_world
    world.version(1)
    history = world.history()
    pages = count_pages(world)
    monkeypatch.setattr(sqlite, "PRAGMAS", (*sqlite.PRAGMAS, f"PRAGMA max_page_count={pages}"))
    run = None
    with pytest.raises(e.DiskFull, match="nothing was half done, free some"):
        for number in range(2, 200):
            run = world.begin_run()
            world.raise_to("mower@1", "staging" if number % 2 == 0 else "experiment")
    assert run is not None

    monkeypatch.undo()
    assert [event.kind for event in world.history()][: len(history)] == [h.kind for h in history]
    world.version(2)


def count_pages(world: World) -> int:
    engine = sa.create_engine(world.store_url)
    with engine.connect() as connection:
        found = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    engine.dispose()
    return int(found) + 1


@pytest.fixture
def mount(tmp_path: Path) -> Iterator[Mount]:
    if os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    places: list[str] = []

    def run(place: Path, options: str) -> None:
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)],
            check=False,
            capture_output=True,
        )
        if done.returncode != 0:
            pytest.skip(f"no right to mount: {done.stderr.decode()}")
        places.append(str(place))

    yield run
    for place in places:
        subprocess.run(["umount", "--lazy", place], check=True)


def test_a_disk_that_is_really_full(sqlite_world: World, mount: Mount) -> None:
    world = sqlite_world
    world.version(1)
    world.close()
    content = (world.state / "registry.db").read_bytes()
    mount(world.state, f"size={len(content) + 200_000}")
    (world.state / "registry.db").write_bytes(content)
    with pytest.raises(e.DiskFull):
        for number in range(2000):
            world.raise_to("mower@1", "staging" if number % 2 == 0 else "experiment")
            world.begin_run()
    world.close()
    assert world.resolve("mower@1").number == 1
    subprocess.run(["mount", "-o", "remount,size=50m", str(world.state)], check=True)
    world.version(2)
    assert world.stages()[2] == "experiment"


@pytest.mark.parametrize("left", [0, 4096, 16384])
def test_a_store_opened_on_a_full_disk_is_not_called_corrupt(
    sqlite_world: World, mount: Mount, left: int
) -> None:
    """SQLite then fails to make its side files, which it calls an I/O error."""
    world = sqlite_world
    world.version(1)
    world.close()
    content = (world.state / "registry.db").read_bytes()
    mount(world.state, f"size={len(content) + 200_000}")
    (world.state / "registry.db").write_bytes(content)
    disk = os.statvfs(world.state)
    (world.state / "rest").write_bytes(bytes(disk.f_bavail * disk.f_frsize - left))

    with pytest.raises(e.DiskFull, match="free some"):
        list_models(world.registry())
    with pytest.raises(e.DiskFull, match="free some"):
        attempt(world)
    world.close()
    (world.state / "rest").unlink()
    attempt(world)
    assert world.stages() == {1: "staging"}


def test_an_input_or_output_error_is_not_called_corrupt(tmp_path: Path) -> None:
    """With room on the disk, or where there is no folder to ask."""
    failed = sqlite3.OperationalError("disk I/O error")
    failed.sqlite_errorcode = sqlite3.SQLITE_IOERR_READ
    for folder in (tmp_path, tmp_path / "gone"):
        with (
            pytest.raises(e.StoreIoFailed, match="disk I/O error; look at its disk or mount"),
            translated(f"sqlite:///{folder / 'registry.db'}"),
        ):
            raise failed


def test_a_read_only_disk_says_so(sqlite_world: World, mount: Mount) -> None:
    world = sqlite_world
    world.version(1)
    world.close()
    content = (world.state / "registry.db").read_bytes()
    mount(world.state, "size=20m")
    (world.state / "registry.db").write_bytes(content)
    subprocess.run(["mount", "-o", "remount,ro", str(world.state)], check=True)

    with pytest.raises(e.StoreReadOnly, match="give this user the right to write"):
        attempt(world)


def test_a_folder_that_cannot_be_made_is_read_only(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    store = MetadataStore(f"sqlite:///{tmp_path / 'file' / 'registry.db'}")
    with pytest.raises(e.StoreReadOnly), store.writing("ada"):
        pass
    store.close()


@pytest.mark.parametrize(
    "content", [b"not a database at all " * 300, b"SQLite format 3\0" + b"x" * 5000]
)
def test_a_file_that_is_no_store_is_corrupt(sqlite_world: World, content: bytes) -> None:
    world = sqlite_world
    (world.state / "registry.db").write_bytes(content)
    for look in (lambda: attempt(world), lambda: list_models(world.registry())):
        with pytest.raises(e.StoreCorrupt, match="restore it from a backup"):
            look()
    with pytest.raises(e.StoreCorrupt):
        world.resolve("mower@1")


def test_an_empty_file_is_a_store_still_to_be_made(sqlite_world: World) -> None:
    (sqlite_world.state / "registry.db").write_bytes(b"")
    with pytest.raises(e.StoreMissing):
        list_models(sqlite_world.registry())
    with pytest.raises(e.StoreMissing):
        sqlite_world.resolve("mower@1")
    assert sqlite_world.version(1).number == 1


# --------------------------------------------------------------------------- PostgreSQL


def test_a_read_only_database_says_so(postgres: Postgres) -> None:
    url = with_query(postgres.migrated(), options="-c default_transaction_read_only=on")
    store = MetadataStore(url)
    with pytest.raises(e.StoreReadOnly), store.writing("ada") as tx:
        tx.connection.execute(sa.text("INSERT INTO experiment (name) VALUES ('x')"))
    store.close()


def test_a_server_that_is_not_there_is_unreachable(tmp_path: Path) -> None:
    store = MetadataStore(f"postgresql+psycopg://ada:secret@/nothing?host={tmp_path}")
    with pytest.raises(e.StoreUnreachable, match="cannot be reached") as caught, store.reading():
        pass
    assert "secret" not in str(caught.value)
    assert "ada:***@" in str(caught.value)


@pytest.mark.slow
def test_a_database_that_is_not_there_is_unreachable(postgres: Postgres) -> None:
    store = MetadataStore(postgres.url("nothing"))
    with pytest.raises(e.StoreUnreachable, match="does not exist"), store.writing("ada"):
        pass


@pytest.mark.slow
def test_a_restarted_server_is_found_again(postgres: Postgres) -> None:
    store = MetadataStore(postgres.migrated())
    for _ in range(2):
        with store.writing("ada") as tx:
            tx.commit()
        postgres.end_sessions()
    store.close()


@pytest.mark.parametrize("url", ["mysql://ada:secret@host/x", "nonsense://", "postgresql://x/y"])
def test_an_address_of_no_store_is_invalid(url: str) -> None:
    with (
        pytest.raises(e.InvalidSetting, match="REGISTRY_STORE") as caught,
        MetadataStore(url).reading(),
    ):
        pass
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("raised", "expected"),
    [
        (psycopg.errors.DiskFull(), e.DiskFull),
        (psycopg.errors.AdminShutdown(), e.StoreUnreachable),
        (psycopg.errors.TooManyConnections(), e.StoreUnreachable),
        (psycopg.errors.LockNotAvailable(), e.StoreLocked),
        (psycopg.errors.DeadlockDetected(), e.StoreConflict),
        (psycopg.errors.SerializationFailure(), e.StoreConflict),
        (psycopg.errors.QueryCanceled(), e.StoreTimeout),
        (psycopg.errors.IdleInTransactionSessionTimeout(), e.StoreTimeout),
        (psycopg.errors.InsufficientPrivilege(), e.StoreForbidden),
        (psycopg.errors.IndexCorrupted(), e.StoreCorrupt),
        (psycopg.OperationalError("connection lost"), e.StoreUnreachable),
    ],
    ids=lambda value: getattr(value, "__name__", type(value).__name__),
)
def test_what_postgresql_says_has_a_family(raised: Exception, expected: type[Exception]) -> None:
    with pytest.raises(expected), translated("postgresql+psycopg://x"):
        raise raised
