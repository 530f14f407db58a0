"""Refs and tags: made once, never moved, whatever was killed before."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from support.processes import together

from registry_tasks.entities.errors import CommitNotFound, MalformedName, RefExists
from registry_tasks.stores.git.repository import GitRepository

RunGit = Callable[..., str]

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
RUN = "refs/registry/runs/1"


def other_commit(repository: GitRepository) -> str:
    (repository.root / "other.txt").write_text("other\n")
    return repository.snapshot("other", "ada")


def test_a_ref_is_made_once_and_making_it_again_is_fine(repository: GitRepository) -> None:
    head = repository.head()
    assert repository.find_ref(RUN) is None
    repository.create_ref(RUN, head)
    repository.create_ref(RUN, head[:10])
    assert repository.find_ref(RUN) == head


def test_a_ref_never_moves(repository: GitRepository) -> None:
    head, other = repository.head(), other_commit(repository)
    repository.create_ref(RUN, head)
    with pytest.raises(RefExists, match=other):
        repository.create_ref(RUN, other)
    assert repository.find_ref(RUN) == head


def test_refs_are_listed_below_a_prefix_only(repository: GitRepository, run_git: RunGit) -> None:
    head = repository.head()
    for name in (RUN, "refs/registry/runs-2/1", "refs/registry/log"):
        repository.create_ref(name, head)
    run_git(repository.root, "pack-refs", "--all")
    assert repository.refs("refs/registry/runs") == {RUN: head}
    assert repository.refs("refs/registry/") == repository.refs("refs/registry")
    assert len(repository.refs("refs/registry")) == 3
    assert repository.find_ref("refs/registry") is None
    with pytest.raises(RefExists):
        repository.create_ref(RUN, other_commit(repository))


@pytest.mark.parametrize(
    "name", ["", "x", "refs/registry/a b", "refs/../x", "refs/a.lock", "refs/a\nb"]
)
def test_a_name_that_git_does_not_allow_is_refused(repository: GitRepository, name: str) -> None:
    with pytest.raises(MalformedName):
        repository.create_ref(name, repository.head())
    with pytest.raises(MalformedName):
        repository.create_tag(f"{name}..", repository.head(), "x", "ada", AT)


def test_a_ref_to_nothing_is_refused(repository: GitRepository) -> None:
    with pytest.raises(CommitNotFound):
        repository.create_ref(RUN, "1" * 40)


def test_a_tag_is_annotated_and_the_same_on_every_try(
    repository: GitRepository, run_git: RunGit
) -> None:
    head = repository.head()
    for _ in range(2):
        repository.create_tag("flight-delay@v1.0.0", head, "Version 1\n\nBy a run", "ada", AT)

    assert run_git(repository.root, "cat-file", "-t", "flight-delay@v1.0.0") == "tag"
    told = run_git(repository.root, "cat-file", "tag", "flight-delay@v1.0.0").splitlines()
    assert told[3] == "tagger ada <registry@localhost> 1767323045 +0000"
    assert told[5:] == ["Version 1", "", "By a run"]
    assert repository.find_ref("refs/tags/flight-delay@v1.0.0") == head
    assert repository.refs("refs/tags") == {"refs/tags/flight-delay@v1.0.0": head}


def test_a_tag_of_the_user_on_the_same_commit_is_left_alone(
    repository: GitRepository, run_git: RunGit
) -> None:
    run_git(repository.root, "tag", "mine")
    repository.create_tag("mine", repository.head(), "x", "ada", AT)
    assert run_git(repository.root, "cat-file", "-t", "mine") == "commit"


def test_a_tag_never_moves(repository: GitRepository) -> None:
    repository.create_tag("a@v1.0.0", repository.head(), "x", "ada", AT)
    with pytest.raises(RefExists):
        repository.create_tag("a@v1.0.0", other_commit(repository), "x", "ada", AT)


def test_lock_files_that_a_killed_git_left_block_neither_refs_nor_tags(
    repository: GitRepository,
) -> None:
    for stale in (f"{RUN}.lock", "refs/tags/a@v1.0.0.lock"):
        path = repository.common_dir / stale
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    repository.create_ref(RUN, repository.head())
    repository.create_tag("a@v1.0.0", repository.head(), "x", "ada", AT)
    assert not list((repository.common_dir / "refs").rglob("*.lock"))


def make_many(root: Path, writer: int) -> None:
    repository = GitRepository.open(root)
    for number in range(10):
        repository.create_ref(f"refs/registry/runs/{number}", "HEAD")
        repository.create_tag(f"m@v1.0.{number}", "HEAD", "x", "ada", AT)
        repository.create_ref(f"refs/registry/runs/{writer}-{number}", "HEAD")


@pytest.mark.slow
def test_many_processes_make_the_same_and_other_refs_at_once(repository: GitRepository) -> None:
    together(4, lambda writer: make_many(repository.root, writer))
    assert len(repository.refs("refs/registry/runs")) == 10 + 4 * 10
    assert len(repository.refs("refs/tags")) == 10
