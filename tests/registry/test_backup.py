"""Backups: whole, cheap the second time, and brought back as they were."""

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from support.world import MakeWorld, World

from registry_tasks.entities.errors import (
    BackupNotFound,
    SchemaNewer,
    StoreBehindLog,
    StoreCorrupt,
    StoreNotEmpty,
)
from registry_tasks.entities.registration import RegisterFile
from registry_tasks.entities.store_move import MoveStore
from registry_tasks.registry.care.back_up import back_up, list_backups, objects_of, store_file
from registry_tasks.registry.care.examine import examine
from registry_tasks.registry.care.move_store import move_store
from registry_tasks.registry.care.recover import recover
from registry_tasks.registry.care.repair import repair
from registry_tasks.registry.catalogue.register_file import register_file

pytestmark = pytest.mark.slow


@pytest.fixture
def lost(world: World, make_world: MakeWorld) -> World:
    """The same project on another machine, where store and remote are gone."""
    return make_world("lost")


def test_everything_comes_back_as_it_was(world: World, lost: World, tmp_path: Path) -> None:
    one = world.version(1)
    world.version(2)
    world.raise_to(one.ref, "staging", "production")
    made = back_up(world.registry(), tmp_path / "backup")

    found = recover(lost.registry(), tmp_path / "backup")

    assert (made.versions, made.objects, made.missing) == (2, 2, ())
    assert (found.backup, found.restored, found.missing) == (made, 2, ())
    assert lost.history() == world.history()
    assert lost.stages() == world.stages()
    assert lost.resolve("mower@champion") == one.model_copy(
        update={"stages": {"default": "production"}, "aliases": ("champion",)}
    )
    assert lost.version(3).number == 3  # numbers go on


def test_an_instant_can_be_chosen(world: World, lost: World, tmp_path: Path) -> None:
    world.version(1)
    first = back_up(world.registry(), tmp_path / "backup")
    world.version(2)
    second = back_up(world.registry(), tmp_path / "backup")

    with pytest.raises(BackupNotFound, match="its oldest backup is of"):
        recover(lost.registry(), tmp_path / "backup", first.at - timedelta(microseconds=1))
    recover(lost.registry(), tmp_path / "backup", second.at - timedelta(microseconds=1))

    assert list(lost.stages()) == [1]


def test_the_second_backup_copies_new_objects_only(world: World, tmp_path: Path) -> None:
    world.version(1)
    back_up(world.registry(), tmp_path / "backup")
    first = {path: path.stat().st_ino for path in _objects(tmp_path / "backup")}
    world.version(2)

    made = back_up(world.registry(), tmp_path / "backup")

    second = {path: path.stat().st_ino for path in _objects(tmp_path / "backup")}
    assert made.objects == len(second) == 2
    assert first.items() <= second.items()


def test_old_stores_go_and_objects_stay(world: World, tmp_path: Path) -> None:
    folder = tmp_path / "backup"
    for number in (1, 2, 3):
        world.version(number)
        back_up(world.registry(), folder, keep=2)

    assert [backup.versions for backup in list_backups(folder)] == [3, 2]
    assert len(list((folder / "stores").iterdir())) == 4
    assert len(_objects(folder)) == 3


def test_what_cannot_be_had_is_named(world: World, tmp_path: Path) -> None:
    version = world.version(1)
    _remote(world, version.md5).unlink()

    made = back_up(world.registry(), tmp_path / "backup")

    assert len(made.missing) == 1
    assert version.sha256 in made.missing[0]


def test_a_backup_fills_a_damaged_remote(world: World, lost: World, tmp_path: Path) -> None:
    version = world.version(1)
    back_up(world.registry(), tmp_path / "backup")
    damaged = _remote(lost, version.md5)
    damaged.parent.mkdir(parents=True)
    damaged.write_bytes(b"not a model")

    assert recover(lost.registry(), tmp_path / "backup").restored == 1
    assert damaged.read_bytes() == b"model 1"


def test_what_a_killed_recovery_left_is_gone_after_the_next(
    world: World, lost: World, tmp_path: Path
) -> None:
    world.version(1)
    back_up(world.registry(), tmp_path / "backup")
    scratch = lost.state / "recovering"
    scratch.mkdir(parents=True)
    for name in ("registry.db", "registry.db-wal"):
        (scratch / name).write_bytes(b"of another backup")

    recover(lost.registry(), tmp_path / "backup")

    assert list(scratch.iterdir()) == []
    assert lost.history() == world.history()


def test_a_damaged_backup_is_not_brought_back(world: World, lost: World, tmp_path: Path) -> None:
    version = world.version(1)
    made = back_up(world.registry(), tmp_path / "backup")
    file = store_file(tmp_path / "backup", made.name)
    content = file.read_bytes()
    file.write_bytes(content[:-1])
    with pytest.raises(StoreCorrupt, match="it is not what was written"):
        recover(lost.registry(), tmp_path / "backup")
    assert list((lost.state / "recovering").iterdir()) == []

    file.write_bytes(content)
    saved = objects_of(tmp_path / "backup").path(version.md5)
    saved.chmod(0o644)
    saved.write_bytes(b"model 2")
    assert "model.bin" in recover(lost.registry(), tmp_path / "backup").missing[0]


