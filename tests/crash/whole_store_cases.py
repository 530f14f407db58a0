"""Cases of the verbs that work on a whole store: back up, recover, rebuild, move, repair."""

from pathlib import Path

from support.world import MODEL, World

from registry_tasks.entities.errors import StoreNotEmpty
from registry_tasks.entities.promotion import Promote
from registry_tasks.entities.rebuilding import Rebuild
from registry_tasks.entities.store_move import MoveStore
from registry_tasks.registry.back_up import back_up, list_backups, store_file
from registry_tasks.registry.move_store import move_store
from registry_tasks.registry.promote import promote
from registry_tasks.registry.rebuild import rebuild
from registry_tasks.registry.recover import recover
from registry_tasks.registry.repair import repair
from registry_tasks.stores.artifacts.digests import digest_file


def _two_versions(world: World) -> None:
    for number in (1, 2):
        world.version(number)
    promote(world.registry(), Promote(ref="mower@2", to="staging"))


def _check_two(world: World) -> None:
    assert world.stages() == {1: "experiment", 2: "staging"}


def _backups(world: World) -> Path:
    return world.folder / "backup"


def to_back_up(world: World) -> object:
    _two_versions(world)
    return _back_up


def _back_up(world: World) -> object:
    return back_up(world.registry(), _backups(world)).versions


def is_backed_up(world: World) -> None:
    for backup in list_backups(_backups(world)):
        assert (backup.versions, backup.missing) == (2, ())
        assert digest_file(store_file(_backups(world), backup.name)).sha256 == backup.sha256
    _check_two(world)


def _lose_store(world: World) -> None:
    world.close()
    for file in world.state.glob("registry.db*"):
        file.unlink()


def to_recover(world: World) -> object:
    _two_versions(world)
    _back_up(world)
    _lose_store(world)
    for file in (world.folder / "remote").rglob("*"):
        if file.is_file():
            file.unlink()
    return _recover


def _recover(world: World) -> None:
    try:
        recover(world.registry(), _backups(world))
    except StoreNotEmpty:  # it was done before the answer was lost
        return


def to_rebuild(world: World) -> object:
    _two_versions(world)
    _lose_store(world)
    return _rebuild


def _rebuild(world: World) -> None:
    try:
        rebuild(world.registry(), Rebuild())
    except StoreNotEmpty:
        return


def has_both_again(world: World) -> None:
    _check_two(world)


def to_move(world: World) -> object:
    _two_versions(world)
    return _move


def _moved(world: World) -> World:
    return World(world.folder, f"sqlite:///{world.folder / 'moved' / 'registry.db'}")


def _move(world: World) -> None:
    try:
        move_store(world.registry(), MoveStore(to=_moved(world).store_url))
    except StoreNotEmpty:
        return


def is_moved(world: World) -> None:
    there = _moved(world)
    _check_two(there)
    assert there.history(MODEL) == world.history(MODEL)
    there.close()


def to_repair(world: World) -> object:
    _two_versions(world)
    for name in world.git("tag", "--list").split():
        world.git("tag", "--delete", name)
    return _repair


def _repair(world: World) -> None:
    repair(world.registry())


def is_repaired(world: World) -> None:
    staged, one, two = world.git("tag", "--list").split()
    assert staged.startswith("mower#staging#")
    assert (one, two) == ("mower@v1.0.0", "mower@v1.1.0")
