"""The Git remote that all clones share: whether it has what this clone has told it."""

import shlex
from collections import Counter
from collections.abc import Iterator
from typing import Final

from registry_tasks.entities.errors import ProgramFailed
from registry_tasks.entities.finding import FindingKind
from registry_tasks.entities.log_entry import LOG_REF
from registry_tasks.entities.run import RUN_REFS
from registry_tasks.registry.care.doctor.ailment import BY_SYNC, Ailment, Remedy, ail
from registry_tasks.registry.care.doctor.refs import Expected, Refs, deliver
from registry_tasks.registry.ledger.log import log_state
from registry_tasks.registry.ledger.share import find_lacking, list_here, list_there
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.git.lock import quiet
from registry_tasks.stores.git.refs import leads_to

_TAGS: Final = "refs/tags/"
_APART: Final = Remedy(
    BY_SYNC.command,
    "it says at which event they part; docs/rebuild.md tells how to find out which log is right",
)


def remote(registry: Registry, expected: Expected) -> Iterator[Ailment]:
    """Look for log, tags and runs' refs that are here, and not so on the remote.

    A writer sends what it has written before it lets go of the repository's lock. So what seems to
    be lacking is looked at again while nobody writes.
    """
    name = registry.settings.git_remote
    if name is None:
        return
    try:
        if _find(registry, expected, name)[0]:
            with quiet(registry.repository.common_dir):
                lacking, theirs = _find(registry, expected, name)
            yield from _behind(registry, name, lacking, theirs)
            yield from _apart(registry, name, lacking, theirs)
    except ProgramFailed as error:
        what = f"the Git remote that clones share does not answer: {error.said.strip()}"
        remedy = Remedy(f"git ls-remote {shlex.quote(name)}", "it must list the remote's refs")
        yield ail(FindingKind.SHARED_UNAVAILABLE, name, what, remedy)


def _find(registry: Registry, expected: Expected, name: str) -> tuple[Refs, Refs]:
    """Return which refs of ours are not so on the remote, and all that it has."""
    theirs = list_there(registry.repository, name)
    known = {f"{_TAGS}{tag}": told.commit for tag, told in expected.tags.items()}
    known |= {f"{RUN_REFS}/{run.uuid}": run.commit for run in expected.runs if run.commit}
    lacking = find_lacking(list_here(registry.repository), theirs)
    ours = {n: c for n, c in lacking.items() if n == LOG_REF or known.get(n) == c}
    return ours, theirs


def _behind(registry: Registry, name: str, lacking: Refs, theirs: Refs) -> Iterator[Ailment]:
    """What was never sent, or was lost there, is sent by ``sync``."""
    folder = registry.repository.common_dir
    told = theirs.get(LOG_REF)
    kinds: Counter[str] = Counter()
    for ref, commit in lacking.items():
        if ref == LOG_REF and (told is None or leads_to(folder, commit, told)):
            kinds["the log" if told is None else "the newest events of the log"] += 1
        elif ref not in theirs:
            kinds["tags" if ref.startswith(_TAGS) else "refs of runs"] += 1
    if kinds:
        many = (kind if "log" in kind else f"{count} {kind}" for kind, count in kinds.items())
        what = f"the Git remote that clones share lacks {', '.join(many)}"
        yield ail(FindingKind.SHARED_BEHIND, name, what, BY_SYNC, deliver)


def _apart(registry: Registry, name: str, lacking: Refs, theirs: Refs) -> Iterator[Ailment]:
    """What leads elsewhere there was moved by somebody; a log may only be ahead of ours."""
    folder = registry.repository.common_dir
    for ref, commit in lacking.items():
        found = theirs.get(ref)
        if found is None:
            continue
        what = f"it leads to {found} on the Git remote that clones share, and to {commit} here"
        if ref != LOG_REF:
            command = f"git push --force {shlex.quote(name)} {ref}:{ref}"
            yield ail(FindingKind.SHARED_DIFFERS, ref, what, Remedy(command))
        elif not leads_to(folder, commit, found) and not log_state(registry).missing:
            yield ail(FindingKind.SHARED_DIFFERS, ref, what, _APART)
