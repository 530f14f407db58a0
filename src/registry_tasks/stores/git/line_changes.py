"""How many lines of which files differ between two commits."""

import os
from collections.abc import Iterable

from registry_tasks.entities.errors import ProgramFailed
from registry_tasks.stores.git.program import git
from registry_tasks.stores.git.repository import GitRepository


def count_lines(
    repository: GitRepository, before: str, after: str, paths: Iterable[str]
) -> dict[str, tuple[int, int]]:
    """Return path -> lines added and removed, as ``git diff --stat`` counts them.

    Binary files are left out, and so is everything where the repository lacks a commit.
    """
    named = sorted(paths)
    if not named:
        return {}
    options = ("--numstat", "--no-renames", "-z", "--end-of-options", before, after)
    try:
        told = git(repository.root, "--literal-pathspecs", "diff", *options, "--", *named)
    except ProgramFailed:
        return {}
    lines = (entry.split(b"\t", 2) for entry in told.split(b"\0")[:-1])
    return {
        os.fsdecode(path): (int(added), int(removed))
        for added, removed, path in lines
        if added != b"-"
    }
