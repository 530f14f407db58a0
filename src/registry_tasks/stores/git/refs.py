"""Refs and tags that are made once and never moved."""

from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from registry_tasks.entities.errors import MalformedName, RefExists
from registry_tasks.stores.git.durable import settle
from registry_tasks.stores.git.lock import locked
from registry_tasks.stores.git.program import EMAIL, clean_name, git, git_finds

_MUST_NOT_EXIST = ""  # as the old value that update-ref compares with


class Tag(NamedTuple):
    """An annotated tag; the same fields give the same tag object."""

    name: str
    commit: str  # full hash
    message: str
    author: str
    at: datetime


def list_refs(common_dir: Path, *prefixes: str) -> dict[str, str]:
    """Return refs at or below ``prefixes``, by full name: the objects that they lead to, peeled."""
    wanted = "--format=%(refname) %(objectname) %(*objectname)"
    lines = git(common_dir, "for-each-ref", wanted, "--", *prefixes).decode().splitlines()
    found = (line.split(" ") for line in lines)
    return {name: peeled or plain for name, plain, peeled in found}


def leads_to(common_dir: Path, later: str, earlier: str) -> bool:
    """Whether a commit is here and comes before ``later``, or is it."""
    if later == earlier:
        return True
    if git_finds(common_dir, "cat-file", "-e", earlier) is None:
        return False
    return git_finds(common_dir, "merge-base", "--is-ancestor", earlier, later) is not None


def create_ref(common_dir: Path, name: str, commit: str) -> None:
    """Make ``name`` point to ``commit`` unless it does already. Raises RefExists, MalformedName."""
    _check_name(common_dir, name)
    with locked(common_dir) as lock:
        if not _exists(common_dir, name, commit):
            _write(common_dir, name, commit, lock)
        settle(common_dir, (name,))


def create_tag(common_dir: Path, tag: Tag) -> None:
    """Make an annotated tag unless it is there. Raises RefExists, MalformedName."""
    with locked(common_dir) as lock:
        write_tag(common_dir, tag, lock)


def write_tag(common_dir: Path, tag: Tag, lock: int) -> None:
    """Do the same for the holder of the lock."""
    name = f"refs/tags/{tag.name}"
    _check_name(common_dir, name)
    text = (
        f"object {tag.commit}\ntype commit\ntag {tag.name}\n"
        f"tagger {clean_name(tag.author)} <{EMAIL}> {int(tag.at.timestamp())} +0000\n\n"
        f"{tag.message.strip()}\n"
    )
    if not _exists(common_dir, name, tag.commit):
        made = git(common_dir, "mktag", stdin=text.encode(), lock=lock).decode().strip()
        _write(common_dir, name, made, lock)
    settle(common_dir, (name,))


def _exists(common_dir: Path, name: str, commit: str) -> bool:
    found = list_refs(common_dir, name).get(name)
    if found not in (None, commit):
        raise RefExists(name, commit, found)
    return found is not None


def _write(common_dir: Path, name: str, value: str, lock: int) -> None:
    # Under our lock no live process of ours makes this ref: its lock file is a dead one's.
    (common_dir / f"{name}.lock").unlink(missing_ok=True)
    git(common_dir, "update-ref", "--no-deref", "--", name, value, _MUST_NOT_EXIST, lock=lock)


def _check_name(common_dir: Path, name: str) -> None:
    if "\0" in name or git_finds(common_dir, "check-ref-format", name) is None:
        raise MalformedName("Git ref", name, "Git does not allow it (`git check-ref-format`)")