def test_an_older_store_gives_no_number_twice(world: World, tmp_path: Path) -> None:
    """Git's log knows what the backup does not: writing would take version 2 a second time."""
    world.version(1)
    back_up(world.registry(), tmp_path / "backup")
    second = world.version(2)
    older = World(world.folder, f"sqlite:///{tmp_path / 'older.db'}")
    recover(older.registry(), tmp_path / "backup")

    for act in (lambda: older.version(3), lambda: older.raise_to("mower@1", "staging")):
        with pytest.raises(StoreBehindLog, match="older store, or another one"):
            act()
    repair(older.registry())

    assert older.stages() == {1: "experiment"}
    assert world.git("rev-parse", "mower@v1.1.0^{commit}") == second.commit
    assert world.version(3).number == 3
    older.close()


def test_how_far_the_log_is_ahead_is_said(world: World, lost: World, tmp_path: Path) -> None:
    world.version(1)
    back_up(world.registry(), tmp_path / "backup")
    again = World(world.folder, f"sqlite:///{tmp_path / 'again.db'}")
    assert recover(again.registry(), tmp_path / "backup").log_ahead is None
    world.version(2)
    older = World(world.folder, f"sqlite:///{tmp_path / 'older.db'}")
    newest = world.history()[-1].sequence
    assert recover(older.registry(), tmp_path / "backup").log_ahead == newest
    assert recover(lost.registry(), tmp_path / "backup").log_ahead is None  # its Git has no log
    older.close()
    again.close()


@pytest.mark.parametrize("act", ["back up", "move"])
def test_a_store_of_a_newer_release_leaves_nothing_behind(
    sqlite_world: World, tmp_path: Path, act: str
) -> None:
    sqlite_world.version(1)
    be_of_schema("9000", sqlite_world.state / "registry.db")
    registry = sqlite_world.registry()
    with pytest.raises(SchemaNewer):
        if act == "back up":
            back_up(registry, tmp_path / "place")
        else:
            move_store(registry, MoveStore(to=f"sqlite:///{tmp_path / 'place' / 'x.db'}"))
    assert not (tmp_path / "place").exists()


def test_a_backup_of_a_newer_release_leaves_nothing_behind(
    sqlite_world: World, tmp_path: Path
) -> None:
    sqlite_world.version(1)
    made = back_up(sqlite_world.registry(), tmp_path / "backup")
    described = tmp_path / "backup" / "stores" / f"{made.name}.json"
    newer = made.model_copy(update={"schema_version": "9000"})
    described.write_text(newer.model_dump_json())
    target = World(sqlite_world.folder, f"sqlite:///{tmp_path / 'new' / 'registry.db'}")
    with pytest.raises(SchemaNewer, match="upgrade registry-tasks"):
        recover(target.registry(), tmp_path / "backup")
    assert not (tmp_path / "new").exists()


def be_of_schema(revision: str, file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", [revision])
    connection.close()


def test_a_store_with_a_wrong_name_is_not_begun_beside_a_log(world: World, tmp_path: Path) -> None:
    world.version(1)
    (tmp_path / "model.bin").write_bytes(b"another model")
    mistyped = World(world.folder, f"sqlite:///{tmp_path / 'mistyped.db'}")
    request = RegisterFile(model="mower", path=str(tmp_path / "model.bin"))
    with pytest.raises(StoreBehindLog):
        register_file(mistyped.registry(), request)
    assert not (tmp_path / "mistyped.db").exists()


def test_a_store_with_something_in_it_is_left_alone(world: World, tmp_path: Path) -> None:
    world.version(1)
    back_up(world.registry(), tmp_path / "backup")
    world.version(2)

    with pytest.raises(StoreNotEmpty):
        recover(world.registry(), tmp_path / "backup")

    assert list(world.stages()) == [1, 2]
    assert examine(world.registry()) == ()


def test_a_folder_without_backups_says_how_to_make_one(world: World, tmp_path: Path) -> None:
    with pytest.raises(BackupNotFound, match="registry backup"):
        recover(world.registry(), tmp_path)


def test_what_a_dead_backup_left_is_swept(world: World, tmp_path: Path) -> None:
    world.version(1)
    stores = tmp_path / "backup" / "stores"
    stores.mkdir(parents=True)
    (stores / "2020-01-01T00-00-00.0Z.unfinished.db").write_bytes(b"half")
    (stores / "2020-01-01T00-00-00.0Z.db").write_bytes(b"not described")

    made = back_up(world.registry(), tmp_path / "backup")

    assert {path.stem for path in stores.iterdir()} == {made.name}


def _objects(folder: Path) -> list[Path]:
    return [path for path in (folder / "objects" / "files").rglob("*") if path.is_file()]


def _remote(world: World, md5: str) -> Path:
    return world.folder / "remote" / "files" / "md5" / md5[:2] / md5[2:]
