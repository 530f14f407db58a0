"""Mirror the store into Git: GTO tags, queued with the change, and the log, written after it."""

import logging
from collections.abc import Mapping
from typing import NamedTuple

from registry_tasks.entities.errors import RegistryError
from registry_tasks.entities.git_tag import GitTag
from registry_tasks.entities.log_entry import LOG_REF
from registry_tasks.entities.model_version import ModelVersion
from registry_tasks.entities.promotion import Move
from registry_tasks.entities.run import RUN_REFS
from registry_tasks.registry.ledger import log
from registry_tasks.registry.ledger.identity import names_here, repository_name
from registry_tasks.registry.ledger.share import Share
from registry_tasks.registry.ledger.tags import (
    deletion_tags,
    expected,
    move_tags,
    registration_tags,
)
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.git import delivery
from registry_tasks.stores.git.delivery import Seen
from registry_tasks.stores.git.durable import settle
from registry_tasks.stores.git.lock import locked
from registry_tasks.stores.git.refs import Tag, write_tag
from registry_tasks.stores.git.repository import GitRepository
from registry_tasks.stores.metadata import models, outbox, runs
from registry_tasks.stores.metadata.store import Transaction

_log = logging.getLogger(__name__)


def queue_registration(tx: Transaction, repository: str, version: ModelVersion) -> None:
    """Queue ``name@v1.2.0`` on the version's commit; one without a commit has no tag."""
    _queue(tx, repository, version, registration_tags(version.ref, version.semantic_version))


def queue_move(
    tx: Transaction, repository: str, version: ModelVersion, move: Move, sequence: int
) -> None:
    """Queue the tags of a move, whose event has this sequence number.

    GTO orders tags by the tagger's time, in whole seconds: so each tag of a model is later than
    the one before.
    """
    _queue(tx, repository, version, move_tags(move, sequence))


def queue_deletion(tx: Transaction, repository: str, version: ModelVersion) -> None:
    """Queue the tag that tells GTO that a version is not registered any more."""
    _queue(tx, repository, version, deletion_tags(version.ref, version.semantic_version))


def sync(registry: Registry) -> int:
    """Bring this checkout's Git to what the store says; returns how many tags were written.

    Beyond what ``deliver`` does it claims rows that only name an old place of this repository,
    and makes again every tag and every run's ref that was lost and whose commit is there. Safe to
    run at any time and from several processes. What cannot be written does not hold up the rest:
    it stays, and its error is raised at the end.
    """
    repository = registry.find_repository()
    if repository is None or not repository_name(registry):
        return 0
    log.claim(registry, repository)
    errors: list[RegistryError] = []
    written = 0
    try:
        log.begin_again_if_short(registry, repository)
    except RegistryError as error:
        errors.append(error)
    try:
        written = _tell(registry, repository)
    except RegistryError as error:
        errors.append(error)
    written += restore(registry, repository)
    if errors:
        raise errors[0]
    return written


def deliver(registry: Registry) -> None:
    """Write what a verb left to be told, as far as it goes.

    The verb's change is made by then, so nothing here may make it look as if it had failed: what
    cannot be written now stays queued, where the doctor sees it.
    """
    try:
        repository = registry.find_repository()
        if repository is not None and repository_name(registry):
            _tell(registry, repository)
    except (RegistryError, OSError) as error:
        _log.warning("done, but not all of it is in Git yet: %s", error)


class _Batch(NamedTuple):
    """What is queued, by what has to be done with it; each with its place in the queue."""

    done: dict[int, Tag]  # in Git already
    new: dict[int, Tag]
    odd: dict[int, Tag]  # what one cannot be sure of: written one by one


def _tell(registry: Registry, repository: GitRepository) -> int:
    """Append to the log and write queued tags; an item leaves the queue after its tag is there."""
    errors: list[RegistryError] = []
    with locked(repository.common_dir) as lock:
        shared = Share(registry, repository)
        errors += shared.receive(lock)
        with registry.metadata.reading() as connection:
            names = names_here(registry, connection)
            waiting = {place: _written(tag) for place, tag in outbox.pending(connection, names)}
            tags = tuple(waiting.values())
            seen = delivery.look(repository.common_dir, (LOG_REF,), tags)
            batch = _sort(waiting, seen)
            head = seen.heads.get(LOG_REF)
            try:
                log.append(repository, lock, connection, names, batch.new.values(), head)
            except RegistryError as error:
                errors.append(error)
                batch.odd.update(batch.new)
                batch.new.clear()
        done = [*batch.done, *batch.new]
        for place, tag in batch.odd.items():
            try:
                write_tag(repository.common_dir, tag, lock)
            except RegistryError as error:
                errors.append(error)
            else:
                done.append(place)
        errors += shared.send(lock, {waiting[place].name for place in done})
    if done:  # which nobody may hear before the tags can outlive a loss of power
        told = [f"refs/tags/{waiting[place].name}" for place in done]
        settle(repository.common_dir, (LOG_REF, *told))
        with registry.metadata.writing(registry.actor) as tx:
            outbox.done(tx, tuple(done))
            tx.commit()
    if errors:
        raise errors[0]
    return len(done)


def _sort(waiting: Mapping[int, Tag], seen: Seen) -> _Batch:
    """A tag whose commit is not here is left out: it waits for a clone that has it."""
    batch = _Batch({}, {}, {})
    for place, tag in waiting.items():
        if tag.commit not in seen.commits:
            continue
        if seen.tags.get(tag.name) == tag.commit:
            batch.done[place] = tag
        elif tag.name in seen.tags or not delivery.is_plain(tag):
            batch.odd[place] = tag
        else:
            batch.new[place] = tag
    return batch


def restore(registry: Registry, repository: GitRepository) -> int:
    """Make every tag and run's ref that the store knows and this Git has lost.

    Returns how many tags were made.
    """
    with registry.metadata.reading() as connection:
        names = names_here(registry, connection)
        queued = {tag.name for _, tag in outbox.pending(connection, names)}
        wanted = [_written(t) for t in expected(connection, names) if t.name not in queued]
        kept = runs.list_commits(connection, names)
    have = repository.refs("refs/")
    lost = [tag for tag in wanted if f"refs/tags/{tag.name}" not in have]
    refs = {f"{RUN_REFS}/{run}": commit for run, commit in kept}
    gone = {ref: commit for ref, commit in refs.items() if ref not in have}
    commits = delivery.look(repository.common_dir, (), (), [*gone.values()]).commits
    with locked(repository.common_dir) as lock:
        here = delivery.look(repository.common_dir, (), lost)
        new = [tag for tag in lost if tag.commit in here.commits and tag.name not in here.tags]
        delivery.write(repository.common_dir, lock, LOG_REF, True, (), new)
        made = {ref: commit for ref, commit in gone.items() if commit in commits}
        delivery.create_refs(repository.common_dir, lock, made)
        if new or made:
            shared = Share(registry, repository)
            for error in shared.receive(lock) or shared.send(lock, {tag.name for tag in new}):
                raise error
    return len(new)


def _queue(tx: Transaction, repository: str, version: ModelVersion, named: dict[str, str]) -> None:
    if version.commit is None:
        return
    model_id = models.find_model(tx.connection, version.model)
    if model_id is None:
        return
    for name, message in named.items():
        at = models.next_tag_time(tx, model_id)
        made = GitTag(name=name, commit=version.commit, message=message, author=tx.actor, at=at)
        outbox.put(tx, repository, made)


def _written(tag: GitTag) -> Tag:
    return Tag(tag.name, tag.commit, tag.message, tag.author, tag.at)
