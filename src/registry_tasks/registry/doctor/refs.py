"""Git against the store: tags that GTO goes by, and the refs that keep the commits of runs.

Refs are read before and after the store: what was there before must be known to the store, and
what the store knows must be there after. So nothing that is written meanwhile looks wrong.
"""

import re
import shlex
import time
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from registry_tasks.entities.errors import CommitNotFound
from registry_tasks.entities.finding import FindingKind
from registry_tasks.entities.git_tag import GitTag
from registry_tasks.entities.run import RUN_REFS
from registry_tasks.registry import mirror
from registry_tasks.registry.doctor.ailment import Ailment, ail
from registry_tasks.registry.log import check_store
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.git.mending import point_ref, point_tag, remove_stale, stale_locks
from registry_tasks.stores.git.refs import Tag
from registry_tasks.stores.metadata.census import CountedRun

_OURS: Final = re.compile(r"([^@#]+)(?:@v\d+\.\d+\.\d+!?|#[^#]+#\d+)")
_STALE_S: Final = 600  # no Git of ours writes a ref for so long
_TAGS: Final = "refs/tags/"
Refs = Mapping[str, str]


class Expected(NamedTuple):
    """What the store says that Git holds."""

    tags: Mapping[str, GitTag]  # by name, those still queued as well
    queued: tuple[GitTag, ...]
    runs: tuple[CountedRun, ...]  # all that the store knows
    models: frozenset[str]
    names: tuple[str, ...]  # all that rows call this repository


def waiting(expected: Expected, refs: Refs) -> Iterator[Ailment]:
    """Look for tags that were queued and not written."""
    for tag in expected.queued:
        found = refs.get(_TAGS + tag.name)
        if found not in (None, tag.commit):
            what = f"tag {tag.name} waits, but there is one that leads to {found}"
            repair, mend = _retag(tag), partial(_unblock, tag=tag)
            yield ail(FindingKind.TAG_BLOCKED, "Git", what, repair, mend)
        else:
            what = f"tag {tag.name} waits to be written"
            yield ail(FindingKind.TAG_WAITING, "Git", what, "registry sync", deliver)


def tags(registry: Registry, expected: Expected, refs: Refs) -> Iterator[Ailment]:
    """Look for tags that are missing or moved: GTO goes by them and would see another stage."""
    queued = {tag.name for tag in expected.queued}
    for name, tag in expected.tags.items():
        found = refs.get(_TAGS + name)
        if name in queued or found == tag.commit or not _has(registry, tag.commit):
            continue
        mend = partial(_point, tag=tag)
        if found is None:
            what = "its tag is missing"
            yield ail(FindingKind.TAG_MISSING, name, what, _retag(tag), mend)
        else:
            what = f"its tag was moved: it leads to {found}, not to {tag.commit} as recorded"
            yield ail(FindingKind.TAG_MOVED, name, what, _retag(tag), mend)


def unknown_tags(expected: Expected, refs: Refs) -> Iterator[Ailment]:
    """Look for tags that read like ours and that no event tells of; GTO takes them for real."""
    for ref in refs:
        name = ref.removeprefix(_TAGS)
        ours = _OURS.fullmatch(name)
        if ours and ours[1] in expected.models and name not in expected.tags:
            what = "no event of the store tells of this tag"
            repair = f"git tag --delete {shlex.quote(name)}, if nobody needs it"
            yield ail(FindingKind.TAG_UNKNOWN, name, what, repair)


def kept(registry: Registry, expected: Expected, refs: Refs) -> Iterator[Ailment]:
    """Look for runs whose commit no ref keeps, so that Git may collect it.

    A commit that is not here at all was made in another clone, unless its run left logs here.
    """
    for run in expected.runs:
        ref = f"{RUN_REFS}/{run.uuid}"
        found = refs.get(ref)
        if run.commit is None or run.repository not in expected.names or found == run.commit:
            continue
        kind, what = FindingKind.REF_MISSING, f"no ref keeps commit {run.commit} of {run.ref}"
        if found is not None:
            kind = FindingKind.REF_MOVED
            what = f"it leads to {found}, not to {run.commit} of {run.ref} as recorded"
        repair = f"git update-ref {ref} {run.commit}"
        if _has(registry, run.commit):
            yield ail(kind, ref, what, repair, partial(_keep, ref=ref, commit=run.commit))
        elif found is not None or (registry.settings.state / "runs" / run.uuid).is_dir():
            lost = f"git fetch <a clone that has it> {run.commit} && {repair}"
            yield ail(kind, ref, f"{what}, and the commit is lost here", lost)
        else:
            away = f"{what}, and the commit is not here"
            fetch = f"git fetch <the clone that made it> {ref}:{ref}, if it matters here"
            yield ail(FindingKind.REF_ELSEWHERE, ref, away, fetch, note=True)


def unknown_runs(expected: Expected, refs: Refs) -> Iterator[Ailment]:
    """Look for refs of runs that the store does not know, as when it was lost or is another."""
    known = {run.uuid for run in expected.runs}
    for ref, commit in refs.items():
        if ref.removeprefix(f"{RUN_REFS}/") not in known:
            what = f"it keeps commit {commit} of a run that is not in the store"
            repair = f"registry rebuild --from-git, or git update-ref -d {ref} if nobody needs it"
            yield ail(FindingKind.REF_UNKNOWN, ref, what, repair)


def locks(registry: Registry) -> Iterator[Ailment]:
    """Look for lock files that a killed Git left on our refs: they block whoever comes next."""
    for path in stale_locks(registry.repository.common_dir, time.time() - _STALE_S):
        what = "a Git that was killed left its lock file"
        mend = partial(_unlock, path=path)
        yield ail(FindingKind.LOCK_STALE, str(path), what, f"rm -f {shlex.quote(str(path))}", mend)


def deliver(registry: Registry) -> None:
    """Write what is queued."""
    mirror.sync(registry)


def _has(registry: Registry, commit: str) -> bool:
    """A tag or ref can be made only where its commit is."""
    try:
        registry.repository.commit(commit)
    except CommitNotFound:
        return False
    return True


def _retag(tag: GitTag) -> str:
    """Make it with its own time: GTO would take one of today for the latest move."""
    command = ("git", "tag", "-f", "-a", "-m", tag.message, tag.name, tag.commit)
    return f"GIT_COMMITTER_DATE='@{int(tag.at.timestamp())} +0000' {shlex.join(command)}"


def _point(registry: Registry, tag: GitTag) -> None:
    made = Tag(tag.name, tag.commit, tag.message, tag.author, tag.at)
    point_tag(registry.repository.common_dir, made)


def _unblock(registry: Registry, tag: GitTag) -> None:
    check_store(registry)  # a store that was put back older would take the tag from its version
    _point(registry, tag)
    mirror.sync(registry)


def _keep(registry: Registry, ref: str, commit: str) -> None:
    point_ref(registry.repository.common_dir, ref, commit)


def _unlock(registry: Registry, path: Path) -> None:
    remove_stale(registry.repository.common_dir, path, time.time() - _STALE_S)
