"""A Git remote that keeps log, tags and run commits, so that no clone is needed for ever."""

import dataclasses
import subprocess
import time
from pathlib import Path

import pytest
from support.gto import gto
from support.processes import together
from support.world import World

from registry_tasks.entities.errors import ProgramFailed
from registry_tasks.registry.care.examine import examine
from registry_tasks.registry.ledger import share
from registry_tasks.registry.ledger.mirror import log_state, sync
from registry_tasks.settings import Settings

from .test_log import log_of


class Sharing(World):
    """A checkout that shares with ``origin``."""

    @property
    def settings(self) -> Settings:
        return dataclasses.replace(super().settings, git_remote="origin")


@pytest.fixture
def machines(world: World) -> tuple[Sharing, Sharing]:
    """Two clones of one bare remote, over one store and one object remote."""
    bare = world.folder / "bare.git"
    subprocess.run(["git", "clone", "--quiet", "--bare", world.root, bare], check=True)
    return clone(world, bare, "one"), clone(world, bare, "two")


def clone(world: World, bare: Path, name: str) -> Sharing:
    made = world.beside(world.folder / name, Sharing)
    subprocess.run(["git", "clone", "--quiet", bare, made.root], check=True)
    return made


def refs(world: World) -> str:
    return world.git(
        "for-each-ref", "--format=%(refname) %(objectname)", "refs/tags", "refs/registry"
    )


def remote_refs(world: World) -> str:
    told = subprocess.run(
        ["git", "for-each-ref", "--format=%(refname) %(objectname)", "refs/tags", "refs/registry"],
        cwd=world.folder / "bare.git",
        capture_output=True,
        text=True,
        check=True,
    )
    return told.stdout.strip()


def test_what_one_clone_tells_the_other_one_gets(machines: tuple[Sharing, Sharing]) -> None:
    one, two = machines
    one.version(1)
    two.version(2)
    one.raise_to("mower@2", "staging", "production")
    sync(two.registry())
    sync(one.registry())
    assert refs(one) == refs(two) == remote_refs(one)
    assert gto(one) == gto(two)
    assert examine(one.registry()) == examine(two.registry()) == ()


@pytest.mark.slow
def test_both_at_once(machines: tuple[Sharing, Sharing]) -> None:
    for world in machines:
        world.close()

    def work(number: int) -> None:
        world = machines[number]
        for turn in range(3):
            made = world.version(10 * number + turn)
            world.raise_to(made.ref, "staging")

    together(2, work)

    for _ in range(2):
        for world in machines:
            sync(world.registry())
    one, two = machines
    assert refs(one) == refs(two) == remote_refs(one)
    assert log_state(one.registry()).missing == 0
    assert gto(one) == gto(two)


def test_tags_of_the_user_stay_at_home(machines: tuple[Sharing, Sharing]) -> None:
    one, _ = machines
    one.git("tag", "mine")
    one.version(1)
    assert "refs/tags/mine" not in remote_refs(one)
    assert "refs/tags/mower@v1.0.0" in remote_refs(one)


def test_what_a_killed_fetch_left_holds_up_nothing(
    machines: tuple[Sharing, Sharing], caplog: pytest.LogCaptureFixture
) -> None:
    one, two = machines
    one.version(1)
    two.version(2)
    one.version(3)
    git = one.root / ".git"
    for ref in ("refs/registry-remote/log", "refs/tags/mower@v1.0.1"):
        (git / f"{ref}.lock").touch()
    one.git("worktree", "add", "--quiet", "--detach", str(one.settings.workspaces / "dead"))
    (git / "worktrees" / "dead" / "commondir").write_text("")  # Git dies of it, also in a fetch

    one.raise_to("mower@1", "staging")

    assert "not all of it is in Git yet" not in caplog.text
    sync(two.registry())
    assert refs(one) == refs(two) == remote_refs(one)


def test_a_remote_that_is_away_holds_up_nothing(
    machines: tuple[Sharing, Sharing], caplog: pytest.LogCaptureFixture
) -> None:
    one, two = machines
    bare = one.folder / "bare.git"
    bare.rename(one.folder / "away.git")

    assert one.version(1).number == 1

    assert "not all of it is in Git yet" in caplog.text
    with pytest.raises(ProgramFailed, match="fetch"):
        sync(one.registry())
    assert one.git("tag", "--list") == "mower@v1.0.0"
    (one.folder / "away.git").rename(bare)
    sync(one.registry())
    sync(two.registry())
    assert log_of(two) == log_of(one)


def test_a_remote_that_hangs_is_left_at_the_limit(
    machines: tuple[Sharing, Sharing], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, _ = machines
    one.git("remote", "set-url", "origin", "ext::sleep 600")
    one.git("config", "protocol.ext.allow", "always")
    monkeypatch.setattr(share, "LIMIT_S", 1.0)
    began = time.monotonic()
    with pytest.raises(ProgramFailed, match="no answer in 1 s"):
        sync(one.registry())
    assert time.monotonic() - began < 30


def test_a_lost_clone_comes_back_from_remote_and_store(machines: tuple[Sharing, Sharing]) -> None:
    one, two = machines
    one.version(1)
    one.raise_to("mower@1", "staging", "production")
    before = refs(one)
    fresh = clone(two, one.folder / "bare.git", "fresh")

    sync(fresh.registry())

    assert refs(fresh) == before
    assert examine(fresh.registry()) == ()
