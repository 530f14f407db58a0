"""Real Git and DVC projects to try the stores on, with no user configuration around them."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from registry_tasks.stores.dvc.workspace import dvc_environment
from registry_tasks.stores.git.repository import GitRepository

RunGit = Callable[..., str]


@pytest.fixture
def plain_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git without any user or system configuration: not even a name."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))


@pytest.fixture
def run_git(plain_git: None) -> RunGit:
    """Run the user's own Git, as a person with a name."""

    def run(folder: Path, *arguments: str) -> str:
        person = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
        done = subprocess.run(
            ["git", *person, *arguments], cwd=folder, check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    return run


@pytest.fixture
def checkout(tmp_path: Path, run_git: RunGit) -> Path:
    """A checkout with one commit: code.py, kept.txt and a .gitignore for *.log."""
    root = tmp_path / "project"
    root.mkdir()
    run_git(root, "init", "--quiet", "--initial-branch=main")
    (root / "code.py").write_text("print('one')\n")
    (root / "kept.txt").write_text("kept\n")
    (root / ".gitignore").write_text("*.log\n")
    run_git(root, "add", "--all")
    run_git(root, "commit", "--quiet", "--message=first")
    return root


@pytest.fixture
def repository(checkout: Path) -> GitRepository:
    return GitRepository.open(checkout)


@pytest.fixture
def dvc_env(tmp_path: Path, plain_git: None) -> dict[str, str]:
    return dvc_environment(tmp_path / "state")


@pytest.fixture
def run_dvc(dvc_env: Mapping[str, str]) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the real DVC."""

    def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "dvc", *arguments]
        return subprocess.run(
            command, cwd=folder, env=dict(dvc_env), check=False, capture_output=True, text=True
        )

    return run
