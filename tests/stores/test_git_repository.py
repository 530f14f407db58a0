"""Reading a repository, and committing without touching anything of the user's."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from registry_tasks.entities.errors import (
    CommitNotFound,
    InvalidProject,
    NotAProject,
    ProgramFailed,
)
from registry_tasks.stores.git.repository import GitRepository
from registry_tasks.stores.git.worktrees import add_worktree

RunGit = Callable[..., str]


def state_of(root: Path) -> dict[str, bytes]:
    """Everything that a user would miss: index, HEAD, branches, files of the work tree."""
    git = root / ".git"
    kept = [git / "index", git / "HEAD", *sorted((git / "refs").rglob("*"))]
    files = [path for path in root.rglob("*") if ".git" not in path.relative_to(root).parts]
    return {str(path): path.read_bytes() for path in (*kept, *files) if path.is_file()}


def test_a_checkout_is_found_from_a_folder_inside_and_from_a_linked_worktree(
    repository: GitRepository, tmp_path: Path
) -> None:
    inside = repository.root / "deep" / "er"
    inside.mkdir(parents=True)
    add_worktree(repository, tmp_path / "linked", repository.head())

    assert GitRepository.open(inside).root == repository.root
    assert GitRepository.open(tmp_path / "linked").root == repository.root
    assert GitRepository.open(tmp_path / "linked").common_dir == repository.root / ".git"


@pytest.mark.parametrize("folder", ["plain", "missing", "plain/file"])
def test_a_folder_without_git_is_no_project(plain_git: None, tmp_path: Path, folder: str) -> None:
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain" / "file").touch()
    with pytest.raises(NotAProject, match="Git"):
        GitRepository.open(tmp_path / folder)


def test_a_broken_repository_is_not_taken_for_a_missing_one(repository: GitRepository) -> None:
    (repository.root / ".git" / "config").write_text("[core\n")
    with pytest.raises(ProgramFailed, match="config"):
        GitRepository.open(repository.root)


def test_head_of_a_repository_without_commits_says_what_to_do(
    tmp_path: Path, run_git: RunGit
) -> None:
    run_git(tmp_path, "init", "--quiet")
    with pytest.raises(InvalidProject, match="no commit yet"):
        GitRepository.open(tmp_path).head()


@pytest.mark.parametrize(
    "moved",
    [
        ("commit", "--allow-empty", "--message=next"),
        ("checkout", "--detach"),
        ("checkout", "-b", "deep/er"),
        ("pack-refs", "--all"),
        ("symbolic-ref", "HEAD", "refs/tags/v1"),
    ],
    ids=" ".join,
)
def test_head_is_what_git_says(
    repository: GitRepository, run_git: RunGit, moved: tuple[str, ...]
) -> None:
    run_git(repository.root, "tag", "v1")
    run_git(repository.root, *moved)
    assert repository.head() == run_git(repository.root, "rev-parse", "HEAD")


def test_a_commit_is_found_by_branch_tag_and_short_hash(
    repository: GitRepository, run_git: RunGit
) -> None:
    run_git(repository.root, "tag", "--annotate", "v1", "--message=one")
    head = run_git(repository.root, "rev-parse", "HEAD")
    assert {repository.commit(name) for name in ("HEAD", "main", "v1", head[:8])} == {head}


@pytest.mark.parametrize(
    "name",
    ["", "nope", "--help", "-h", "^HEAD", "HEAD..HEAD", "HEAD:code.py", "a\nb", "a\0b", "0" * 40],
)
def test_what_names_no_commit_is_not_found(repository: GitRepository, name: str) -> None:
    with pytest.raises(CommitNotFound):
        repository.commit(name)


def test_uncommitted_lists_changed_new_staged_and_deleted_but_not_ignored(
    repository: GitRepository, run_git: RunGit
) -> None:
    root = repository.root
    assert repository.uncommitted() == ()
    (root / "code.py").write_text("print('two')\n")
    (root / "kept.txt").unlink()
    (root / "ignored.log").touch()
    (root / "folder").mkdir()
    (root / "folder" / "näw file.txt").touch()
    (root / "staged.txt").touch()
    run_git(root, "add", "staged.txt")

    found = repository.uncommitted()

    assert found == ("code.py", "folder/näw file.txt", "kept.txt", "staged.txt")


def test_looking_at_a_checkout_never_writes_its_index(repository: GitRepository) -> None:
    os.utime(repository.root / "kept.txt", (1, 1))  # git status would refresh the index now
    before = state_of(repository.root)
    assert repository.uncommitted() == ()
    assert state_of(repository.root) == before


def test_a_snapshot_holds_every_change_and_leaves_everything_as_it_was(
    repository: GitRepository, run_git: RunGit
) -> None:
    root = repository.root
    (root / "code.py").write_text("print('two')\n")
    (root / "kept.txt").unlink()
    (root / "new.txt").write_text("new\n")
    (root / "ignored.log").write_text("ignored\n")
    (root / "run.sh").write_text("true\n")
    (root / "run.sh").chmod(0o755)
    before, head = state_of(root), repository.head()

    made = repository.snapshot("What was not committed", "grace")

    assert state_of(root) == before
    assert run_git(root, "rev-parse", f"{made}^") == head == repository.head()
    names = run_git(root, "ls-tree", "--name-only", made).splitlines()
    assert names == [".gitignore", "code.py", "new.txt", "run.sh"]
    assert repository.read(made, "code.py") == b"print('two')\n"
    assert run_git(root, "ls-tree", made, "run.sh").startswith("100755")
    told = run_git(root, "log", "-1", "--format=%an <%ae>|%cn|%s", made)
    assert told == "grace <registry@localhost>|grace|What was not committed"


def test_a_snapshot_sees_a_change_in_the_same_tick_as_the_index(
    repository: GitRepository, run_git: RunGit
) -> None:
    path = repository.root / "code.py"
    for text in ("print('two')\n", "print('six')\n"):  # same size, and below the same time
        path.write_text(text)
        os.utime(path, ns=(10**18, 10**18))
        if "two" in text:
            run_git(repository.root, "add", "code.py")
            os.utime(repository.root / ".git" / "index", ns=(10**18, 10**18))

    made = repository.snapshot("racy", "ada")

    assert repository.read(made, "code.py") == b"print('six')\n"


def test_a_snapshot_works_without_an_index_and_with_a_stale_index_lock(
    repository: GitRepository,
) -> None:
    (repository.root / ".git" / "index").unlink()
    (repository.root / ".git" / "index.lock").touch()
    (repository.root / "code.py").write_text("print('two')\n")
    made = repository.snapshot("no index", "ada")
    assert repository.read(made, "code.py") == b"print('two')\n"
    assert repository.read(made, "kept.txt") == b"kept\n"
    assert not (repository.root / ".git" / "index").exists()


@pytest.mark.parametrize("author", ["", "  ", "<>", "a\nb <x>", "Łukasz"])
def test_every_author_makes_a_commit(
    repository: GitRepository, run_git: RunGit, author: str
) -> None:
    made = repository.snapshot("x", author)
    name = run_git(repository.root, "log", "-1", "--format=%an", made)
    assert name == {"a\nb <x>": "ab x", "Łukasz": "Łukasz"}.get(author, "registry")


def test_no_hook_of_the_user_runs(
    repository: GitRepository, tmp_path: Path, run_git: RunGit
) -> None:
    marker = tmp_path / "hook-ran"
    for name in ("pre-commit", "post-commit", "post-checkout", "reference-transaction"):
        hook = repository.root / ".git" / "hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f"#!/bin/sh\ntouch '{marker}'\nexit 1\n")
        hook.chmod(stat.S_IRWXU)
    worktree = tmp_path / "run"
    add_worktree(repository, worktree, repository.head())
    (worktree / "code.py").write_text("print('two')\n")
    repository.create_ref("refs/registry/runs/1", repository.commit_worktree(worktree, "x", "ada"))
    repository.create_ref("refs/registry/runs/2", repository.snapshot("x", "ada"))
    assert not marker.exists()


def test_variables_of_a_surrounding_git_do_not_lead_elsewhere(
    repository: GitRepository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = repository.head()
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY"):
        monkeypatch.setenv(name, str(tmp_path / "elsewhere"))
    assert GitRepository.open(repository.root).head() == head
    assert not (tmp_path / "elsewhere").exists()


def test_reading_a_file_of_a_commit(repository: GitRepository) -> None:
    head = repository.head()
    assert repository.read(head, "kept.txt") == b"kept\n"
    assert repository.read("main", "kept.txt") == b"kept\n"
    assert [repository.read(head, path) for path in ("no", "", "a b", "a\nb")] == [None] * 4
    with pytest.raises(CommitNotFound):
        repository.read("nope", "kept.txt")


def test_bytes_come_back_as_they_are(repository: GitRepository) -> None:
    content = bytes(range(256)) + b"\n missing\nx blob 5\n"
    (repository.root / "odd name missing").write_bytes(content)
    assert repository.read(repository.snapshot("x", "ada"), "odd name missing") == content


def test_tracked_knows_files_and_folders(repository: GitRepository, run_git: RunGit) -> None:
    root = repository.root
    (root / "src" / "steps").mkdir(parents=True)
    (root / "src" / "steps" / "train*.py").touch()
    (root / "data").mkdir()
    (root / "data" / "raw.csv").touch()
    run_git(root, "add", "src")

    asked = ["src", "src/steps/", "src/steps/train*.py", "src/steps/train.py", "sr", "data", "no"]

    assert repository.tracked(root, asked) == {"src", "src/steps/", "src/steps/train*.py"}


def test_a_worktree_is_committed_on_its_own_head_only(
    repository: GitRepository, run_git: RunGit, tmp_path: Path
) -> None:
    worktree = tmp_path / "run"
    add_worktree(repository, worktree, repository.head())
    (worktree / "params.yaml").write_text("a: 1\n")
    (worktree / "code.py").unlink()
    before = state_of(repository.root)

    made = repository.commit_worktree(worktree, "Run 1", "ada")

    assert state_of(repository.root) == before
    assert run_git(worktree, "rev-parse", "HEAD") == made
    assert run_git(worktree, "status", "--porcelain") == ""
    assert run_git(worktree, "rev-parse", "HEAD^") == repository.head()
    assert repository.read(made, "params.yaml") == b"a: 1\n"
    assert repository.read(made, "code.py") is None


def test_lock_files_that_a_killed_git_left_in_a_worktree_do_not_block_it(
    repository: GitRepository, tmp_path: Path
) -> None:
    worktree = tmp_path / "run"
    add_worktree(repository, worktree, repository.head())
    for name in ("index.lock", "HEAD.lock"):
        (repository.common_dir / "worktrees" / "run" / name).touch()
    (worktree / "new").touch()
    made = repository.commit_worktree(worktree, "x", "ada")
    assert repository.read(made, "new") == b""


def test_a_branch_is_never_moved_by_committing_a_worktree(repository: GitRepository) -> None:
    (repository.root / "new").touch()
    before = state_of(repository.root)
    with pytest.raises(InvalidProject, match="branch"):
        repository.commit_worktree(repository.root, "x", "ada")
    assert state_of(repository.root) == before
