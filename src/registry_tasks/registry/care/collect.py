"""Collect: take bytes that nobody needs out of the remote, and nothing else.

Nobody needs an object that no run, state of a dataset or hold of this store names, no commit of a
branch or tag of any of its repositories, and no other store that writes into the remote. It goes if
it was neither written nor wanted during the time of grace, and its versions let go of it before that.
What plain DVC put there and nobody of us ever named stays.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple
from uuid import uuid4

import sqlalchemy as sa
from pydantic import JsonValue, TypeAdapter

from registry_tasks.entities.collection import Collection, Unneeded, Why
from registry_tasks.entities.errors import (
    CollectionRefused,
    InvalidSetting,
    ObjectCorrupt,
    ObjectMissing,
)
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.permission import Permission
from registry_tasks.registry.carry_out import transact
from registry_tasks.registry.ledger.log import check_store
from registry_tasks.registry.ledger.tags import expected
from registry_tasks.registry.permit import check_now, check_permitted
from registry_tasks.registry.registry import Registry
from registry_tasks.registry.stakes import forget, others_need, publish
from registry_tasks.stores.artifacts.listing import StoredObject
from registry_tasks.stores.dvc.cache import read_listing
from registry_tasks.stores.git.named_objects import objects_named_in
from registry_tasks.stores.git.repository import GitRepository
from registry_tasks.stores.metadata import dropped_bytes, events, repositories
from registry_tasks.stores.metadata.moving import check_in_use
from registry_tasks.stores.metadata.naming import named_objects, repository_names, states
from registry_tasks.stores.metadata.store import Transaction

LEAST_DAYS: Final = 1
USUAL_DAYS: Final = 7
_LONGEST_RUN: Final = timedelta(days=1)
"""A run puts its objects before it is recorded; none takes a day from the one to the other."""
_BATCH: Final = 2000
JOURNALS: Final = "collecting"
JOURNAL: Final = TypeAdapter(tuple[datetime, tuple[str, ...]])
_AT_ONCE: Final = 8


class Reach(NamedTuple):
    """What is looked at: checkouts of the store's repositories beside the one at hand, and when."""

    checkouts: tuple[Path, ...]
    before: datetime  # only what is older may go


class Survey(NamedTuple):
    """What is needed, and what is known to be needed no more."""

    named: frozenset[str]  # by any row, kept or let go of
    let_go: frozenset[str]
    in_git: frozenset[str]

    @property
    def needed(self) -> frozenset[str]:
        return (self.named - self.let_go) | self.in_git


def reach(checkouts: Sequence[Path], days: int, now: datetime | None = None) -> Reach:
    """Return what is reached with so many days of grace. Raises InvalidSetting."""
    if days < LEAST_DAYS:
        reason = f"a run may take a day from its bytes to its record: {LEAST_DAYS} or more"
        raise InvalidSetting("--days", str(days), reason)
    return Reach(tuple(checkouts), (now or datetime.now(UTC)) - timedelta(days=days))


def plan_collection(registry: Registry, at: Reach) -> Collection:
    """Return what would be taken now; nothing is changed. Raises as ``collect``."""
    _check(registry)
    survey = _survey(registry, at)
    unneeded = tuple(_unneeded(registry, at, survey))
    return _told(registry, at, unneeded, 0)


def collect(registry: Registry, at: Reach) -> Collection:
    """Take what nobody needs, and say in the remote what this store does need.

    Safe beside runs that write, also of what is taken: they write it anew, or it stays. Whoever is
    killed has done a part, and the next one does the rest. Raises: NotPermitted, CollectionRefused,
    RemoteCannot for a bucket without versioning, StoreBehindLog, RemoteMissing.
    """
    _check(registry)
    _settle(registry)
    survey = _survey(registry, at)
    publish(registry, survey.needed, datetime.now(UTC))
    candidates = _unneeded(registry, at, survey)
    unneeded: list[Unneeded] = []
    taken = 0
    while batch := list(islice(candidates, _BATCH)):
        unneeded += batch
        taken += _take(registry, at, batch)
    return _told(registry, at, tuple(unneeded), taken)


def forget_store(registry: Registry, store: str) -> None:
    """Heed another store no more: it is gone for good. Raises NotPermitted, CollectionRefused."""
    check_permitted(registry, Permission.CARE)
    forget(registry, store)


def _check(registry: Registry) -> None:
    with registry.metadata.reading() as connection:
        check_now(registry, connection, Permission.CARE)
        check_in_use(connection, registry.metadata.url)
    check_store(registry)
    registry.objects.collecting.check()


