"""Read a log from its first commit to its last, and prove that it is one chain."""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from registry_tasks.entities.errors import LogBroken
from registry_tasks.stores.git.delivery import Head, answers
from registry_tasks.stores.git.program import git, git_finds

_BATCH: Final = 2000


def read_chain(common_dir: Path, ref: str) -> Iterator[Head]:
    """Give the commits that are below ``ref`` now, oldest first; none if there is no such ref.

    Every commit is hashed as it is given, and must have the one before as its only parent and no
    file. Raises: LogBroken.
    """
    if git_finds(common_dir, "show-ref", "--verify", "--quiet", ref) is None:
        return iter(())
    listed = git(common_dir, "rev-list", "--reverse", "--first-parent", ref).decode().split()
    return _read(common_dir, listed)


def _read(common_dir: Path, listed: Sequence[str]) -> Iterator[Head]:
    previous, tree = None, ""
    for place in range(0, len(listed), _BATCH):
        some = listed[place : place + _BATCH]
        told = git(
            common_dir, "cat-file", "--batch", stdin="".join(f"{c}\n" for c in some).encode()
        )
        for commit, (_, _, content) in zip(some, answers(told, len(some)), strict=True):
            headers, _, message = content.partition(b"\n\n")
            tree = tree or _empty_tree(commit)
            _check(common_dir, commit, content, headers.decode(errors="replace"), previous, tree)
            yield Head(commit, message.decode(errors="replace"))
            previous = commit


def _check(
    common_dir: Path, commit: str, content: bytes, headers: str, previous: str | None, tree: str
) -> None:
    if _hash(commit, b"commit", content) != commit:
        raise LogBroken(str(common_dir), commit, "its content is not what its name says")
    lines = headers.splitlines()
    parents = [line.removeprefix("parent ") for line in lines if line.startswith("parent ")]
    if parents != ([previous] if previous else []):
        after = previous or "nothing, as the first"
        raise LogBroken(str(common_dir), commit, f"it must follow {after}, not {parents}")
    if lines[0] != f"tree {tree}":
        raise LogBroken(str(common_dir), commit, "it has files, which no entry has")


def _empty_tree(like: str) -> str:
    return _hash(like, b"tree", b"")


def _hash(like: str, kind: bytes, content: bytes) -> str:
    """Hash an object as Git does; repositories with SHA-256 have longer names."""
    made = hashlib.sha256() if len(like) == 64 else hashlib.sha1(usedforsecurity=False)
    made.update(b"%b %d\0" % (kind, len(content)))
    made.update(content)
    return made.hexdigest()
