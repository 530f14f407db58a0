"""A Git repository: reading commits, and making commits that touch nothing of the user's."""

import os
import re
import shutil
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Self

from registry_tasks.entities.errors import (
    CommitNotFound,
    InvalidProject,
    NotAProject,
    ProgramFailed,
    ShallowClone,
)
from registry_tasks.stores.git import refs
from registry_tasks.stores.git.lock import locked
from registry_tasks.stores.git.program import git, identity

IDENTITY_FILE = "registry-identity"
_HASH = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


class GitRepository:
    """The repository around a main checkout; ``root`` is that checkout's folder."""

    root: Path

    def __init__(self, root: Path) -> None:
        self.root = root

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Find the main checkout that ``folder`` lies in or is a linked worktree of.

        Raises: NotAProject.
        """
        asked = ("--path-format=absolute", "--git-dir", "--git-common-dir", "--show-toplevel")
        try:
            told = git(folder, "rev-parse", *asked)
        except ProgramFailed as error:
            if folder.is_dir() and "not a git repository" not in error.said:
                raise
            raise NotAProject(str(folder), "Git") from error
        git_dir, common_dir, top = (Path(os.fsdecode(line)) for line in told.splitlines())
        found = cls(top if git_dir == common_dir else common_dir.parent)
        found.common_dir = common_dir  # or the next question would be asked again
        return found

    @cached_property
    def common_dir(self) -> Path:
        """The Git folder that all worktrees share."""
        told = git(self.root, "rev-parse", "--path-format=absolute", "--git-common-dir")
        return Path(os.fsdecode(told.removesuffix(b"\n")))

    @cached_property
    def identity(self) -> str | None:
        """What is the same in every clone: the first commit of all; None while there is none.

        It is kept in a file, because Git walks all of the history to find it.
        Raises: ShallowClone, whose first commit is not there.
        """
        kept = self.common_dir / IDENTITY_FILE
        if kept.is_file() and _HASH.fullmatch(found := kept.read_text().strip()):
            return found
        if (self.common_dir / "shallow").exists():
            raise ShallowClone(str(self.root))
        try:
            self.commit("HEAD")
        except CommitNotFound:
            return None
        roots = git(self.root, "rev-list", "--max-parents=0", "HEAD").decode().split()
        unfinished = kept.with_name(f"{IDENTITY_FILE}.{os.getpid()}")
        with suppress(OSError):  # such as a full disk: it is asked for again next time
            unfinished.write_text(min(roots) + "\n")
            os.replace(unfinished, kept)
        return min(roots)

    def head(self) -> str:
        """Return the commit that is checked out. Raises InvalidProject if there is none yet."""
        if found := self._head_in_files():
            return found
        try:
            return self.commit("HEAD")
        except CommitNotFound as error:
            reason = "the repository has no commit yet; commit the project first"
            raise InvalidProject(str(self.root), reason) from error

    def _head_in_files(self) -> str | None:
        """Read HEAD without a process, where it and its branch are plain files; else None."""
        try:
            told = (self.common_dir / "HEAD").read_text().strip()
            if told.startswith("ref: refs/heads/"):
                told = (self.common_dir / told.removeprefix("ref: ")).read_text().strip()
        except (OSError, UnicodeDecodeError):  # such as a branch that is packed
            return None
        return told if _HASH.fullmatch(told) else None

    def commit(self, name: str) -> str:
        """Return the full hash of the commit that ``name`` leads to. Raises CommitNotFound."""
        asked = ("--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
        try:
            found = git(self.root, "rev-parse", *asked).decode().strip()
        except ProgramFailed as error:
            raise CommitNotFound(name, str(self.root)) from error
        if not _HASH.fullmatch(found):  # ^name and the like mean more than one commit
            raise CommitNotFound(name, str(self.root))
        return found

    def uncommitted(self) -> tuple[str, ...]:
        """List paths that differ from HEAD or are new and not ignored, sorted."""
        options = ("--porcelain", "-z", "--untracked-files=all", "--no-renames")
        entries = git(self.root, "status", *options).split(b"\0")[:-1]
        return tuple(sorted(entry[3:].decode(errors="backslashreplace") for entry in entries))

    def snapshot(self, message: str, author: str) -> str:
        """Commit everything that is uncommitted on top of HEAD, to no branch.

        It is made with an index of its own: index, working tree and refs stay as they are.
        Returns the commit; nothing but a ref made afterwards keeps it alive.
        """
        parent = self.head()
        index = Path(os.fsdecode(git(self.root, "rev-parse", "--git-path", "index").rstrip()))
        with tempfile.TemporaryDirectory(prefix="registry-index-") as folder:
            environment = {"GIT_INDEX_FILE": str(Path(folder) / "index")}
            try:
                # With its time: Git tells by it which entries are too young to be trusted.
                shutil.copy2(self.root / index, environment["GIT_INDEX_FILE"])
            except FileNotFoundError:
                git(self.root, "read-tree", parent, environment=environment)
            git(self.root, "add", "--all", environment=environment)
            tree = git(self.root, "write-tree", environment=environment).decode().strip()
        return self._commit_tree(self.root, tree, parent, message, author, None)

    def commit_worktree(self, worktree: Path, message: str, author: str) -> str:
        """Commit everything in a linked worktree or clone and move its detached HEAD there.

        Raises: InvalidProject if a branch is checked out in it, which must not move.
        """
        git_dir = Path(os.fsdecode(git(worktree, "rev-parse", "--absolute-git-dir").rstrip(b"\n")))
        if not _HASH.fullmatch((git_dir / "HEAD").read_text().strip()):
            raise InvalidProject(str(worktree), "a branch is checked out; detach its HEAD first")
        with locked(self.common_dir) as lock:
            for name in ("index.lock", "HEAD.lock"):
                (git_dir / name).unlink(missing_ok=True)
            git(worktree, "add", "--all", lock=lock)
            tree = git(worktree, "write-tree", lock=lock).decode().strip()
            parent = git(worktree, "rev-parse", "--verify", "HEAD").decode().strip()
            made = self._commit_tree(worktree, tree, parent, message, author, lock)
            moved = ("update-ref", "--no-deref", "HEAD", made, parent)
            git(worktree, *moved, environment=identity(author), lock=lock)
        return made

    def read(self, commit: str, path: str) -> bytes | None:
        """Return the file at ``path`` in ``commit``, or None. Raises CommitNotFound."""
        full = commit if _HASH.fullmatch(commit) else self.commit(commit)  # asked all day
        if "\n" in path:
            return None  # the protocol asks line by line
        asked = os.fsencode(f"{full}:{path}\n")
        header, _, body = git(self.root, "cat-file", "--batch", stdin=asked).partition(b"\n")
        words = header.rsplit(b" ", 2)
        if words[-2] == b"blob":
            return body[: int(words[2])]
        self.commit(full)  # it is there, and the file is not
        return None

    def tracked(self, worktree: Path, paths: Iterable[str]) -> frozenset[str]:
        """Return those paths that Git tracks in ``worktree``, as a file or as a file's folder."""
        known: set[str] = set()
        for name in git(worktree, "ls-files", "-z").split(b"\0")[:-1]:
            path = PurePosixPath(os.fsdecode(name))
            known.add(str(path))
            known.update(str(parent) for parent in path.parents)
        return frozenset(path for path in paths if str(PurePosixPath(path)) in known)

    def create_ref(self, name: str, commit: str) -> None:
        """Make a ref once and for all; nothing happens if it is there with this commit.

        Raises: RefExists, CommitNotFound, MalformedName.
        """
        refs.create_ref(self.common_dir, name, self.commit(commit))

    def find_ref(self, name: str) -> str | None:
        """Return the commit that a ref, given by its full name, leads to, or None."""
        return refs.list_refs(self.common_dir, name).get(name)

    def refs(self, prefix: str) -> dict[str, str]:
        """Return all refs at or below ``prefix``: full name -> commit it leads to."""
        return refs.list_refs(self.common_dir, prefix)

    def create_tag(self, name: str, commit: str, message: str, author: str, at: datetime) -> None:
        """Make an annotated tag; nothing happens if it is there and leads to this commit.

        Raises: RefExists, CommitNotFound, MalformedName.
        """
        tag = refs.Tag(name, self.commit(commit), message, author, at)
        refs.create_tag(self.common_dir, tag)

    @staticmethod
    def _commit_tree(
        folder: Path, tree: str, parent: str, message: str, author: str, lock: int | None
    ) -> str:
        made = git(
            folder,
            *("commit-tree", tree, "-p", parent),
            stdin=message.encode(),
            environment=identity(author),
            lock=lock,
        )
        return made.decode().strip()
