"""Other copies of a repository that Git knows by name: asked what they have, never changed."""

import re
from pathlib import Path
from typing import Final

from registry_tasks.stores.git.program import git, git_within

_REF: Final = re.compile(r"([0-9a-f]{40}(?:[0-9a-f]{24})?)\t(refs/\S+)")


def list_remotes(common_dir: Path) -> tuple[str, ...]:
    """Return the names of all remotes."""
    return tuple(git(common_dir, "remote").decode().splitlines())


def list_refs_on(common_dir: Path, remote: str, pattern: str, limit_s: float) -> dict[str, str]:
    """Ask a remote for its refs: full name -> what it leads to. Raises ProgramFailed."""
    said = git_within(common_dir, limit_s, "ls-remote", "--quiet", "--refs", "--", remote, pattern)
    found = (_REF.fullmatch(line) for line in said.splitlines())  # a server may say more
    return {ref[2]: ref[1] for ref in found if ref}
