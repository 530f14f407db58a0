"""SQLite's write-ahead log grows while somebody reads for long, and only so long."""

from support.world import World

from registry_tasks.entities.event import EventKind
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.metadata import events
from registry_tasks.stores.metadata.sqlite import WAL_BYTES

_BIG = {"told": "x" * 1_000_000}


def _write(registry: Registry, times: int) -> None:
    for _ in range(times):
        with registry.metadata.writing("ada") as tx:
            events.append(tx, EventKind.MODEL_CREATED, after=_BIG)
            tx.commit()


def test_the_log_is_cut_back_when_a_long_read_has_ended(sqlite_world: World) -> None:
    registry, log = sqlite_world.registry(), sqlite_world.state / "registry.db-wal"
    with registry.metadata.reading() as connection:
        events.last_sequence(connection)
        _write(registry, WAL_BYTES // 1_000_000 + 8)
        grown = log.stat().st_size
    assert grown > WAL_BYTES

    _write(registry, 8)  # the first carry it all into the database, the next begin anew

    assert log.stat().st_size <= WAL_BYTES
