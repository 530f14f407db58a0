"""A world that is put back after each death, at the same path."""

from collections.abc import Callable
from pathlib import Path

import pytest
from support.dying import deaths
from support.replay import replay
from support.world import MODEL, World, copy_tree

from registry_tasks.entities.run import RunStatus
from registry_tasks.registry.examine import examine
from registry_tasks.registry.mirror import sync
from registry_tasks.registry.show import list_runs
from registry_tasks.registry.train import sweep

Survive = Callable[[World, Callable[[], object], Callable[[], object]], int]


@pytest.fixture
def survive(tmp_path: Path, record_property: Callable[[str, object], None]) -> Survive:
    """Kill ``work`` at every point, call ``check`` after each death; returns how many there were.

    ``check`` is what the next process does: it retries and looks.
    """

    def run(world: World, work: Callable[[], object], check: Callable[[], object]) -> int:
        world.close()
        copy_tree(world.folder, tmp_path / "before")
        count = 0
        for count in deaths(work):
            try:
                check()
            except BaseException as error:
                error.add_note(f"after a death at point {count}")
                raise
            world.close()
            copy_tree(tmp_path / "before", world.folder)
        record_property("N", f"{count} points, a SIGKILL at each")
        return count

    return run


def check_all_is_well(world: World) -> None:
    """Nothing half done, nothing lost, nothing blocked, and the doctor has nothing to say."""
    registry = world.registry()
    stages = world.stages()
    assert list(stages) == list(range(1, len(stages) + 1))
    assert replay(world.history()) == stages
    assert all(r.status != RunStatus.RUNNING for r in list_runs(registry, MODEL, limit=1000))
    assert examine(registry) == ()
    check_git_works(world)


def check_git_works(world: World) -> None:
    """The user's own Git tags, commits and finds nothing wrong, and nothing of theirs moved."""
    assert world.git("status", "--porcelain") == ""
    assert world.git("symbolic-ref", "HEAD") == "refs/heads/main"
    world.git("tag", "--annotate", "--message=x", "by-hand")
    world.git("commit", "--quiet", "--allow-empty", "--message=by hand")
    world.git("worktree", "add", "--quiet", "--detach", "../by-hand")


def tidy(world: World) -> None:
    """What every run does when it begins, and ``registry sync`` does by itself."""
    sweep(world.registry())
    sync(world.registry())
