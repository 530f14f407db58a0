"""Objects that somebody's own commits name: what `dvc pull` may want at any of them."""

import re
from collections.abc import Collection
from pathlib import Path
from typing import Final

from registry_tasks.stores.git.program import git
from registry_tasks.stores.git.refs import list_refs
from registry_tasks.stores.git.repository import GitRepository

_MD5: Final = re.compile(rb"(?<![0-9a-f])[0-9a-f]{32}(?:\.dir)?(?![0-9a-f])")
_FILES: Final = (":(glob)**/dvc.lock", ":(glob)**/*.dvc")
_CHANGES: Final = ("--format=", "--raw", "--no-abbrev", "--no-renames", "--full-history", "-m")
"""Each change of a file, with its content before and after, in merges too."""
_OURS: Final = ("refs/registry/", "refs/registry-remote/")


def objects_named_in(repository: GitRepository, our_tags: Collection[str]) -> frozenset[str]:
    """Return the MD5 of all that any commit of a branch or tag names, or the checkout as it is.

    The registry's own refs and ``our_tags`` do not count: the store says what they need.
    """
    refs = list_refs(repository.common_dir, "refs/")
    ours = {f"refs/tags/{name}" for name in our_tags}
    theirs = {c for name, c in refs.items() if name not in ours and not name.startswith(_OURS)}
    named = _in_history(repository.root, theirs)
    for path in _in_checkout(repository.root):
        named |= set(_MD5.findall(path.read_bytes()))
    return frozenset(found.decode() for found in named)


def _in_history(root: Path, commits: Collection[str]) -> set[bytes]:
    if not commits:
        return set()
    asked = "".join(f"{commit}\n" for commit in sorted(commits)).encode()
    told = git(root, "log", "--stdin", *_CHANGES, "--", *_FILES, stdin=asked)
    changes = (line.split() for line in told.splitlines() if line.startswith(b":"))
    blobs = {blob for change in changes for blob in change[2:4] if blob.strip(b"0")}
    if not blobs:
        return set()
    contents = git(root, "cat-file", "--batch", stdin=b"\n".join(sorted(blobs)) + b"\n")
    return set(_MD5.findall(contents))


def _in_checkout(root: Path) -> list[Path]:
    listed = ("ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *_FILES)
    names = git(root, *listed).split(b"\0")
    paths = (root / name.decode(errors="surrogateescape") for name in names if name)
    return [path for path in paths if path.is_file()]
