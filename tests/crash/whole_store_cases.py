"""Cases of the verbs that work on a whole store: back up, recover, rebuild, move, repair, migrate.

Each works on SQLite and a folder as well as on PostgreSQL and a bucket.
"""

import dataclasses
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from botocore.session import Session
from support.world import MODEL, World

from registry_tasks.entities.bucket import Bucket
from registry_tasks.entities.errors import FolderTaken, StoreMovedAway, StoreNotEmpty
from registry_tasks.entities.export import ExportStore, ImportStore
from registry_tasks.entities.promotion import Promote
from registry_tasks.entities.rebuilding import Rebuild
from registry_tasks.entities.store_move import MoveStore
from registry_tasks.registry.care.back_up import back_up, list_backups, store_file
from registry_tasks.registry.care.examine import examine
from registry_tasks.registry.care.export import export
from registry_tasks.registry.care.import_store import import_store
from registry_tasks.registry.care.migrate import migrate
from registry_tasks.registry.care.move_store import move_store, undo_move
from registry_tasks.registry.care.recover import recover
from registry_tasks.registry.care.repair import repair
from registry_tasks.registry.catalogue.download import download
from registry_tasks.registry.ledger.mirror import sync
from registry_tasks.registry.ledger.rebuild import bring_forward, rebuild
from registry_tasks.registry.lifecycle.promote import promote
from registry_tasks.settings import Settings
from registry_tasks.stores.artifacts.digests import digest_file
from registry_tasks.stores.metadata import postgresql, sqlite
from registry_tasks.stores.metadata.migrations.run import configuration
from registry_tasks.stores.metadata.schema import REVISIONS
from registry_tasks.stores.metadata.store import take_turn

from .case import Act, Case, EmptyWorld
from .looking import check_history


class SharingWorld(World):
    """A world that shares with a bare repository on a Git server, whose own writes are not ours."""

    @property
    def bare(self) -> Path:
        return self.folder / "elsewhere" / "bare.git"  # a name that disk.c knows

    @property
    def settings(self) -> Settings:
        return dataclasses.replace(super().settings, git_remote="origin")


# -------------------------------------------------------------------- what is lost or broken


def _two_versions(world: World) -> None:
    for number in (1, 2):
        world.version(number)
    promote(world.registry(), Promote(ref="mower@2", to="staging"))


def _check_two(world: World) -> None:
    assert world.stages() == {1: "experiment", 2: "staging"}


def _lose_store(world: World) -> None:
    world.close()
    if world.store_url.startswith("sqlite"):
        for file in world.state.glob("registry.db*"):
            file.unlink()
        return
    engine = sa.create_engine(world.store_url, poolclass=sa.NullPool)
    with engine.begin() as connection:
        connection.execute(sa.text("DROP SCHEMA public CASCADE"))
        connection.execute(sa.text("CREATE SCHEMA public"))


def _lose_objects(world: World, *md5s: str) -> None:
    for md5 in md5s:
        if isinstance(world.remote, Bucket):
            key = world.remote.key("files", "md5", md5[:2], md5[2:])
            _client().delete_object(Bucket=world.remote.name, Key=key)
        else:
            (world.remote / "files" / "md5" / md5[:2] / md5[2:]).unlink()


def _damage_object(world: World, md5: str) -> None:
    if isinstance(world.remote, Bucket):
        key = world.remote.key("files", "md5", md5[:2], md5[2:])
        _client().put_object(Bucket=world.remote.name, Key=key, Body=b"damaged")
    else:
        path = world.remote / "files" / "md5" / md5[:2] / md5[2:]
        path.chmod(0o644)
        path.write_bytes(b"damaged")


def _client() -> Any:
    return Session().create_client("s3")


# -------------------------------------------------------------------- backups


def _backups(world: World) -> Path:
    return world.folder / "backup"


def _to_back_up(world: World) -> Act:
    _two_versions(world)
    return _back_up


def _back_up(world: World) -> object:
    return back_up(world.registry(), _backups(world)).versions


def _is_backed_up(world: World) -> None:
    for backup in list_backups(_backups(world)):
        assert (backup.versions, backup.missing) == (2, ())
        assert digest_file(store_file(_backups(world), backup.name)).sha256 == backup.sha256
    _check_two(world)


def _to_recover(world: World) -> Act:
    _two_versions(world)
    _back_up(world)
    _lose_objects(world, *(found.md5 for found in list(world.registry().objects.list_objects())))
    _lose_store(world)
    return _recover


def _recover(world: World) -> None:
    try:
        recover(world.registry(), _backups(world))
    except StoreNotEmpty:  # it was done before the answer was lost
        return


# -------------------------------------------------------------------- from Git


def _to_rebuild(world: World) -> Act:
    _two_versions(world)
    _lose_store(world)
    return _rebuild


def _rebuild(world: World) -> None:
    try:
        rebuild(world.registry(), Rebuild())
    except StoreNotEmpty:
        return


def _to_bring_forward(world: World) -> Act:
    """The newest backup is older than what Git tells."""
    world.version(1)
    _back_up(world)
    world.version(2)
    promote(world.registry(), Promote(ref="mower@2", to="staging"))
    _lose_store(world)
    _recover(world)
    return _bring_forward


def _bring_forward(world: World) -> None:
    bring_forward(world.registry(), Rebuild())


# -------------------------------------------------------------------- to another database


def _to_move(world: World) -> Act:
    _two_versions(world)
    return _move


def _moved(world: World) -> World:
    return _same_but(world, f"sqlite:///{world.folder / 'moved' / 'registry.db'}")


def _same_but(world: World, store_url: str) -> World:
    """The same checkout and remote with another store."""
    there = World(world.folder, store_url)
    there.remote = world.remote
    return there


