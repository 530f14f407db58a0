"""Mirror the store's events into Git as GTO tags: queued with the change, written after it."""

import logging
from datetime import datetime

import sqlalchemy as sa

from registry_tasks.entities.errors import RegistryError
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.git_tag import GitTag
from registry_tasks.entities.model_version import ModelVersion
from registry_tasks.entities.promotion import Move
from registry_tasks.entities.stage import Stage, slot
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.metadata import models, outbox
from registry_tasks.stores.metadata.lookup import StoredVersion
from registry_tasks.stores.metadata.store import Transaction

_log = logging.getLogger(__name__)


def queue_registration(tx: Transaction, repository: str, version: ModelVersion) -> None:
    """Queue ``name@v1.2.0`` on the version's commit; one without a commit has no tag."""
    _queue(tx, repository, version, _registration_tags(version))


def queue_move(
    tx: Transaction, repository: str, version: ModelVersion, move: Move, sequence: int
) -> None:
    """Queue the tags of a move: ``name#stage!#n`` leaves a stage, ``name#stage#n`` enters one.

    ``n`` is the sequence number of the move's event and makes the name unique. GTO orders tags by
    the tagger's time, in whole seconds: so each tag of a model is later than the one before.
    Nobody is tagged as in experiment: it is where all begin.
    """
    _queue(tx, repository, version, _move_tags(version, move, sequence))


def expected(
    connection: sa.Connection, versions: tuple[StoredVersion, ...], repository: str
) -> tuple[GitTag, ...]:
    """Work out from the events every tag that a repository has or is still to get, as queued.

    ``versions`` are all versions: a model's times go on from one repository to another.
    """
    known = {stored.id: stored.version for stored in versions}
    last: dict[int, datetime] = {}
    tags = []
    for event in outbox.told(connection):
        version = known[event.version_id]
        if event.kind == EventKind.VERSION_REGISTERED:
            named = _registration_tags(version)
        else:
            move = Move(
                ref=version.ref,
                environment=event.after["environment"],
                source=event.before["stage"],
                target=event.after["stage"],
            )
            named = _move_tags(version, move, event.sequence)
        for name, message in named.items():
            at = last[event.model_id] = models.tag_time(event.at, last.get(event.model_id))
            if event.repository == repository:
                tags.append(_tag(version, name, message, event.actor, at))
    return tuple(tags)


def sync(registry: Registry) -> int:
    """Write what is queued for this checkout's repository; returns how many tags were written.

    Safe to run at any time and from several processes: a tag that is there already is fine, and
    an item leaves the queue only after its tag is in Git. One that cannot be written does not
    hold up those behind it: it stays, and its error is raised at the end.
    """
    repository = registry.find_repository()
    if repository is None:
        return 0
    with registry.metadata.reading() as connection:
        waiting = outbox.pending(connection, repository_name(registry))
    written, errors = [], []
    for sequence, tag in waiting:
        try:
            repository.create_tag(tag.name, tag.commit, tag.message, tag.author, tag.at)
        except RegistryError as error:
            errors.append(error)
        else:
            written.append(sequence)
    if written:
        with registry.metadata.writing(registry.actor) as tx:
            outbox.done(tx, tuple(written))
            tx.commit()
    if errors:
        raise errors[0]
    return len(written)


def deliver(registry: Registry) -> None:
    """Write what is queued at the end of a verb, as far as it goes.

    The verb's change is made by then, so nothing here may make it look as if it had failed: what
    cannot be written now stays queued, where the doctor sees it.
    """
    try:
        sync(registry)
    except RegistryError as error:
        _log.warning("done, but not all of it is in Git yet: %s", error)


def repository_name(registry: Registry) -> str:
    """Name the repository a version comes from: its root folder, empty without a checkout."""
    repository = registry.find_repository()
    return "" if repository is None else str(repository.root)


def _registration_tags(version: ModelVersion) -> dict[str, str]:
    """Return name -> message."""
    name = f"{version.model}@{version.semantic_version}"
    return {name: f"Register {version.ref} as {name}"}


def _move_tags(version: ModelVersion, move: Move, sequence: int) -> dict[str, str]:
    """Return name -> message, leaving first."""
    tags = {}
    if move.source != Stage.EXPERIMENT:
        left = slot(move.source, move.environment)
        tags[f"{version.model}#{left}!#{sequence}"] = f"{version.ref} leaves {left}"
    if move.target != Stage.EXPERIMENT:
        entered = slot(move.target, move.environment)
        tags[f"{version.model}#{entered}#{sequence}"] = f"{version.ref} enters {entered}"
    return tags


def _queue(tx: Transaction, repository: str, version: ModelVersion, named: dict[str, str]) -> None:
    model_id = models.find_model(tx.connection, version.model)
    if version.commit is None or model_id is None:
        return
    for name, message in named.items():
        at = models.next_tag_time(tx, model_id)
        outbox.put(tx, repository, _tag(version, name, message, tx.actor, at))


def _tag(version: ModelVersion, name: str, message: str, author: str, at: datetime) -> GitTag:
    return GitTag(name=name, commit=version.commit or "", message=message, author=author, at=at)
