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

BY_HAND = "".join(re.findall(r"^dvc remote .*\n|^git checkout .*\n", README, re.MULTILINE))
REMOTE = '"$REMOTE"'


def test_readme_is_short_enough_to_be_read() -> None:
    assert len(README.splitlines()) < 150


@pytest.mark.slow
def test_the_console_and_python_blocks_run_in_a_fresh_clone(tmp_path: Path) -> None:
    assert CONSOLE is not None
    assert PYTHON is not None
    clone = tmp_path / "clone"
    copy_of_the_project(clone)
    script = "\n".join(line.removeprefix("$ ") for line in CONSOLE[1].splitlines())
    bash(clone, clone, script)
    assert "flight-delay@1" in bash(clone, clone, f"python - <<'E'\n{PYTHON[1]}\nE")
    assert git(clone, "status", "--porcelain") == ""

    colleague = tmp_path / "colleague"
    git(tmp_path, "clone", "--quiet", str(clone), str(colleague))
    commands = BY_HAND.replace("<the folder in REGISTRY_REMOTE, else .registry/remote>", REMOTE)
    told = bash(colleague, clone, f"REMOTE={clone}/.registry/remote\n{commands}")
    assert "Data and pipelines are up to date." in told
    assert git(colleague, "status", "--porcelain") == ""


def bash(folder: Path, clone: Path, script: str) -> str:
    """Run a script that ends at its first failure; returns what it wrote."""
    done = subprocess.run(
        ["bash", "-c", f"set -euo pipefail\n{script}"],
        cwd=folder,
        env=environment(clone),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert "Error logging to API" not in done.stderr
    return done.stdout


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
    own_dvc = {
        f"DVC_{kind}": str(clone.parent / kind.lower())
        for kind in ("SITE_CACHE_DIR", "GLOBAL_CONFIG_DIR", "SYSTEM_CONFIG_DIR")
    }
    return inherited | own_dvc | {"PATH": path, "PYTHONPATH": str(clone / "src")}


def git(folder: Path, *arguments: str) -> str:
    """Run Git in a folder; raises CalledProcessError."""
    return subprocess.run(
        ["git", *arguments], cwd=folder, check=True, capture_output=True, text=True
    ).stdout
