"""Files of a commit: which there are, and what is in them."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from registry_tasks.stores.git.delivery import answers
from registry_tasks.stores.git.program import git
from registry_tasks.stores.git.repository import GitRepository

_SUBMODULE = "commit"


class Blob(NamedTuple):
    """A file of a commit."""

    path: str
    name: str  # what Git calls its content


def list_paths(repository: GitRepository, commit: str) -> frozenset[str]:
    """Return the paths of all files in a commit. Raises CommitNotFound."""
    full = repository.commit(commit)
    told = git(repository.root, "ls-tree", "-r", "-z", "--name-only", "--full-tree", full)
    return frozenset(os.fsdecode(name) for name in told.split(b"\0")[:-1])


def with_folders(files: frozenset[str]) -> frozenset[str]:
    """Return files and all folders around them."""
    parents = {str(parent) for name in files for parent in PurePosixPath(name).parents}
    return files | parents


def list_files(folder: Path, commit: str, paths: Iterable[str]) -> tuple[Blob, ...]:
    """Return the files at or below ``paths``, by path. Raises ProgramFailed."""
    wanted = sorted(set(paths))
    if not wanted:
        return ()
    asked = ("ls-tree", "-r", "-z", "--full-tree", commit, "--", *wanted)
    found = []
    for line in git(folder, *asked).decode(errors="surrogateescape").split("\0")[:-1]:
        facts, _, path = line.partition("\t")
        _, kind, name = facts.split(" ")
        if kind != _SUBMODULE:
            found.append(Blob(path, name))
    return tuple(found)


def read_blobs(folder: Path, names: Sequence[str]) -> list[bytes]:
    """Return contents in order, read by one process. Raises ProgramFailed."""
    if not names:
        return []
    told = git(folder, "cat-file", "--batch", stdin="".join(f"{n}\n" for n in names).encode())
    return [content for _, _, content in answers(told, len(names))]
