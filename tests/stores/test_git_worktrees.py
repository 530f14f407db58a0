"""Checkouts for runs: made, removed, and never in the way of the user's."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from support.processes import together

from registry_tasks.entities.errors import CommitNotFound, ProgramFailed
from registry_tasks.stores.git.repository import GitRepository
from registry_tasks.stores.git.worktrees import add_worktree, clone, remove_worktree

pytestmark = pytest.mark.slow

RunGit = Callable[..., str]


def registered(repository: GitRepository) -> list[str]:
    return sorted(path.name for path in (repository.common_dir / "worktrees").glob("*"))


def test_a_worktree_has_the_commit_checked_out_on_no_branch(
    repository: GitRepository, run_git: RunGit, tmp_path: Path
) -> None:
    folder = tmp_path / "deep" / "run"
    add_worktree(repository, folder, "main")
    assert (folder / "code.py").read_text() == "print('one')\n"
    assert run_git(folder, "rev-parse", "--abbrev-ref", "HEAD") == "HEAD"


def test_a_worktree_is_not_made_over_what_is_there(
    repository: GitRepository, tmp_path: Path
) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "precious").touch()
    with pytest.raises(ProgramFailed, match="exists"):
        add_worktree(repository, tmp_path / "run", "main")
    assert (tmp_path / "run" / "precious").exists()
    with pytest.raises(CommitNotFound):
        add_worktree(repository, tmp_path / "other", "nope")


def test_removing_takes_the_folder_and_what_git_knows_and_can_be_repeated(
    repository: GitRepository, tmp_path: Path
) -> None:
    for name in ("run", "other"):
        add_worktree(repository, tmp_path / name, "main")
    (tmp_path / "run" / "untracked").touch()
    remove_worktree(repository, tmp_path / "run")
    remove_worktree(repository, tmp_path / "run")
    assert not (tmp_path / "run").exists()
    assert registered(repository) == ["other"]


def test_the_main_checkout_and_folders_around_it_are_never_removed(
    repository: GitRepository, tmp_path: Path
) -> None:
    for folder in (repository.root, tmp_path, repository.root / "x" / ".."):
        with pytest.raises(ValueError, match="main checkout"):
            remove_worktree(repository, folder)
    assert (repository.root / "code.py").exists()


@pytest.mark.parametrize("left", ["folder", "gitdir", "empty gitdir", "neither"])
def test_what_a_killed_git_left_half_made_blocks_nothing(
    repository: GitRepository, tmp_path: Path, left: str
) -> None:
    folder = tmp_path / "run"
    add_worktree(repository, folder, "main")
    admin = repository.common_dir / "worktrees" / "run"
    (admin / "locked").write_text("initializing")  # as git leaves it when it is killed
    (folder / ".git").unlink()
    if left != "folder":
        for path in folder.iterdir():
            path.unlink()
        folder.rmdir()
    if left == "empty gitdir":
        (admin / "gitdir").write_text("")
    if left == "neither":
        (admin / "gitdir").unlink()

    remove_worktree(repository, folder)
    assert registered(repository) == []
    add_worktree(repository, folder, "main")
    assert (folder / "code.py").exists()


def test_one_that_was_killed_half_made_blocks_no_other(
    repository: GitRepository, run_git: RunGit, tmp_path: Path
) -> None:
    """Git fails at any worktree whose `commondir` is empty, whatever it is asked for."""
    ours, mine = tmp_path / "workspaces", tmp_path / "mine"
    for folder in (ours / "dead", mine):
        add_worktree(repository, folder, "main")
    (repository.common_dir / "worktrees" / "dead" / "commondir").write_text("")

    add_worktree(repository, ours / "run", "main")
    assert registered(repository) == ["mine", "run"]
    assert run_git(mine, "status", "--porcelain") == ""
    remove_worktree(repository, ours / "dead")
    assert not (ours / "dead").exists()


def test_a_worktree_reached_through_a_link_is_forgotten_too(
    repository: GitRepository, tmp_path: Path
) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    add_worktree(repository, tmp_path / "link" / "run", "main")
    remove_worktree(repository, tmp_path / "link" / "run")
    assert registered(repository) == []


def test_a_worktree_whose_folder_is_gone_is_made_again(
    repository: GitRepository, tmp_path: Path
) -> None:
    add_worktree(repository, tmp_path / "run", "main")
    (tmp_path / "run").rename(tmp_path / "lost")
    (repository.common_dir / "worktrees" / "run" / "locked").touch()
    add_worktree(repository, tmp_path / "run", "main")
    assert registered(repository) == ["run"]


def test_worktrees_of_others_are_left_alone(
    repository: GitRepository, run_git: RunGit, tmp_path: Path
) -> None:
    run_git(repository.root, "worktree", "add", "--quiet", "--detach", str(tmp_path / "x" / "run"))
    add_worktree(repository, tmp_path / "run", "main")
    remove_worktree(repository, tmp_path / "run")
    assert run_git(tmp_path / "x" / "run", "status", "--porcelain") == ""


def work(root: Path, folder: Path) -> str:
    repository = GitRepository.open(root)
    for _ in range(3):
        add_worktree(repository, folder, "main")
        (folder / "result").write_text(folder.name)
        made = repository.commit_worktree(folder, folder.name, "ada")
        remove_worktree(repository, folder)
    return made


def test_many_processes_make_commit_and_remove_worktrees_at_once(
    repository: GitRepository, tmp_path: Path
) -> None:
    folders = [tmp_path / f"run{number}" for number in range(4)]
    made = together(4, lambda number: work(repository.root, folders[number]))
    contents = [repository.read(commit, "result") for commit in made]
    assert contents == [b"run0", b"run1", b"run2", b"run3"]
    assert registered(repository) == []


def test_a_clone_holds_a_commit_that_only_a_registry_ref_keeps(
    repository: GitRepository, run_git: RunGit, tmp_path: Path
) -> None:
    (repository.root / "code.py").write_text("print('two')\n")
    made = repository.snapshot("x", "ada")
    repository.create_ref("refs/registry/runs/1", made)

    clone(repository, tmp_path / "clone", made)

    folder = tmp_path / "clone"
    assert (folder / "code.py").read_text() == "print('two')\n"
    assert run_git(folder, "rev-parse", "HEAD") == made
    assert run_git(folder, "rev-parse", "--abbrev-ref", "HEAD") == "HEAD"
    assert run_git(folder, "remote", "get-url", "origin") == str(repository.root)
    assert not (folder / ".git" / "objects" / "info" / "alternates").exists()
    name = f"objects/{made[:2]}/{made[2:]}"
    assert os.path.samefile(folder / ".git" / name, repository.root / ".git" / name)


def test_a_clone_fetches_a_commit_that_copying_did_not_bring(
    repository: GitRepository, run_git: RunGit, tmp_path: Path
) -> None:
    made = repository.snapshot("x", "ada")
    shallow = tmp_path / "shallow"  # a shallow source is never copied by links
    run_git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{repository.root}", str(shallow))
    source = GitRepository.open(shallow)
    (shallow / "code.py").write_text("print('two')\n")
    made = source.snapshot("x", "ada")

    clone(source, tmp_path / "clone", made)

    assert (tmp_path / "clone" / "code.py").read_text() == "print('two')\n"


def test_a_clone_that_fails_leaves_nothing(repository: GitRepository, tmp_path: Path) -> None:
    with pytest.raises(CommitNotFound):
        clone(repository, tmp_path / "clone", "nope")
    (tmp_path / "there").mkdir()
    with pytest.raises(ProgramFailed, match="exists"):
        clone(repository, tmp_path / "there", "main")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["project", "there"]


def test_a_checkout_that_git_could_not_complete_is_an_error(
    repository: GitRepository, run_git: RunGit, tmp_path: Path
) -> None:
    blob = run_git(repository.root, "rev-parse", "HEAD:code.py")
    (repository.common_dir / "objects" / blob[:2] / blob[2:]).unlink()
    with pytest.raises(ProgramFailed, match="code.py"):
        clone(repository, tmp_path / "clone", "main")
    assert [path.name for path in tmp_path.iterdir()] == ["project"]
    with pytest.raises(ProgramFailed, match="code.py"):
        add_worktree(repository, tmp_path / "run", "main")
