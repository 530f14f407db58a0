"""Running a command that the project's own dvc.yaml gives, such as the one that scores a model."""

import os
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from registry_tasks.entities.errors import StageFailed

TAIL_LINES = 30


class CommandResult(NamedTuple):
    """What a command wrote to stdout and stderr, mixed, and how long it took."""

    output: str
    duration_s: float


def run_command(
    command: str, workspace: Path, environment: Mapping[str, str], what: str = "score"
) -> CommandResult:
    """Run ``command`` with /bin/sh in ``workspace``, as DVC does with a stage's.

    Values that were filled into it must be quoted for the shell already (``shlex.quote``).
    Raises: StageFailed(what it is for, last lines).
    """
    started = time.monotonic()
    with subprocess.Popen(
        ["/bin/sh", "-c", command],
        cwd=workspace,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    ) as process:
        try:
            told, _ = process.communicate()
        except BaseException:  # such as KeyboardInterrupt: leave nothing running
            os.killpg(process.pid, signal.SIGKILL)
            raise
    output = told.decode(errors="replace")
    if process.returncode != 0:
        raise StageFailed(what, tail(output) or f"it ended with {process.returncode}")
    return CommandResult(output, time.monotonic() - started)


def tail(output: str) -> str:
    """Return the last lines of what a program wrote."""
    return "\n".join(output.rstrip().splitlines()[-TAIL_LINES:])