def _check_same(world: World, there: World) -> None:
    _check_two(there)
    assert there.history(MODEL) == world.history(MODEL)
    assert examine(there.registry()) == ()
    there.close()


def _move(world: World) -> None:
    move_store(world.registry(), MoveStore(to=_moved(world).store_url))


def _is_moved(world: World) -> None:
    _is_the_same_at(world, _moved(world))


def _is_the_same_at(world: World, there: World) -> None:
    with pytest.raises(StoreMovedAway):
        world.raise_to("mower@1", "staging")
    _check_same(world, there)


def _to_export(world: World) -> Act:
    _two_versions(world)
    return _export


def _export(world: World) -> None:
    try:
        export(world.registry(), ExportStore(folder=str(world.folder / "export")))
    except FolderTaken:  # it was done before the answer was lost
        return


def _is_exported(world: World) -> None:
    _check_two(world)
    there = _moved(world)
    if not (world.folder / "moved").exists():  # the look after this one finds it
        import_store(there.registry(), ImportStore(folder=str(world.folder / "export")))
    _check_same(world, there)


def _to_import(world: World) -> Act:
    _two_versions(world)
    _export(world)
    return _import


def _import(world: World) -> None:
    try:
        import_store(_moved(world).registry(), ImportStore(folder=str(world.folder / "export")))
    except StoreNotEmpty:
        return


def _is_imported(world: World) -> None:
    _check_same(world, _moved(world))


class MovingIn(EmptyWorld):
    """A world that moves from SQLite to the database that it would have had from the start."""

    def __init__(self, folder: Path, store_url: str | None = None) -> None:
        super().__init__(folder)
        assert store_url is not None, "there is nowhere to move to"
        self.there = store_url


def _to_move_in(world: MovingIn) -> Act:
    _two_versions(world)
    return _move_in


def _move_in(world: Any) -> None:
    move_store(world.registry(), MoveStore(to=world.there))


def _is_moved_in(world: MovingIn) -> None:
    _is_the_same_at(world, _same_but(world, world.there))


def _to_undo(world: World) -> Act:
    _two_versions(world)
    _move(world)
    return _undo


def _undo(world: World) -> None:
    undo_move(world.registry())


def _is_written_again(world: World) -> None:
    _check_two(world)
    world.raise_to("mower@1", "staging")


# -------------------------------------------------------------------- in place


def _to_repair(world: World) -> Act:
    """Tags are gone, an object is gone and one is damaged; the downloads have both."""
    _two_versions(world)
    first, second = (world.resolve(f"mower@{number}") for number in (1, 2))
    for version in (first, second):
        download(world.settings, version)
    _lose_objects(world, first.md5)
    _damage_object(world, second.md5)
    for name in world.git("tag", "--list").split():
        world.git("tag", "--delete", name)
    return _repair


def _repair(world: World) -> None:
    repair(world.registry())


def _is_repaired(world: World) -> None:
    staged, one, two = world.git("tag", "--list").split()
    assert staged.startswith("mower#staging#")
    assert (one, two) == ("mower@v1.0.0", "mower@v1.1.0")
    _check_two(world)


def _to_migrate(world: World) -> Act:
    _two_versions(world)
    world.close()
    url = world.store_url
    engine = (sqlite if url.startswith("sqlite") else postgresql).engine(url)
    with engine.connect() as connection:
        take_turn(connection)
        command.downgrade(configuration(connection), REVISIONS[0])
        connection.commit()
    engine.dispose()
    return _migrate


def _migrate(world: World) -> None:
    migrate(world.registry())


# -------------------------------------------------------------------- with other clones


def _one_is_better_and_shared(world: SharingWorld) -> Act:
    if not world.bare.exists():
        world.git("clone", "--quiet", "--bare", ".", str(world.bare))
        world.git("remote", "add", "origin", str(world.bare))
    _two_versions(world)
    return _promote


def _promote(world: World) -> object:
    request = Promote(ref="mower@2", to="production", reason="better", key="asked once")
    return promote(world.registry(), request)


def _is_shared(world: SharingWorld) -> None:
    assert world.stages() == {1: "experiment", 2: "production"}
    sync(world.registry())
    listed = ("for-each-ref", "--format=%(refname) %(objectname)", "refs/registry", "refs/tags")
    theirs = world.git("--git-dir", str(world.bare), *listed)
    ours = world.git(*listed).splitlines()
    assert theirs.splitlines() == [line for line in ours if "/theirs" not in line]


STORES = {
    "back_up": Case(_to_back_up, _is_backed_up, (back_up,)),
    "recover": Case(_to_recover, _check_two, (recover,), kind=EmptyWorld),
    "rebuild": Case(_to_rebuild, _check_two, (rebuild,), kind=EmptyWorld),
    "bring_forward": Case(_to_bring_forward, _check_two, (bring_forward,), kind=EmptyWorld),
    "export": Case(_to_export, _is_exported, (export,)),
    "import_store": Case(_to_import, _is_imported, (import_store,)),
    "move_store": Case(_to_move, _is_moved, (move_store,)),
    "undo_move": Case(_to_undo, _is_written_again, (undo_move,)),
    "repair": Case(_to_repair, _is_repaired, (repair,), look=check_history),
    "migrate": Case(_to_migrate, _check_two, (migrate,), kind=EmptyWorld),
    "share": Case(_one_is_better_and_shared, _is_shared, (promote,), (Promote,), SharingWorld),
}
"""Verbs over a whole store, and one whose log, tags and run commits also go to a Git remote."""

ONLY_FAR = {"move_in": Case(_to_move_in, _is_moved_in, (move_store,), kind=MovingIn)}
"""From SQLite to PostgreSQL, in one command."""
