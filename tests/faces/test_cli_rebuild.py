"""``registry rebuild``: the store is gone, one command later it is there and says what it lacks."""

import subprocess
from pathlib import Path

import pytest

from .conftest import Cli

pytestmark = pytest.mark.slow


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


def test_a_fresh_clone_shows_nothing_new(
    cli: Cli, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the registry keeps in a checkout is not offered to be added to it."""
    assert cli("register", "model.txt", "--model", "mower").code == 0
    clone = tmp_path / "clone"
    git("clone", "--quiet", str(project), str(clone))
    git("-C", str(clone), "fetch", "--quiet", "origin", "refs/registry/*:refs/registry/*")
    monkeypatch.chdir(clone)
    monkeypatch.delenv("REGISTRY_STATE")
    monkeypatch.setenv("REGISTRY_REMOTE", str(tmp_path / "state" / "remote"))

    assert cli("rebuild", "--from-git").code == 0
    assert cli("download", "mower@1").code == 0

    assert (clone / ".registry" / "registry.db").is_file()
    assert git("-C", str(clone), "status", "--porcelain") == ""


def test_an_older_store_is_brought_to_where_git_is(cli: Cli, project: Path, tmp_path: Path) -> None:
    def edition(number: int) -> None:
        (project / "model.txt").write_text(f"model {number}")
        made = cli("register", "model.txt", "--model", "mower", "--description", "a text")
        assert made.code == 0

    edition(1)
    assert cli("backup", str(tmp_path / "backup")).code == 0
    edition(2)
    before = cli("versions", "mower", "--json").document
    for file in (tmp_path / "state").glob("registry.db*"):
        file.unlink()

    back = cli("recover", str(tmp_path / "backup"))
    assert "Git's log goes on from event 2 to 3" in back.out
    refused = cli("alias", "set", "mower@1", "hero")
    assert (refused.code, "registry rebuild --from-git --forward" in refused.err) == (7, True)
    told = cli("rebuild", "--from-git", "--forward")

    assert (told.code, told.err) == (0, "")
    assert "1 events after event 2 are back" in told.out
    assert "Texts are not in Git and not back: 1 description" in told.out
    assert cli("versions", "mower", "--json").document == before
    assert cli("show", "mower@1", "--json").document["description"] == "a text"
    assert cli("alias", "set", "mower@2", "hero").code == 0


def git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], capture_output=True, text=True, check=True)
    return done.stdout


def test_it_must_be_said_where_from(cli: Cli, project: Path) -> None:
    answer = cli("rebuild")
    assert answer.code == 2
    assert "--from-git" in answer.err


def test_without_a_log_there_is_nothing_to_rebuild_from(cli: Cli, project: Path) -> None:
    answer = cli("rebuild", "--from-git")
    assert answer.code == 3
    assert "git fetch" in answer.err
