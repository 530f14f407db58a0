"""An older store, held against the logs that are to bring it forward: they must tell all it has."""

from collections.abc import Iterator

import sqlalchemy as sa

from registry_tasks.entities.errors import LogDiffers, LogIncomplete
from registry_tasks.entities.log_entry import LogEntry
from registry_tasks.registry.ledger.clones import Log
from registry_tasks.stores.metadata import kept, log as facts, repositories
from registry_tasks.stores.metadata.store import Transaction


def know_repositories(tx: Transaction, logs: list[Log], since: int) -> None:
    """Learn what rows call the repositories at hand, of which none may be missing.

    Else what the missing one did in between would be left out, and its numbers given again.
    Raises LogIncomplete.
    """
    for log in logs:
        strangers = repositories.strangers(tx.connection, log.identity)
        ours = [name for name, commits in strangers.items() if log.has_any(commits)]
        repositories.learn(tx, ours, log.identity)
    here = {log.identity for log in logs}
    learned = repositories.identities(tx.connection)
    for name, project in kept.projects(tx.connection).items():
        if learned.get(name, name) not in here:
            raise LogIncomplete(since, f"what repository {project} ({name}) tells")


def entries_after(connection: sa.Connection, log: Log, since: int) -> Iterator[LogEntry]:
    """Prove that store and log tell the same up to an event, and give the entries after it.

    Raises: LogBroken, LogDiffers.
    """
    place = str(log.clone.root)
    names = repositories.names_of(connection, log.identity)
    known = facts.entries(connection, names, 0, 0)
    proven = False
    for entry in log.entries():
        if entry.sequence <= since:
            ours = next(known, None)
            if ours is None or not ours.tells_of(entry):
                reason = f"the store does not have {entry.subject} there"
                raise LogDiffers(place, entry.sequence, reason)
            continue
        if not proven and (more := next(known, None)) is not None:
            raise LogDiffers(place, more.sequence, f"it lacks {more.subject}, which the store has")
        proven = True
        yield entry
