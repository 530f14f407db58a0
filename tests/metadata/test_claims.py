"""Claims: one holder at a time, on every database, and none that outlives its process."""

import subprocess
import sys
import time

import pytest
from support.databases import Postgres
from support.patience import until
from support.world import World

from registry_tasks.registry.care.examine import examine
from registry_tasks.registry.experiments.turns import begin_work, is_at_work, retraining
from registry_tasks.stores.metadata.store import MetadataStore

_HOLD = """
import sys, time
from registry_tasks.stores.metadata.store import MetadataStore
print(MetadataStore(sys.argv[1]).claim("x") is not None, flush=True)
time.sleep(600)
"""


def is_free(store: MetadataStore, name: str = "x") -> bool:
    with store.claimed(name) as is_ours:
        return is_ours


def test_a_name_has_one_holder_until_it_lets_go(world: World) -> None:
    one, other = MetadataStore(world.store_url), MetadataStore(world.store_url)
    with one.claimed("x") as is_ours:
        assert is_ours
        assert not is_free(other)
        assert not is_free(one), "also for itself"
        assert is_free(other, "y")
    assert is_free(other)
    assert examine(world.registry()) == ()
    one.close()
    other.close()


def test_whoever_fails_within_lets_go(world: World) -> None:
    store = MetadataStore(world.store_url)
    with pytest.raises(ZeroDivisionError), store.claimed("x"):
        _ = 1 / 0
    assert is_free(store)
    store.close()


@pytest.mark.slow
def test_a_killed_process_holds_nothing(world: World) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLD, world.store_url], stdout=subprocess.PIPE
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"True\n"
    store = MetadataStore(world.store_url)
    assert not is_free(store)

    holder.kill()
    holder.communicate()

    until(lambda: is_free(store))
    store.close()


def test_writers_and_readers_do_not_mind_a_claim(world: World) -> None:
    with retraining(world.registry(), "mower") as is_ours:
        assert is_ours
        assert world.version(1).number == 1
    release = begin_work(world.registry(), "a flow run")
    assert release is not None
    assert is_at_work(world.registry(), "a flow run")
    assert begin_work(world.registry(), "a flow run") is None
    release()
    assert not is_at_work(world.registry(), "a flow run")


def test_a_claim_on_a_store_that_is_not_there_yet_makes_no_store(sqlite_world: World) -> None:
    new = sqlite_world.folder / "new" / "registry.db"
    assert is_free(MetadataStore(f"sqlite:///{new}"))
    assert not new.exists()


@pytest.mark.slow
def test_a_claim_outlives_the_limits_of_idle_transactions(postgres: Postgres) -> None:
    url = postgres.migrated()
    limit = "idle_in_transaction_session_timeout"
    holder = MetadataStore(f"{url}&options=-c%20{limit}%3D300")
    other = MetadataStore(url)
    with holder.claimed("x"):
        time.sleep(1)
        assert not is_free(other)
    assert is_free(other)
    holder.close()
    other.close()
    postgres.drop(url)


@pytest.mark.slow
def test_a_claim_whose_connection_was_cut_is_free_and_harms_nobody(postgres: Postgres) -> None:
    url = postgres.migrated()
    holder, other = MetadataStore(url), MetadataStore(url)
    with holder.claimed("x") as is_ours:
        assert is_ours
        with other.reading() as connection:
            connection.exec_driver_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
            )
        until(lambda: is_free(other))
    assert is_free(holder)
    holder.close()
    other.close()
    postgres.drop(url)
