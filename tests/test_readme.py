"""What README.md tells a newcomer to type works, in the order in which it stands there."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
README = (PROJECT / "README.md").read_text()
CONSOLE = re.search(r"```console\n(.*?)```", README, re.DOTALL)
PYTHON = re.search(r"```python\n(.*?)```", README, re.DOTALL)


def test_readme_is_short_enough_to_be_read() -> None:
    assert len(README.splitlines()) < 150


@pytest.mark.slow
def test_the_console_and_python_blocks_run_in_a_fresh_clone(tmp_path: Path) -> None:
    assert CONSOLE is not None
    assert PYTHON is not None
    clone = tmp_path / "clone"
    copy_of_the_project(clone)
    script = "\n".join(line.removeprefix("$ ") for line in CONSOLE[1].splitlines())
    for command in ("set -euo pipefail\n" + script, f"python - <<'E'\n{PYTHON[1]}\nE"):
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=clone,
            env=environment(clone),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]

    assert "flight-delay@1" in done.stdout
    assert git(clone, "status", "--porcelain") == ""


def copy_of_the_project(target: Path) -> None:
    """A repository with the working tree's files as its one commit."""
    listed = git(PROJECT, "ls-files", "--cached", "--others", "--exclude-standard")
    for name in listed.splitlines():
        if (PROJECT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(PROJECT / name, target / name)
    git(target, "init", "--quiet")
    git(target, "add", "--all")
    git(target, "-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "--quiet", "-m", "all")


def environment(clone: Path) -> dict[str, str]:
    """This interpreter first on the path, the clone's own package, no settings of ours."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("REGISTRY_", "PREFECT_"))}
    path = f"{Path(sys.executable).parent}{os.pathsep}{inherited['PATH']}"
    return inherited | {"PATH": path, "PYTHONPATH": str(clone / "src")}


def git(folder: Path, *arguments: str) -> str:
    """Run Git in a folder; raises CalledProcessError."""
    return subprocess.run(
        ["git", *arguments], cwd=folder, check=True, capture_output=True, text=True
    ).stdout
