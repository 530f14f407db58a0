"""The log in Git: one commit an event, each a function of the store and of the one before it."""

import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

import sqlalchemy as sa
from pydantic import ValidationError

from registry_tasks.entities.errors import (
    LogBroken,
    LogDiffers,
    LogNewer,
    StoreBehindLog,
    StoreMissing,
)
from registry_tasks.entities.log_entry import LOG_REF, LogEntry, with_series
from registry_tasks.registry.ledger.identity import names_here, repository_name
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.git import delivery
from registry_tasks.stores.git.chain import read_chain
from registry_tasks.stores.git.delivery import Head, Line
from registry_tasks.stores.git.lock import locked
from registry_tasks.stores.git.refs import Tag
from registry_tasks.stores.git.repository import GitRepository
from registry_tasks.stores.metadata import log as facts, repositories
from registry_tasks.stores.metadata.log_rows import find_unknown

_BEFORE_THE_FIRST = 0, 0
_KIND = re.compile(r"[a-z_]+\.[a-z_]+")


class LogState(NamedTuple):
    """How far the log in Git is behind the store, and where they first tell different stories."""

    tip: int  # sequence of the newest event in the log, 0 without one
    newest: int  # sequence of the newest event of this repository in the store
    missing: int  # how many events the log lacks
    difference: str | None


def log_state(registry: Registry) -> LogState:
    """Compare every entry of this repository's log with what the store says of the event."""
    repository = registry.repository
    place = str(repository.common_dir)
    tip, newest, missing, difference = 0, 0, 0, None
    chain = read_chain(repository.common_dir, LOG_REF)  # before the store, which is never behind it
    with registry.metadata.reading() as connection:
        names = names_here(registry, connection)
        told = facts.entries(connection, names, *_BEFORE_THE_FIRST)
        try:
            for head in chain:
                entry, known = read_entry(place, head), next(told, None)
                tip = entry.sequence
                newest = newest if known is None else known.sequence
                if known is None or _without_count(known) != _without_count(entry):
                    difference = f"event {tip} is not what the store says of it"
                    break
        except (LogBroken, LogNewer) as error:
            difference = str(error)
        for known in told:
            newest, missing = known.sequence, missing + 1
    return LogState(tip, newest, missing, difference)


def _without_count(entry: LogEntry) -> LogEntry:
    """Leave out what a store that was rebuilt from the log cannot know any more."""
    return entry.model_copy(update={"withheld": (), "rows": with_series(entry.rows)})


def read_entry(place: str, head: Head) -> LogEntry:
    """Read what a commit of a log says. Raises LogBroken, LogNewer."""
    try:
        entry = LogEntry.read(head.message)
    except ValidationError as error:
        if newer := _what_is_newer(error):
            raise LogNewer(place, head.commit, newer) from None
        what = "; ".join(str(found["msg"]) for found in error.errors()[:1])
    except ValueError as error:
        what = str(error)
    else:
        if newer := find_unknown(entry.rows):
            raise LogNewer(place, head.commit, newer)
        return entry
    raise LogBroken(place, head.commit, f"it is no entry of a log: {what}")


def _what_is_newer(error: ValidationError) -> str | None:
    """Say what of an entry that cannot be read a later release may well write; else None."""
    for found in error.errors():
        match found:
            case {"loc": ("format",), "input": int(number)} if number > 1:
                return f"an entry of format {number}"
            case {"loc": ("kind",), "input": str(kind)} if _KIND.fullmatch(kind):
                return f"event {kind!r}"
            case {"type": "extra_forbidden", "loc": (str(name),)}:
                return f"field {name!r}"
    return None


@lru_cache(maxsize=16)
def check_store(registry: Registry) -> None:
    """Refuse to write a store that does not know the newest event in this repository's log.

    It is an older copy, an empty one or another one: going on would give numbers away that were
    given before. Asked once a process. Raises: StoreBehindLog, LogBroken, LogNewer.
    """
    repository = registry.find_repository()
    if repository is None:
        return
    place = str(repository.common_dir)
    head = delivery.look(repository.common_dir, (LOG_REF,), ()).heads.get(LOG_REF)
    if head is None:
        return
    last = read_entry(place, head)
    try:
        with registry.metadata.reading() as connection:
            known = facts.is_of(connection, last)
    except StoreMissing:
        known = False
    if not known:
        raise StoreBehindLog(registry.metadata.url, place, last.sequence)


