"""P10b: any one of database, Git clone and cache lost: all is back; the remote: each loss named."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from registry.test_shared_git_remote import Sharing, clone, refs
from support.dump import dump
from support.shared import once
from support.stories import Story
from support.trials import Trial
from support.world import World, copy_tree, worlds

from registry_tasks.entities.finding import FindingKind
from registry_tasks.entities.rebuilding import Rebuild
from registry_tasks.entities.store_move import MoveStore
from registry_tasks.registry.care.examine import examine
from registry_tasks.registry.care.move_store import move_store
from registry_tasks.registry.catalogue.download import download
from registry_tasks.registry.ledger.mirror import sync
from registry_tasks.registry.ledger.rebuild import rebuild
from registry_tasks.stores.metadata import dropped_bytes

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def lives(template: Path, request: pytest.FixtureRequest) -> Path:
    """A world to copy, with a checkout of a bare remote that has seen everything, on SQLite."""
    full, seed = request.config.getoption("--gate"), request.config.getoption("--seed")

    def make(folder: Path) -> None:
        copy_tree(template, folder)
        world = World(folder)
        bare = folder / "bare.git"
        subprocess.run(["git", "clone", "--quiet", "--bare", world.root, bare], check=True)
        made = clone(world, bare, "one")
        story = Story(made, seed)
        story.begin_with_all()
        story.go_on(4 if full else 0)
        sync(made.registry())
        made.close()

    return once("lives", make)


@pytest.fixture
def lived(lives: Path, store_url: str | None, tmp_path: Path) -> Iterator[Sharing]:
    """A copy of it; on PostgreSQL as its store is after a move there."""
    with worlds(lives, tmp_path) as make:
        world = make()
        made = world.beside(world.folder / "one", Sharing)
        made.git("remote", "set-url", "origin", str(world.folder / "bare.git"))
        if store_url is not None:
            move_store(made.registry(), MoveStore(to=store_url))
            made.store_url = store_url
        yield made


def test_the_only_clone_is_lost(lived: Sharing, trial: Trial) -> None:
    before = refs(lived)
    shutil.rmtree(lived.root)
    again = clone(lived, lived.folder / "bare.git", "again")

    sync(again.registry())

    assert refs(again) == before
    assert [f for f in examine(again.registry()) if f.kind != FindingKind.RUN_DEAD] == []
    trial.report("P10b", n=f"{len(before.splitlines())} refs", figure="all back in a new clone")


def test_clone_and_git_remote_are_lost(lived: Sharing, tmp_path: Path, trial: Trial) -> None:
    """An old copy of the project is all that there is: what only the lost ones had is named."""
    old = tmp_path / "old"
    subprocess.run(["git", "clone", "--quiet", lived.folder / "project", old], check=True)
    versions = [lived.resolve(f"mower@{n}") for n in lived.stages()]
    shutil.rmtree(lived.root)
    shutil.rmtree(lived.folder / "bare.git")
    left = lived.beside(old, World)

    sync(left.registry())

    lost = {v.run for v in versions if v.commit is not None}
    named = {f.where.rpartition("/")[2] for f in examine(left.registry()) if "runs/" in f.where}
    assert lost <= named
    trial.report("P10b", n=f"{len(lost)} run commits that were nowhere else", figure="all named")


def test_database_and_clone_are_lost(lived: Sharing, tmp_path: Path, trial: Trial) -> None:
    before = dump(lived.registry().metadata)
    lived.close()
    shutil.rmtree(lived.root)
    again = clone(lived, lived.folder / "bare.git", "again")
    again.store_url = f"sqlite:///{tmp_path / 'anew' / 'registry.db'}"
    again.git("fetch", "--quiet", "--tags", "origin", "refs/registry/*:refs/registry/*")

    rebuild(again.registry(), Rebuild())

    assert dump(again.registry().metadata) == before
    rows = sum(map(len, before.values()))
    trial.report("P10b", n=f"{rows} rows, database and clone lost", figure="dump equal")


def test_caches_are_lost(lived: Sharing, trial: Trial) -> None:
    shutil.rmtree(lived.folder / "downloads", ignore_errors=True)
    shutil.rmtree(lived.root / ".dvc" / "cache", ignore_errors=True)
    numbers = lived.stages()
    for number in numbers:
        assert download(lived.settings, lived.resolve(f"mower@{number}")).stat().st_size > 0
    trial.report("P10b", n=f"{len(numbers)} downloads without a cache", figure="all right")


def test_every_lost_object_is_named(lived: Sharing, trial: Trial) -> None:
    md5s = {lived.resolve(f"mower@{number}").md5 for number in lived.stages()}
    for md5 in md5s:
        (lived.folder / "remote" / "files" / "md5" / md5[:2] / md5[2:]).unlink()
    told = " ".join(str(finding) for finding in examine(lived.registry()))
    with lived.registry().metadata.reading() as connection:
        md5s -= dropped_bytes.let_go(connection)  # gone on purpose, or soon to be
    assert md5s
    assert not [md5 for md5 in md5s if md5 not in told]
    trial.report("P10b", n=f"{len(md5s)} lost objects", figure="0 silent")
