"""The remote is made once; where runs are on record, a missing one is not made anew."""

import shutil

import pytest
from support.world import World

import registry_tasks.entities.errors as e
from registry_tasks.entities.registration import RegisterFile
from registry_tasks.registry.care.examine import examine
from registry_tasks.registry.catalogue.register_file import register_file
from registry_tasks.registry.catalogue.show import show
from registry_tasks.registry.remote import prepare_remote


def a_file(world: World, text: str) -> RegisterFile:
    (world.folder / "model.txt").write_text(text)
    return RegisterFile(model="mower", path=str(world.folder / "model.txt"))


def test_the_first_file_makes_store_and_remote(sqlite_world: World) -> None:
    world = sqlite_world
    shutil.rmtree(world.settings.remote)
    shutil.rmtree(world.state)
    made = register_file(world.registry(), a_file(world, "one"))
    assert (made.version.number, examine(world.registry())) == (1, ())


def test_a_run_that_has_not_finished_holds_nothing_up(world: World) -> None:
    world.begin_run()
    shutil.rmtree(world.settings.remote)
    prepare_remote(world.registry())
    assert (world.settings.remote / "files" / "md5").is_dir()


@pytest.mark.parametrize("is_mount_point", [False, True])
def test_a_remote_that_is_gone_is_not_made_anew(world: World, is_mount_point: bool) -> None:
    register_file(world.registry(), a_file(world, "one"))
    remote = world.settings.remote
    remote.rename(world.folder / "unmounted")
    if is_mount_point:
        remote.mkdir()
    told = "gone, though runs are on record; set REGISTRY_REMOTE or mount it"
    with pytest.raises(e.RemoteMissing, match=told):
        register_file(world.registry(), a_file(world, "two"))

    assert (list(remote.iterdir()) == []) if is_mount_point else not remote.exists()
    if is_mount_point:
        remote.rmdir()
    (world.folder / "unmounted").rename(remote)
    assert register_file(world.registry(), a_file(world, "two")).version.number == 2
    assert show(world.registry(), "mower@2").version.ref == "mower@2"
