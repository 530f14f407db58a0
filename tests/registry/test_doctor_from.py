"""What the remote has lost comes back from a folder that somebody names, hashed before it counts."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from support.inconsistent import Seen, flip, furnish, in_cache, in_downloads, in_remote
from support.world import World, copy_tree

from registry_tasks.entities.bucket import Bucket
from registry_tasks.entities.errors import InvalidSetting
from registry_tasks.entities.finding import FindingKind, Outcome
from registry_tasks.registry.care.back_up import back_up
from registry_tasks.registry.care.doctor.spares import Spare, find_spares
from registry_tasks.registry.care.examine import QUICK, examine
from registry_tasks.registry.care.repair import repair
from registry_tasks.registry.catalogue.download import download
from registry_tasks.stores.artifacts.remote import open_remote

pytestmark = pytest.mark.slow

Make = Callable[[World, Path], object]


def a_backup(world: World, folder: Path) -> None:
    back_up(world.registry(), folder)


def another_remote(world: World, folder: Path) -> None:
    copy_tree(Path(str(world.remote)), folder)


def a_clone_with_a_cache(world: World, folder: Path) -> None:
    copy_tree(Path(str(world.remote)), folder / ".dvc" / "cache")


def a_clone_whose_cache_is_elsewhere(world: World, folder: Path) -> None:
    copy_tree(Path(str(world.remote)), folder.parent / "shared cache")
    (folder / ".dvc").mkdir(parents=True)
    (folder / ".dvc" / "config").write_text("[cache]\n    dir = ../../shared cache\n")


def a_clone_with_its_own_remote(world: World, folder: Path) -> None:
    copy_tree(Path(str(world.remote)), folder / ".registry" / "remote")


PLACES: tuple[Make, ...] = (
    a_backup,
    another_remote,
    a_clone_with_a_cache,
    a_clone_whose_cache_is_elsewhere,
    a_clone_with_its_own_remote,
)


@pytest.fixture
def stocked(world: World) -> World:
    """Three versions whose bytes are in the remote and nowhere else."""
    furnish(world)
    for number in (1, 2, 3):
        in_cache(world, number).unlink()
    return world


def spares_of(world: World, *places: Path | Bucket) -> tuple[Spare, ...]:
    return find_spares(world.settings, map(str, places))


def hit(world: World) -> None:
    """One object is gone, one is cut, one has another bit."""
    in_remote(world, 1).unlink()
    flip(in_remote(world, 2))
    in_remote(world, 3).chmod(0o644)
    in_remote(world, 3).write_bytes(b"mod")


@pytest.mark.parametrize("make", PLACES)
def test_missing_and_damaged_objects_come_back(stocked: World, tmp_path: Path, make: Make) -> None:
    folder = tmp_path / "spare"
    make(stocked, folder)
    whole = {number: in_remote(stocked, number).read_bytes() for number in (1, 2, 3)}
    hit(stocked)
    spares = spares_of(stocked, folder)

    found = examine(stocked.registry(), spares=spares)
    assert {f.repair for f in found} == {f"registry doctor --repair --from {folder}"}
    assert sorted(f.kind for f in found) == [
        FindingKind.OBJECT_DAMAGED, FindingKind.OBJECT_DAMAGED, FindingKind.OBJECT_MISSING,
    ]  # fmt: skip
    treated = repair(stocked.registry(), spares=spares)

    assert [f.outcome for f in treated] == [Outcome.MENDED] * 3
    assert {number: in_remote(stocked, number).read_bytes() for number in whole} == whole
    assert examine(stocked.registry()) == ()


def test_a_damaged_copy_is_not_taken(sqlite_world: World, tmp_path: Path) -> None:
    world = furnish(sqlite_world)
    a_backup(world, tmp_path / "backup")
    in_cache(world, 1).unlink()
    path = in_remote(world, 1)
    flip(tmp_path / "backup" / "objects" / path.relative_to(Path(str(world.remote))))
    path.unlink()
    spares = spares_of(world, tmp_path / "backup")

    (finding,) = repair(world.registry(), spares=spares)

    assert (finding.outcome, finding.repairable) == (Outcome.NOT_MENDED, False)
    assert finding.repair.startswith("registry train mower --commit")
    assert "registry doctor --repair --from FOLDER" in finding.advice
    assert not path.exists()


def test_what_one_folder_lacks_the_next_one_gives(sqlite_world: World, tmp_path: Path) -> None:
    world = furnish(sqlite_world)
    in_cache(world, 1).unlink()
    for name in ("one", "two"):
        another_remote(world, tmp_path / name)
    for name in (1, 2):
        in_remote(world, name).unlink()
    path = in_remote(world, 1).relative_to(Path(str(world.remote)))
    (tmp_path / "one" / path).unlink()
    spares = spares_of(world, tmp_path / "one", tmp_path / "two")

    found = {f.where: f.repair for f in examine(world.registry(), spares=spares)}

    assert found == {
        "mower@1": f"registry doctor --repair --from {tmp_path / 'two'}",
        "mower@2": "registry doctor --repair",  # the cache at hand comes first
    }
    assert {f.outcome for f in repair(world.registry(), spares=spares)} == {Outcome.MENDED}


def test_a_remote_that_is_gone_is_made_anew_only_from_what_somebody_names(
    stocked: World, tmp_path: Path
) -> None:
    a_backup(stocked, tmp_path / "backup")
    shutil.rmtree(Path(str(stocked.remote)))

    (told,) = repair(stocked.registry())
    assert (told.kind, told.outcome) == (FindingKind.REMOTE_UNAVAILABLE, Outcome.NOT_MENDED)
    assert not Path(str(stocked.remote)).exists(), "it may be a share that is not mounted"

    (mended,) = repair(stocked.registry(), QUICK, spares_of(stocked, tmp_path / "backup"))
    assert (mended.kind, mended.outcome) == (FindingKind.REMOTE_UNAVAILABLE, Outcome.MENDED)
    assert examine(stocked.registry()) == ()
    assert download(stocked.settings, stocked.resolve("mower@1")) == in_downloads(stocked, 1)


def test_a_remote_that_comes_back_in_part_says_what_is_still_lost(
    sqlite_world: World, tmp_path: Path
) -> None:
    world = furnish(sqlite_world)
    a_backup(world, tmp_path / "backup")
    for number in (1, 2, 3):
        in_cache(world, number).unlink()
    in_backup = in_remote(world, 2).relative_to(Path(str(world.remote)))
    (tmp_path / "backup" / "objects" / in_backup).unlink()
    shutil.rmtree(Path(str(world.remote)))
    spares = spares_of(world, tmp_path / "backup")

    gone, later = repair(world.registry(), spares=spares)

    assert (gone.kind, gone.outcome) == (FindingKind.REMOTE_UNAVAILABLE, Outcome.MENDED)
    assert (later.kind, later.where) == (FindingKind.OBJECT_MISSING, "mower@2")
    assert later.outcome is Outcome.NOT_MENDED


def test_a_damaged_cache_is_filled_again_once_the_remote_is(
    sqlite_world: World, tmp_path: Path
) -> None:
    world = furnish(sqlite_world)
    a_backup(world, tmp_path / "backup")
    flip(in_cache(world, 1))
    flip(in_remote(world, 1), bit=1)

    treated = repair(world.registry(), spares=spares_of(world, tmp_path / "backup"))

    kinds = {FindingKind.OBJECT_DAMAGED, FindingKind.CACHE_DAMAGED}
    assert {(f.kind, f.outcome) for f in treated} == {(kind, Outcome.MENDED) for kind in kinds}
    assert in_cache(world, 1).read_bytes() == in_remote(world, 1).read_bytes()
    assert examine(world.registry()) == ()


def test_a_folder_without_objects_is_refused(sqlite_world: World, tmp_path: Path) -> None:
    with pytest.raises(InvalidSetting, match="holds no objects; name a backup"):
        spares_of(sqlite_world, tmp_path)


def test_what_is_lost_comes_back_from_a_bucket(
    sqlite_world: World, tmp_path: Path, bucket: Bucket
) -> None:
    world = furnish(sqlite_world)
    in_bucket = open_remote(replace(world.settings, remote=bucket))
    for number in (1, 2, 3):
        in_cache(world, number).unlink()
        in_bucket.put(in_remote(world, number), world.resolve(f"mower@{number}").md5)
    whole = {number: in_remote(world, number).read_bytes() for number in (1, 2, 3)}
    hit(world)
    spares, before = spares_of(world, bucket), Seen.of(world)

    found = examine(world.registry(), spares=spares)
    assert {f.repair for f in found} == {f"registry doctor --repair --from {bucket}"}
    assert Seen.of(world) == before, "looking changes nothing"

    assert [f.outcome for f in repair(world.registry(), spares=spares)] == [Outcome.MENDED] * 3
    assert {number: in_remote(world, number).read_bytes() for number in whole} == whole
    assert not list((world.folder / "downloads").rglob("model.bin")), "it only passed through"
    assert examine(world.registry()) == ()


def test_a_bucket_is_no_spare_if_it_is_empty_or_no_address(
    sqlite_world: World, bucket: Bucket
) -> None:
    with pytest.raises(InvalidSetting, match="--from=.* it holds no objects; name a backup"):
        spares_of(sqlite_world, bucket)
    with pytest.raises(InvalidSetting, match="--from='s3://.': write a folder or s3://bucket"):
        find_spares(sqlite_world.settings, ("s3://.",))
