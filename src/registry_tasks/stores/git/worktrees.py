"""Checkouts for runs: linked worktrees and clones, none of them the user's."""

import re
import shutil
from pathlib import Path

from registry_tasks.entities.errors import ProgramFailed
from registry_tasks.stores.git.lock import locked
from registry_tasks.stores.git.program import git
from registry_tasks.stores.git.repository import GitRepository

_UPLOAD_ANY = "git -c uploadpack.allowAnySHA1InWant=true upload-pack"


def add_worktree(repository: GitRepository, folder: Path, commit: str) -> None:
    """Check ``commit`` out into the new ``folder`` with a detached HEAD.

    After a crash call remove_worktree first. Raises: CommitNotFound, ProgramFailed.
    """
    full = repository.commit(commit)
    with locked(repository.common_dir) as lock:
        forget_unfinished(repository.common_dir, folder.parent)
        if not folder.exists():
            _forget(repository, folder)
        git(repository.root, "worktree", "add", "--detach", "--", str(folder), full, lock=lock)
    _check_complete(folder)


def remove_worktree(repository: GitRepository, folder: Path) -> None:
    """Remove a worktree, or a clone, and what Git remembers of it, in whatever state it is.

    Raises: ValueError for the main checkout and folders around it.
    """
    if repository.root.resolve().is_relative_to(folder.resolve()):
        raise ValueError(f"{folder} holds the main checkout {repository.root}")
    with locked(repository.common_dir):  # a dead process's Git may still be writing into it
        if folder.exists():
            shutil.rmtree(folder)
        _forget(repository, folder)


def forget_unfinished(common_dir: Path, workspaces: Path) -> int:
    """Remove what a killed `git worktree add` left half written; returns how many there were.

    Any such worktree ends every later `git worktree add` and `git fetch`, whatever they are about.
    Whoever calls this holds the lock, so that no process makes a worktree in ``workspaces`` now.
    """
    found = 0
    for admin in (common_dir / "worktrees").glob("*"):
        folder = _folder_of(admin)
        if folder is None or folder.parent != workspaces.resolve():
            continue
        if not _read(admin / "commondir"):
            shutil.rmtree(admin)
            found += 1
    return found


def clone(repository: GitRepository, folder: Path, commit: str) -> None:
    """Make the new ``folder`` a clone with ``commit`` checked out, HEAD detached.

    Objects are hard links where the file system allows. After a crash call remove_worktree first.
    Raises: CommitNotFound, ProgramFailed.
    """
    full = repository.commit(commit)
    if folder.exists():
        raise ProgramFailed("git", f"clone {repository.root} {folder}", f"{folder} exists")
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        _copy(repository, folder, full)
        git(folder, "checkout", "--quiet", "--detach", full)
        _check_complete(folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _copy(repository: GitRepository, folder: Path, commit: str) -> None:
    """Take all objects, also those that only refs outside of branches and tags keep alive."""
    source, target = str(repository.root), str(folder)
    with locked(repository.common_dir) as lock:
        try:
            git(folder.parent, "clone", "--no-checkout", "--local", "--", source, target, lock=lock)
        except ProgramFailed:  # a file vanished, as when somebody else repacks: take the slow way
            shutil.rmtree(folder, ignore_errors=True)
            git(
                folder.parent,
                "clone",
                "--no-checkout",
                "--no-local",
                "--",
                source,
                target,
                lock=lock,
            )
    try:
        git(folder, "cat-file", "-e", f"{commit}^{{tree}}")
    except ProgramFailed:
        git(folder, "fetch", "--quiet", f"--upload-pack={_UPLOAD_ANY}", "origin", commit)


def _check_complete(folder: Path) -> None:
    """Raise ProgramFailed if files are missing: Git ends with 0 although it lacks their objects."""
    if missing := git(folder, "ls-files", "--deleted", "-z").decode(errors="replace"):
        names = ", ".join(missing.split("\0")[:-1])
        raise ProgramFailed("git", f"checkout in {folder}", f"these files have no object: {names}")


def _forget(repository: GitRepository, folder: Path) -> None:
    """Remove what Git keeps about a worktree that is gone; `git worktree prune` leaves locked ones.

    A worktree is locked while it is being made, so a killed `git worktree add` leaves it so.
    """
    ours = re.compile(re.escape(folder.name) + r"\d*")  # Git's names for it
    for admin in (repository.common_dir / "worktrees").glob("*"):
        found = _folder_of(admin)
        if found == folder.resolve() or (found is None and ours.fullmatch(admin.name)):
            shutil.rmtree(admin)


def _folder_of(admin: Path) -> Path | None:
    """Return a worktree's folder; None: Git was killed before it wrote that, as its first act."""
    found = _read(admin / "gitdir")
    return (admin / found).resolve().parent if found else None


def _read(file: Path) -> str:
    try:
        return file.read_text().strip()
    except FileNotFoundError:
        return ""