def _survey(registry: Registry, at: Reach) -> Survey:
    found = [GitRepository.open(path) for path in at.checkouts]
    if (here := registry.find_repository()) is not None:
        found.append(here)
    with registry.metadata.reading() as connection:
        checkouts = {c.identity: c for c in found if c.identity is not None}
        our_tags = _our_tags(registry, connection, checkouts)
        named = named_objects(connection)
        let_go = dropped_bytes.let_go(connection, at.before) - states(connection)
    in_git = frozenset().union(*(objects_named_in(c, our_tags) for c in found))
    return Survey(named, let_go, in_git | _listed(registry, in_git - named))


def _our_tags(
    registry: Registry, connection: sa.Connection, checkouts: dict[str, GitRepository]
) -> frozenset[str]:
    """Return the tags that the store wrote. Raises CollectionRefused if a checkout is missing."""
    known = {n: identity for i in checkouts for n, identity in _names(connection, i)}
    away = sorted(repository_names(connection) - known.keys())
    if away:
        why = f"runs came from repository {away[0]}, whose commits may name any of the objects"
        way = "name a checkout of each of the store's repositories: `registry collect REPO ...`"
        raise CollectionRefused(registry.objects.place, why, way)
    return frozenset(tag.name for tag in expected(connection, tuple(known)))


def _names(connection: sa.Connection, identity: str) -> Iterator[tuple[str, str]]:
    for name in repositories.names_of(connection, identity):
        yield name, identity


def _listed(registry: Registry, in_git: frozenset[str]) -> frozenset[str]:
    """Return what folders hold that only Git names. Raises CollectionRefused for unreadable ones."""
    found: set[str] = set()
    for md5 in sorted(name for name in in_git if name.endswith(".dir")):
        try:
            content = registry.objects.collecting.read(md5)
        except ObjectMissing:  # it was never pushed here
            continue
        try:
            found |= {file for _, file in read_listing(md5, content, registry.objects.place)}
        except ObjectCorrupt as error:
            way = "see to it by `registry doctor`, or push it anew by `dvc push`"
            raise CollectionRefused(registry.objects.place, str(error), way) from error
    return frozenset(found)


def _unneeded(registry: Registry, at: Reach, survey: Survey) -> Iterator[Unneeded]:
    theirs = others_need(registry, at.before + _LONGEST_RUN)
    notes = registry.objects.collecting
    for each in registry.objects.list_objects():
        if each.at >= at.before or each.md5 in theirs or each.md5 in survey.in_git:
            continue
        if each.md5 in survey.let_go:
            yield _of(each, Why.LET_GO)
        elif each.md5 not in survey.named and notes.is_ours(each.md5):
            yield _of(each, Why.LEFT)


def _of(each: StoredObject, why: Why) -> Unneeded:
    return Unneeded(md5=each.md5, size_bytes=each.size_bytes, at=each.at, why=why)


def _take(registry: Registry, at: Reach, batch: Sequence[Unneeded]) -> int:
    """Take those that nobody has come to need since; returns how many went."""
    survey = _survey(registry, at)
    wanted = others_need(registry, at.before + _LONGEST_RUN) | survey.needed
    going = [each for each in batch if each.md5 not in wanted]
    if not going:
        return 0
    notes = registry.objects.collecting
    journal = f"{JOURNALS}/{uuid4()}.json"
    objects = tuple(each.md5 for each in going)
    notes.write_note(journal, JOURNAL.dump_json((at.before, objects)))
    _append(registry, at, going)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        taken = sum(pool.map(lambda md5: notes.remove_old(md5, at.before), objects))
    notes.remove_note(journal)
    return taken


def _append(registry: Registry, at: Reach, going: Sequence[Unneeded]) -> None:
    """Tell what is about to be taken: afterwards nobody may be there to tell it."""
    after: JsonValue = {
        "objects": len(going),
        "size_bytes": sum(each.size_bytes for each in going),
        "before": at.before.isoformat(),
    }

    def act(tx: Transaction) -> None:
        check_now(registry, tx.connection, Permission.CARE)
        events.append(tx, EventKind.OBJECTS_COLLECTED, after=after)

    transact(registry, act)


def _settle(registry: Registry) -> None:
    """Undo what collectors that died had half done: a writer may have come in between."""
    notes = registry.objects.collecting
    notes.bring_back((), datetime.now(UTC))
    for name in notes.list_notes(JOURNALS):
        content = notes.find_note(name)
        if content is not None:
            before, objects = JOURNAL.validate_json(content)
            notes.bring_back(objects, before)
            notes.remove_note(name)


def _told(registry: Registry, at: Reach, unneeded: tuple[Unneeded, ...], taken: int) -> Collection:
    return Collection(
        place=registry.objects.place,
        before=at.before,
        unneeded=unneeded,
        size_bytes=sum(each.size_bytes for each in unneeded),
        taken=taken,
    )
