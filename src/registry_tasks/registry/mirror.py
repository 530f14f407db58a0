"""Mirror the store's events into Git as GTO tags: queued with the change, written after it."""

import logging

from registry_tasks.entities.errors import RegistryError
from registry_tasks.entities.git_tag import GitTag
from registry_tasks.entities.model_version import ModelVersion
from registry_tasks.entities.promotion import Move
from registry_tasks.entities.stage import Stage, slot
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.metadata import outbox
from registry_tasks.stores.metadata.store import Transaction

_log = logging.getLogger(__name__)


def queue_registration(tx: Transaction, repository: str, version: ModelVersion) -> None:
    """Queue ``name@v1.2.0`` on the version's commit; one without a commit has no tag."""
    name = f"{version.model}@{version.semantic_version}"
    _queue(tx, repository, version, name, f"Register {version.ref} as {name}")


def queue_move(
    tx: Transaction, repository: str, version: ModelVersion, move: Move, sequence: int
) -> None:
    """Queue the tags of a move: ``name#stage!#n`` leaves a stage, ``name#stage#n`` enters one.

    ``n`` is the sequence number of the move's event, so GTO sees a model's moves in order.
    Nobody is tagged as in experiment: it is where all begin.
    """
    if move.source != Stage.EXPERIMENT:
        left = slot(move.source, move.environment)
        name = f"{version.model}#{left}!#{sequence}"
        _queue(tx, repository, version, name, f"{version.ref} leaves {left}")
    if move.target != Stage.EXPERIMENT:
        entered = slot(move.target, move.environment)
        name = f"{version.model}#{entered}#{sequence}"
        _queue(tx, repository, version, name, f"{version.ref} enters {entered}")


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


def _queue(
    tx: Transaction, repository: str, version: ModelVersion, name: str, message: str
) -> None:
    if version.commit is not None:
        tag = GitTag(name=name, commit=version.commit, message=message, author=tx.actor, at=tx.at)
        outbox.put(tx, repository, tag)
