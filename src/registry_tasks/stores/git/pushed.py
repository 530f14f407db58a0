"""Which commits are on a Git remote, as far as this clone knows."""

import re
from collections.abc import Collection
from pathlib import Path
from typing import Final

from registry_tasks.stores.git import delivery
from registry_tasks.stores.git.program import git

_MANY: Final = 500  # commits in one command line
_NAMED: Final = re.compile(r"^([0-9a-f]{40,64}) remotes/([^~^\n]+)", re.MULTILINE)


def find_remote_ref(folder: Path, commit: str) -> str | None:
    """Return a remote-tracking ref that leads to a commit, such as ``origin/main``, or None."""
    told = git(
        folder,
        *("for-each-ref", f"--contains={commit}", "--format=%(refname:lstrip=2)", "refs/remotes"),
    )
    names = told.decode(errors="backslashreplace").splitlines()
    return next((name for name in names if not name.endswith("/HEAD")), None)


def find_remote_refs(folder: Path, commits: Collection[str]) -> dict[str, str]:
    """Return for those commits that a remote-tracking ref leads to such a ref's name."""
    here = delivery.look(folder, (), (), commits).commits
    if not here:
        return {}
    asked = "".join(f"{commit}\n" for commit in sorted(here)).encode()
    told = git(folder, "rev-list", "--stdin", "--not", "--remotes", stdin=asked)
    left = set(told.decode().split())
    pushed = sorted(here - left)
    names: dict[str, str] = {}
    for place in range(0, len(pushed), _MANY):
        batch = pushed[place : place + _MANY]
        told = git(folder, "name-rev", "--refs=refs/remotes/*", *batch)
        names |= dict(_NAMED.findall(told.decode(errors="backslashreplace")))
    return {commit: names.get(commit, "a remote-tracking ref") for commit in pushed}
