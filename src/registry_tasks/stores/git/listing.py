"""Which files a commit has."""

import os
from pathlib import PurePosixPath

from registry_tasks.stores.git.program import git
from registry_tasks.stores.git.repository import GitRepository


def list_files(repository: GitRepository, commit: str) -> frozenset[str]:
    """Return the paths of all files in a commit. Raises CommitNotFound."""
    full = repository.commit(commit)
    told = git(repository.root, "ls-tree", "-r", "-z", "--name-only", "--full-tree", full)
    return frozenset(os.fsdecode(name) for name in told.split(b"\0")[:-1])


def with_folders(files: frozenset[str]) -> frozenset[str]:
    """Return files and all folders around them."""
    parents = {str(parent) for name in files for parent in PurePosixPath(name).parents}
    return files | parents
