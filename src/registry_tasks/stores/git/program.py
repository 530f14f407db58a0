"""The one place that starts Git: nothing of the user's environment or hooks has a say."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from registry_tasks.entities.errors import ProgramFailed

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
    stdin: bytes = b"",
    environment: Mapping[str, str] | None = None,
    lock: int | None = None,
) -> bytes:
    """Run Git in ``folder`` and return what it wrote.

    Args:
        environment: added to the environment of the child.
        lock: a descriptor that the child inherits, so that the lock lives as long as the child.

    Raises: ProgramFailed.
    """
    ended = _run(folder, arguments, stdin, environment, lock)
    if ended.returncode != 0:
        raise ProgramFailed("git", " ".join(arguments), ended.stderr.decode(errors="replace"))
    return ended.stdout


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
    stdin: bytes,
    environment: Mapping[str, str] | None,
    lock: int | None,
) -> subprocess.CompletedProcess[bytes]:
    options = [part for option in _OPTIONS for part in ("-c", option)]
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("GIT_") or k in _KEPT}
    try:
        return subprocess.run(
            ["git", *options, *arguments],
            cwd=folder,
            input=stdin,
            capture_output=True,
            env={**inherited, **_FIXED, **(environment or {})},
            pass_fds=() if lock is None else (lock,),
            check=False,
        )
    except (FileNotFoundError, NotADirectoryError) as error:
        missing = "git is not installed" if folder.is_dir() else f"{folder} is no folder"
        raise ProgramFailed("git", " ".join(arguments), missing) from error
    except ValueError as error:  # a NUL in an argument
        raise ProgramFailed("git", " ".join(arguments), str(error)) from error
