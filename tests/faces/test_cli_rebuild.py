"""``registry rebuild``: the store is gone, one command later it is there and says what it lacks."""

import subprocess
from pathlib import Path

import pytest

from .conftest import Cli


@pytest.fixture
def project(alone: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with one commit, as where a person works."""
    person = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
    for arguments in (("init", "--quiet"), ("commit", "--quiet", "--allow-empty", "-m", "first")):
        subprocess.run(["git", *person, *arguments], cwd=alone, check=True)
    (alone / "model.txt").write_text("a model")
    return alone


def test_a_lost_store_is_back(cli: Cli, project: Path, tmp_path: Path) -> None:
    made = ("register", "model.txt", "--model", "mower", "--tag", "why=because")
    assert cli(*made, "--description", "A first model").code == 0
    before = cli("versions", "mower", "--json").document
    for file in (tmp_path / "state").glob("registry.db*"):
        file.unlink()

    told = cli("rebuild", "--from-git")

    assert told.code == 0, told.err
    assert "1 versions of 1 models" in told.out
    assert "1 description, 1 tags" in told.out
    assert cli("versions", "mower", "--json").document == before
    again = cli("rebuild", "--from-git")
    assert (again.code, "is not empty" in again.err) == (5, True)
    elsewhere = f"sqlite:///{tmp_path / 'other.db'}"
    document = cli("rebuild", "--from-git", str(project), "--into", elsewhere, "--json").document
    assert (document["versions"], document["store"]) == (1, elsewhere)
    assert document["withheld"] == {"description": 1, "tags": 1}


def test_it_must_be_said_where_from(cli: Cli, project: Path) -> None:
    answer = cli("rebuild")
    assert answer.code == 2
    assert "--from-git" in answer.err


def test_without_a_log_there_is_nothing_to_rebuild_from(cli: Cli, project: Path) -> None:
    answer = cli("rebuild", "--from-git")
    assert answer.code == 3
    assert "git fetch" in answer.err