def is_told_by_store(connection: sa.Connection, names: Iterable[str], last: LogEntry) -> bool:
    """Whether a log that ends with this entry has as many as the store, and ends as it does."""
    many = facts.count(connection, tuple(names), last.sequence)
    return facts.is_of(connection, last) and many == last.number


def check_is_known(
    connection: sa.Connection, names: Collection[str], place: str, chain: Iterable[Head]
) -> None:
    """Refuse a log that has what the store does not have. Raises: LogBroken, LogDiffers."""
    told = facts.entries(connection, names, *_BEFORE_THE_FIRST)
    for old in (read_entry(place, found) for found in chain):
        if not any(entry.tells_of(old) for entry in told):
            raise LogDiffers(place, old.sequence, f"the store does not have {old.subject}")


def lines_after(
    connection: sa.Connection, place: str, names: Iterable[str], head: Head | None
) -> Iterator[Line]:
    """Give what the log still lacks, oldest first.

    Raises: LogBroken, LogDiffers if the newest entry is not what the store says, as after
    somebody has put back an older copy of the store.
    """
    sequence, number = _BEFORE_THE_FIRST
    if head is not None:
        last = read_entry(place, head)
        if not facts.is_of(connection, last):
            raise LogDiffers(place, last.sequence, f"the store does not know of {last.subject}")
        sequence, number = last.sequence, last.number
    for entry in facts.entries(connection, tuple(names), sequence, number):
        yield Line(entry.message(), entry.at)


def append(
    repository: GitRepository,
    lock: int,
    connection: sa.Connection,
    names: Iterable[str],
    tags: Iterable[Tag],
    head: Head | None,
) -> None:
    """Append what the log lacks and make new tags, in one go.

    Raises: LogBroken, LogDiffers, ProgramFailed; then nothing was written, or only the log.
    """
    lines = lines_after(connection, str(repository.common_dir), names, head)
    delivery.write(repository.common_dir, lock, LOG_REF, head is not None, lines, tags)


def claim(registry: Registry, repository: GitRepository) -> None:
    """Learn which rows of older releases, that name a folder, come from this repository."""
    with registry.metadata.reading() as connection:
        ours = unclaimed(registry, repository, connection)
    if ours:
        with registry.metadata.writing(registry.actor) as tx:
            repositories.learn(tx, ours, repository_name(registry))
            tx.commit()


def unclaimed(
    registry: Registry, repository: GitRepository, connection: sa.Connection
) -> tuple[str, ...]:
    """Return what rows of older releases call this repository and nobody has claimed yet.

    The proof is a commit of theirs that this Git holds.
    """
    names = repositories.strangers(connection, repository_name(registry))
    commits = sorted({commit for found in names.values() for commit in found})
    known = delivery.look(repository.common_dir, (), (), commits).commits if commits else ()
    return tuple(name for name, found in names.items() if any(c in known for c in found))


def begin_again_if_short(registry: Registry, repository: GitRepository) -> None:
    """Write the log anew if the store knows older events of this repository, learned since.

    All that the log has must be in the new one. Raises: LogBroken, LogDiffers.
    """
    place = str(repository.common_dir)
    with locked(repository.common_dir) as lock, registry.metadata.reading() as connection:
        names = names_here(registry, connection)
        head = delivery.look(repository.common_dir, (LOG_REF,), ()).heads.get(LOG_REF)
        if head is None:
            return
        last = read_entry(place, head)
        if facts.count(connection, names, last.sequence) == last.number:
            return
        check_is_known(connection, names, place, read_chain(repository.common_dir, LOG_REF))
        lines = lines_after(connection, place, names, None)
        delivery.write(repository.common_dir, lock, LOG_REF, False, lines, (), anew=True)
