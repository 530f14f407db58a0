"""Delete: a tombstone where a version was. Number, record and history stay, and so do its bytes."""

import sqlalchemy as sa

from registry_tasks.entities.event import EventKind
from registry_tasks.entities.lineage import Node, NodeKind
from registry_tasks.entities.reference import Reference
from registry_tasks.entities.removal import Delete, Deletion
from registry_tasks.registry.carry_out import carry_out
from registry_tasks.registry.ledger import mirror
from registry_tasks.registry.lifecycle.archive import standing
from registry_tasks.registry.registry import Registry
from registry_tasks.rules.removal import Ties, check_deletable
from registry_tasks.stores.metadata import events, evidence, holds, lineage, tombstones, versions
from registry_tasks.stores.metadata.lookup import StoredVersion, get_by_id, get_recorded
from registry_tasks.stores.metadata.query import through
from registry_tasks.stores.metadata.store import Transaction


def delete(registry: Registry, request: Delete) -> Deletion:
    """Delete a version; one that is deleted already keeps its tombstone.

    Its number, semantic version and content are never used again. Raises: ModelNotFound,
    VersionNotFound, NotDeletable while it is held, in use, or something in use depends on it.
    """
    reference = Reference.parse(request.ref)

    def act(tx: Transaction) -> Deletion:
        stored = get_recorded(through(tx.connection), reference)
        if there := tombstones.find(tx.connection, stored.id):
            return Deletion(version=stored.version, tombstone=there)
        seen = standing(tx.connection, stored)
        check_deletable(stored.version.ref, seen, _ties(tx.connection, stored))
        made = tombstones.put_up(tx, stored.id, request.reason)
        events.append(
            tx,
            EventKind.VERSION_DELETED,
            model=stored.model_id,
            version=stored.id,
            reason=request.reason,
            before={"stages": dict(stored.version.stages), "deleted": False},
            after={"stages": dict(stored.version.stages), "deleted": True},
        )
        repository = versions.read_row(tx.connection, stored.id).repository
        mirror.queue_deletion(tx, repository, stored.version)
        version = get_by_id(through(tx.connection), stored.id).version
        return Deletion(version=version, tombstone=made)

    return carry_out(registry, request, act, Deletion)


def _ties(connection: sa.Connection, stored: StoredVersion) -> Ties:
    held = holds.find(connection, stored.id)
    node = Node(kind=NodeKind.VERSION, id=stored.version.ref)
    return Ties(
        held=None if held is None else held.reason,
        made_from_it=(
            *(edge.target.id for edge in lineage.out_of(connection, node)),
            *versions.list_made_with(connection, stored.model_id, stored.version.md5),
        ),
        judged_against_it=evidence.list_judged_against(connection, stored.id),
    )
