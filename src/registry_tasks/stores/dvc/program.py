"""Running DVC itself."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from registry_tasks.entities.errors import ProgramFailed


def run_dvc(
    root: Path, environment: Mapping[str, str], command: str, *options: str, files: tuple[str, ...]
) -> None:
    """Let DVC do a command with files of a working copy. Raises: ProgramFailed."""
    done = subprocess.run(
        [sys.executable, "-m", "dvc", command, *options, "--", *files],
        cwd=root,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise ProgramFailed("dvc", f"{command} {' '.join(files)}", done.stderr)
