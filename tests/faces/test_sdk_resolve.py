"""Resolving: every kind of reference, from many threads, across a fork, from one state."""

import os
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from registry_tasks import Client, connect, errors
from registry_tasks.entities.reference import Reference
from registry_tasks.stores.metadata.lookup import get_version
from registry_tasks.stores.metadata.query import through
from registry_tasks.stores.metadata.store import MetadataStore


def test_every_kind_of_reference_leads_to_the_version(told: Client) -> None:
    two = told.resolve("flight-delay@2")
    names = [
        f"flight-delay@{two.semantic_version}",
        "flight-delay@staging",
        "flight-delay@challenger",
        two.uuid,
        f"sha256:{two.sha256}",
        "models:/flight-delay/2",
        "models:/flight-delay@challenger",
    ]
    assert {told.resolve(name).number for name in names} == {2}
    assert told.resolve("flight-delay@champion").number == 1
    assert told.resolve("flight-delay@production").stage == "production"
    assert told.resolve("flight-delay@latest").number == 3


def test_sqlalchemy_gives_the_same_answer_as_the_bare_driver(told: Client) -> None:
    store = MetadataStore(told.settings.store_url)
    with store.reading() as connection:
        found = get_version(through(connection), Reference.parse("flight-delay@2"))
    store.close()
    assert found.version == told.resolve("flight-delay@2")


def test_many_threads_resolve_through_one_client(told: Client) -> None:
    start = threading.Barrier(8)

    def work(number: int) -> set[int]:
        start.wait()
        return {told.resolve(f"flight-delay@{1 + number % 3}").number for _ in range(200)}

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(work, range(8)))
    assert found == [{1 + number % 3} for number in range(8)]


def test_a_version_is_seen_with_the_stage_it_was_found_by(told: Client) -> None:
    """Production changes hands all the time; nobody ever sees it half changed."""
    done = threading.Event()
    path = told.settings.store_url.removeprefix("sqlite:///")

    def swap() -> None:
        writer = sqlite3.connect(path, timeout=30, isolation_level=None)
        writer.execute("PRAGMA synchronous=OFF")
        sql = "UPDATE stage_assignment SET stage = ?, single = ? WHERE version_id = ?"
        first, second = 1, 2
        for _ in range(300):
            writer.execute("BEGIN IMMEDIATE")
            writer.execute(sql, ("experiment", 0, first))
            writer.execute(sql, ("production", 1, second))
            writer.execute("COMMIT")
            first, second = second, first
        writer.close()
        done.set()

    thread = threading.Thread(target=swap)
    thread.start()
    seen = set()
    while not done.is_set():
        version = told.resolve("flight-delay@production")
        assert version.stage == "production"
        seen.add(version.number)
    thread.join()
    assert seen <= {1, 2}


@pytest.mark.filterwarnings("ignore:This process.*is multi-threaded:DeprecationWarning")
def test_a_forked_child_opens_connections_of_its_own(one: Client) -> None:
    assert one.resolve("flight-delay@1").number == 1
    child = os.fork()
    if child == 0:
        os._exit(0 if one.resolve("flight-delay@1").number == 1 else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert one.resolve("flight-delay@1").number == 1


def test_a_folder_with_odd_characters_is_no_obstacle(tmp_path: Path, model_file: Path) -> None:
    folder = tmp_path / "50% of ?#&ä b"
    with connect(folder) as client:
        client.register(model_file, model="m")
        assert client.resolve("m@1").number == 1
        assert client.resolve("m@1").created_by == "tester"


def test_reading_makes_no_store(client: Client) -> None:
    for read in (lambda: client.resolve("m@1"), client.models, lambda: client.load("m@1")):
        with pytest.raises(errors.StoreMissing, match="register a first version"):
            read()
    assert not client.settings.state.exists()


def test_a_closed_client_opens_again(one: Client) -> None:
    one.close()
    assert one.resolve("flight-delay@1") == one.versions("flight-delay")[0]
