"""Other copies of a repository that Git knows: asked what they have, fetched from, pushed to.

All is done in the checkout's own folder: from there Git counts the relative path of a remote.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from registry_tasks.stores.git.program import git, git_within

_REF: Final = re.compile(r"([0-9a-f]{40}(?:[0-9a-f]{24})?)\t(refs/\S+?)(?:\^\{\})?")
_MANY: Final = 500  # refs in one command line


def list_remotes(common_dir: Path) -> tuple[str, ...]:
    """Return the names of all remotes."""
    return tuple(git(common_dir, "remote").decode().splitlines())


def list_refs_on(root: Path, limit_s: float, remote: str, *patterns: str) -> dict[str, str]:
    """Ask a remote for its refs: full name -> the object it leads to, peeled.

    Raises: ProgramFailed.
    """
    said = git_within(root, limit_s, "ls-remote", "--quiet", "--", remote, *patterns)
    found = (_REF.fullmatch(line) for line in said.splitlines())  # a server may say more
    return {ref[2]: ref[1] for ref in found if ref}  # a tag comes before what it is peeled to


def fetch_refs(root: Path, limit_s: float, remote: str, specs: Sequence[str], lock: int) -> None:
    """Fetch refs, each given as ``theirs:ours``. Raises: ProgramFailed."""
    options = ("--quiet", "--no-tags", "--no-write-fetch-head", "--")
    for batch in _batches(specs):
        git_within(root, limit_s, "fetch", *options, remote, *batch, lock=lock)


def push_refs(root: Path, limit_s: float, remote: str, specs: Sequence[str], lock: int) -> None:
    """Push refs, each given as ``ours:theirs``. Raises: ProgramFailed; some may have arrived."""
    options = ("--quiet", "--no-verify", "--")
    for batch in _batches(specs):
        git_within(root, limit_s, "push", *options, remote, *batch, lock=lock)


def _batches(specs: Sequence[str]) -> Iterator[Sequence[str]]:
    return (specs[place : place + _MANY] for place in range(0, len(specs), _MANY))
