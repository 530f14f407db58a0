"""The one place that starts Git: nothing of the user's environment or hooks has a say."""

import os
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path

from registry_tasks.entities.errors import ProgramFailed
from registry_tasks.settings import without_token

EMAIL = "registry@localhost"
_KEPT = frozenset(
    {"GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM", "GIT_EXEC_PATH"}
)
_FIXED = {
    "LC_ALL": "C",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",  # looking never writes the user's index
}
_OPTIONS = (
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "commit.gpgSign=false",
    "tag.gpgSign=false",
    "gc.auto=0",  # a collection in the background would outlive the lock's holder
    "maintenance.auto=false",
    "core.fsync=objects,derived-metadata,reference",  # Git 2.36; its default leaves objects out
)


def identity(author: str) -> dict[str, str]:
    """Name author and committer without any Git configuration."""
    name = clean_name(author)
    return {
        "GIT_AUTHOR_NAME": name,
        "GIT_AUTHOR_EMAIL": EMAIL,
        "GIT_COMMITTER_NAME": name,
        "GIT_COMMITTER_EMAIL": EMAIL,
    }


def clean_name(author: str) -> str:
    """Leave out what Git does not allow in a name; ``registry`` when nothing is left."""
    kept = "".join(c for c in author if c.isprintable() and c not in "<>")
    return kept.strip(" .,:;\"'") or "registry"


def git(
    folder: Path,
    *arguments: str,
    stdin: bytes | int = b"",
    environment: Mapping[str, str] | None = None,
    lock: int | None = None,
) -> bytes:
    """Run Git in ``folder`` and return what it wrote.

    Args:
        stdin: what Git reads, or the descriptor of an open file to read.
        environment: added to the environment of the child.
        lock: a descriptor that the child inherits, so that the lock lives as long as the child.

    Raises: ProgramFailed.
    """
    ended = _run(folder, arguments, stdin, environment, lock)
    if ended.returncode != 0:
        raise ProgramFailed("git", " ".join(arguments), ended.stderr.decode(errors="replace"))
    return ended.stdout


def git_within(folder: Path, limit_s: float, *arguments: str, lock: int | None = None) -> str:
    """Run a Git that talks to another machine, and end it with all that it started at the limit.

    Raises: ProgramFailed.
    """
    command = " ".join(arguments)
    try:
        begun = subprocess.Popen(
            _command(arguments),
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=_environment(None),
            pass_fds=() if lock is None else (lock,),
            start_new_session=True,  # so that its ssh ends with it
        )
    except (OSError, ValueError) as error:
        raise _not_begun(folder, arguments, error) from error
    with begun as running:
        try:
            said, _ = running.communicate(timeout=limit_s)
        except BaseException as error:
            os.killpg(running.pid, signal.SIGKILL)
            if isinstance(error, subprocess.TimeoutExpired):
                raise ProgramFailed("git", command, f"no answer in {limit_s:g} s") from None
            raise
    told = said.decode(errors="replace")
    if running.returncode != 0:
        raise ProgramFailed("git", command, told)
    return told


def git_finds(folder: Path, *arguments: str) -> bytes | None:
    """Run a question to Git: what it wrote, or None when it ended with 1, its way to say no."""
    ended = _run(folder, arguments, b"", None, None)
    if ended.returncode == 1:
        return None
    if ended.returncode != 0:
        raise ProgramFailed("git", " ".join(arguments), ended.stderr.decode(errors="replace"))
    return ended.stdout


def _run(
    folder: Path,
    arguments: tuple[str, ...],
    stdin: bytes | int,
    environment: Mapping[str, str] | None,
    lock: int | None,
) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            _command(arguments),
            cwd=folder,
            stdin=stdin if isinstance(stdin, int) else None,
            input=None if isinstance(stdin, int) else stdin,
            capture_output=True,
            env=_environment(environment),
            pass_fds=() if lock is None else (lock,),
            check=False,
        )
    except (OSError, ValueError) as error:
        raise _not_begun(folder, arguments, error) from error


def _not_begun(
    folder: Path, arguments: tuple[str, ...], error: OSError | ValueError
) -> ProgramFailed:
    """Say why there is no Git: it is missing, there is no room for it, a NUL is in an argument."""
    reason = str(error)
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        reason = "git is not installed" if folder.is_dir() else f"{folder} is no folder"
    return ProgramFailed("git", " ".join(arguments), reason)


def _command(arguments: tuple[str, ...]) -> list[str]:
    return ["git", *(part for option in _OPTIONS for part in ("-c", option)), *arguments]


def _environment(added: Mapping[str, str] | None) -> dict[str, str]:
    inherited = {k: v for k, v in without_token().items() if not k.startswith("GIT_") or k in _KEPT}
    return {**inherited, **_FIXED, **(added or {})}
