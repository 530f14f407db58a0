"""Git against the store: tags that GTO goes by, and lock files on refs of ours.

Refs are read before and after the store: what was there before must be known to the store, and
what the store knows must be there after. So nothing that is written meanwhile looks wrong.
"""

import shlex
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from registry_tasks.entities.errors import CommitNotFound
from registry_tasks.entities.finding import FindingKind
from registry_tasks.entities.git_tag import GitTag
from registry_tasks.registry.care.doctor.ailment import BY_SYNC, Ailment, Remedy, ail
from registry_tasks.registry.ledger import mirror
from registry_tasks.registry.ledger.log import check_store
from registry_tasks.registry.ledger.tags import model_of
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.git.mending import point_tag, remove_stale, stale_locks
from registry_tasks.stores.git.refs import Tag
from registry_tasks.stores.metadata.census import CountedRun

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
            yield ail(FindingKind.TAG_BLOCKED, "Git", what, mend=partial(_unblock, tag=tag))
        else:
            what = f"tag {tag.name} waits to be written"
            yield ail(FindingKind.TAG_WAITING, "Git", what, BY_SYNC, deliver)


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
            yield ail(FindingKind.TAG_MISSING, name, what, BY_SYNC, mend)
        else:
            what = f"its tag was moved: it leads to {found}, not to {tag.commit} as recorded"
            yield ail(FindingKind.TAG_MOVED, name, what, mend=mend)


def unknown_tags(expected: Expected, refs: Refs) -> Iterator[Ailment]:
    """Look for tags that read like ours and that no event tells of; GTO takes them for real."""
    for ref in refs:
        name = ref.removeprefix(_TAGS)
        if model_of(name) in expected.models and name not in expected.tags:
            what = "no event of the store tells of this tag"
            remedy = Remedy(f"git tag --delete {shlex.quote(name)}", "if nobody needs it")
            yield ail(FindingKind.TAG_UNKNOWN, name, what, remedy)


def locks(registry: Registry) -> Iterator[Ailment]:
    """Look for lock files that a killed Git left on our refs: they block whoever comes next."""
    for path in stale_locks(registry.repository.common_dir):
        what = "a Git that was killed left its lock file"
        yield ail(FindingKind.LOCK_STALE, str(path), what, mend=partial(_unlock, path=path))


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


def _point(registry: Registry, tag: GitTag) -> None:
    made = Tag(tag.name, tag.commit, tag.message, tag.author, tag.at)
    point_tag(registry.repository.common_dir, made)


def _unblock(registry: Registry, tag: GitTag) -> None:
    check_store(registry)  # a store that was put back older would take the tag from its version
    _point(registry, tag)
    mirror.sync(registry)


def _unlock(registry: Registry, path: Path) -> None:
    remove_stale(registry.repository.common_dir, path)
