"""The remote is made once; where runs are on record, a missing one is not made anew."""

import shutil

import pytest
from support.world import MODEL, World

import registry_tasks.entities.errors as e
from registry_tasks import Client
from registry_tasks.entities.registration import RegisterFile
from registry_tasks.registry.care.examine import examine
from registry_tasks.registry.catalogue.register_file import register_file
from registry_tasks.registry.catalogue.show import show
from registry_tasks.registry.remote import prepare_remote


def a_file(world: World, text: str) -> RegisterFile:
    (world.folder / "model.txt").write_text(text)
    return RegisterFile(model="mower", path=str(world.folder / "model.txt"))


@pytest.mark.slow
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


@pytest.mark.slow
def test_a_run_without_files_needs_no_remote(world: World) -> None:
    shutil.rmtree(world.settings.remote)
    with Client(world.settings) as client:
        with client.log_run(MODEL, parameters={"trees": 3}) as run:
            run.log_metric("auc", 0.5)
        assert examine(world.registry()) == ()
        (world.folder / "notebook.bin").write_bytes(b"a model")
        with client.log_run(MODEL) as run:
            run.log_model(world.folder / "notebook.bin")
        assert client.register_run(run.uuid).version.number == 1
    assert register_file(world.registry(), a_file(world, "one")).version.number == 2


def test_a_run_that_goes_on_keeps_its_remote_from_being_made_anew(world: World) -> None:
    (world.folder / "notebook.bin").write_bytes(b"a model")
    with Client(world.settings) as client:
        run = client.log_run(MODEL)
        run.log_model(world.folder / "notebook.bin")
        shutil.rmtree(world.settings.remote)
        with pytest.raises(e.RemoteMissing, match="gone, though runs are on record"):
            run.log_artifact(world.folder / "notebook.bin", name="again")
        run.fail("its remote is gone")
    prepare_remote(world.registry())


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
