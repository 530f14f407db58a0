"""Write a batch of tags and the log's new commits with two Git processes, killed or not."""

import re
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from registry_tasks.stores.git.program import EMAIL, clean_name, git
from registry_tasks.stores.git.refs import Tag

AUTHOR: Final = f"registry <{EMAIL}>"
_PLAIN: Final = re.compile(r"[a-z0-9_/-]+[@#][a-z0-9_#!-]+(?:\.[a-z0-9_#!-]+)*")
_TARGET: Final = re.compile(rb"object ([0-9a-f]+)\ntype commit\n")


class Head(NamedTuple):
    """The newest commit of a log."""

    commit: str
    message: str


class Line(NamedTuple):
    """One commit of a log still to be written."""

    message: str
    at: datetime


class Seen(NamedTuple):
    """What of a batch Git has: heads by ref, tags by name with where they lead, commits."""

    heads: dict[str, Head]
    tags: dict[str, str]
    commits: frozenset[str]


def look(
    common_dir: Path, refs: Sequence[str], tags: Sequence[Tag], others: Iterable[str] = ()
) -> Seen:
    """Ask for everything at once: heads of logs, tags, their commits and ``others``."""
    names = [f"refs/tags/{tag.name}" for tag in tags if is_plain(tag)]
    commits = sorted({*others, *(tag.commit for tag in tags)})
    asked = [*refs, *names, *commits]
    told = git(common_dir, "cat-file", "--batch", stdin="".join(f"{a}\n" for a in asked).encode())
    heads: dict[str, Head] = {}
    leads: dict[str, str] = {}
    present = set()
    for name, (kind, commit, content) in zip(asked, answers(told, len(asked)), strict=True):
        if kind == b"missing":
            continue
        if name in refs:
            heads[name] = Head(commit, content.partition(b"\n\n")[2].decode())
        elif name.startswith("refs/"):
            found = _TARGET.match(content) if kind == b"tag" else None
            leads[name.removeprefix("refs/tags/")] = found[1].decode() if found else commit
        elif kind == b"commit":
            present.add(name)
    return Seen(heads, leads, frozenset(present))


def is_plain(tag: Tag) -> bool:
    """Whether the name needs no question whether Git allows it."""
    return bool(_PLAIN.fullmatch(tag.name)) and not tag.name.endswith(".lock")


def write(
    common_dir: Path,
    lock: int,
    log: str,
    exists: bool,
    lines: Iterable[Line],
    tags: Iterable[Tag],
    anew: bool = False,
) -> None:
    """Append ``lines`` to the ref ``log``, then make ``tags``, which are all new.

    ``exists`` tells whether there is such a log; ``anew`` puts the lines in place of it. Git reads
    a file that is whole, so a death here leaves it nothing half written to obey.
    Raises: ProgramFailed; then none or some of it has been written.
    """
    with tempfile.TemporaryFile() as stream:
        start = f"from {log}^0\n" if exists and not anew else "deleteall\n"
        if anew:
            stream.write(f"reset {log}\n".encode())
        for line in lines:
            at = int(line.at.timestamp())
            who = f"author {AUTHOR} {at} +0000\ncommitter {AUTHOR} {at} +0000\n"
            stream.write(f"commit {log}\n{who}".encode() + _data(line.message))
            stream.write(f"{start}\n".encode())
            start = ""
        refs = [] if stream.tell() == 0 else [log]
        for tag in tags:
            tagger = f"{clean_name(tag.author)} <{EMAIL}> {int(tag.at.timestamp())} +0000"
            stream.write(f"tag {tag.name}\nfrom {tag.commit}\ntagger {tagger}\n".encode())
            stream.write(_data(f"{tag.message.strip()}\n"))
            refs.append(f"refs/tags/{tag.name}")
        if not refs:
            return
        for name in refs:
            # Under our lock no live process of ours writes this ref: its lock file is a dead one's.
            (common_dir / f"{name}.lock").unlink(missing_ok=True)
        stream.write(b"done\n")
        stream.flush()
        stream.seek(0)
        _import(common_dir, stream.fileno(), lock, ("--force",) if anew else ())


def create_refs(common_dir: Path, lock: int, refs: Mapping[str, str]) -> None:
    """Make refs that are not there, all in one go. Raises: ProgramFailed; then none was made."""
    if not refs:
        return
    for name in refs:
        (common_dir / f"{name}.lock").unlink(missing_ok=True)
    orders = "".join(f"create {name} {commit}\n" for name, commit in refs.items())
    git(common_dir, "update-ref", "--no-deref", "--stdin", stdin=orders.encode(), lock=lock)


def _import(common_dir: Path, stream: int, lock: int, options: tuple[str, ...]) -> None:
    reports = set(common_dir.glob("fast_import_crash_*"))
    try:
        git(common_dir, "fast-import", "--quiet", "--done", *options, stdin=stream, lock=lock)
    finally:
        for report in set(common_dir.glob("fast_import_crash_*")) - reports:
            report.unlink(missing_ok=True)


def _data(text: str) -> bytes:
    content = text.encode()
    return b"data %d\n%b\n" % (len(content), content)


def answers(told: bytes, count: int) -> Iterable[tuple[bytes, str, bytes]]:
    """Take ``git cat-file --batch`` apart: kind, object and content of each answer."""
    place = 0
    for _ in range(count):
        end = told.index(b"\n", place)
        words = told[place:end].split(b" ")
        place = end + 1
        if words[-1] in (b"missing", b"ambiguous"):
            yield b"missing", "", b""
            continue
        size = int(words[-1])
        yield words[-2], words[-3].decode(), told[place : place + size]
        place += size + 1
