"""The reference pipeline under test: its steps run by path, its DVC in a throw-away clone."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STEPS = ROOT / "src/registry_tasks/steps"
TRACKED = ("dvc.yaml", "dvc.lock", "params.yaml", ".dvcignore", ".gitignore")
TRACKED_DVC = ("config", ".gitignore")

Run = subprocess.CompletedProcess[str]
RunStep = Callable[..., Run]
RunCommand = Callable[..., Run]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "slow: takes longer than a few seconds")


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """This interpreter first on PATH; nothing of the developer's Git or DVC settings."""
    home = tmp_path_factory.mktemp("home")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return kept | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(home),
        "DVC_SITE_CACHE_DIR": str(home / "dvc-site"),
        "DVC_GLOBAL_CONFIG_DIR": str(home / "dvc-global"),
        "DVC_SYSTEM_CONFIG_DIR": str(home / "dvc-system"),
        "DVC_NO_ANALYTICS": "1",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "Test",
        "GIT_AUTHOR_EMAIL": "test@example.org",
        "GIT_COMMITTER_NAME": "Test",
        "GIT_COMMITTER_EMAIL": "test@example.org",
    }


@pytest.fixture(scope="session")
def run(environment: dict[str, str]) -> RunCommand:
    """Run a command in a directory and return what it said."""

    def run_command(*command: str | Path, cwd: Path) -> Run:
        words = [str(word) for word in command]
        return subprocess.run(
            words, cwd=cwd, env=environment, capture_output=True, text=True, check=False
        )

    return run_command


@pytest.fixture(scope="session")
def step(run: RunCommand) -> RunStep:
    """Run one step's script by path."""

    def run_step(script: str, *arguments: str | Path, cwd: Path) -> Run:
        return run(sys.executable, STEPS / script, *arguments, cwd=cwd)

    return run_step


@pytest.fixture
def step_modules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the steps importable by their bare names, as they are when run by path."""
    monkeypatch.syspath_prepend(STEPS)


@pytest.fixture(scope="session")
def april(step: RunStep, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The raw partition of 2013-04. Tests copy it before they change it."""
    raw_dir = tmp_path_factory.mktemp("raw") / "2013-04"
    done = step("raw.py", "2013-04", raw_dir, cwd=raw_dir.parent)
    assert done.returncode == 0, done.stderr
    return raw_dir


@pytest.fixture
def partition(april: Path, tmp_path: Path) -> Path:
    """A copy of April's raw partition, to be damaged."""
    return Path(shutil.copytree(april, tmp_path / "partition"))


@pytest.fixture(scope="session")
def make_clone(run: RunCommand) -> Callable[[Path], Path]:
    """Make a Git repository that holds what a clone of this one gives the pipeline."""

    def clone(to: Path) -> Path:
        steps = to / STEPS.relative_to(ROOT)
        shutil.copytree(STEPS, steps, ignore=shutil.ignore_patterns("__pycache__"))
        for name in TRACKED:
            shutil.copy(ROOT / name, to)
        (to / ".dvc").mkdir()
        for name in TRACKED_DVC:
            shutil.copy(ROOT / ".dvc" / name, to / ".dvc")
        for ignored in ("data", "models"):
            (to / ignored).mkdir()
            shutil.copy(ROOT / ignored / ".gitignore", to / ignored)
        shutil.copytree(ROOT / "reports", to / "reports")
        for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "Clone"]):
            done = run("git", *command, cwd=to)
            assert done.returncode == 0, done.stderr
        return to

    return clone
