"""Drop bytes: let go of what an archived version can be made of again; collecting takes it later."""

import logging
from datetime import UTC, datetime

import sqlalchemy as sa

from registry_tasks.entities.dropped_bytes import (
    DropBytes,
    DropBytesByPolicy,
    DroppedBytes,
    Dropping,
    Droppings,
)
from registry_tasks.entities.errors import Corrupt, NotDroppable
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.manifest import Home, Manifest
from registry_tasks.entities.policy import Retention
from registry_tasks.entities.reference import Reference
from registry_tasks.entities.stage import DEFAULT_ENVIRONMENT, Stage
from registry_tasks.registry.carry_out import carry_out, recall
from registry_tasks.registry.lifecycle.archive import standing
from registry_tasks.registry.policies import policy_over
from registry_tasks.registry.registry import Registry
from registry_tasks.rules.dropping import Making, check_droppable, is_due, why_kept
from registry_tasks.stores.artifacts import sources
from registry_tasks.stores.metadata import dropped_bytes, events, evidence, runs
from registry_tasks.stores.metadata.lookup import (
    NOT_DELETED,
    StoredVersion,
    get_by_id,
    get_version,
    read_versions,
)
from registry_tasks.stores.metadata.models import get_model
from registry_tasks.stores.metadata.query import through
from registry_tasks.stores.metadata.store import Transaction

_log = logging.getLogger(__name__)
_ARCHIVED = f"""
WHERE m.name = ? AND {NOT_DELETED}
    AND NOT EXISTS (SELECT 1 FROM dropped_bytes b WHERE b.version_id = v.id)
    AND EXISTS (SELECT 1 FROM stage_assignment a
        WHERE a.version_id = v.id AND a.environment = ? AND a.stage = ?)
ORDER BY v.number
"""


def drop_bytes(registry: Registry, request: DropBytes) -> Dropping:
    """Let go of an archived version's bytes; one without any keeps the reason it was given.

    What it was made from must be there, read and hashed just now, and stays. Manifest, recipe and
    digests stay too. Raises: VersionNotFound, NotDroppable, NotAProject, CommitNotFound.
    """
    if told := recall(registry, request, Dropping):
        return told
    reference = Reference.parse(request.ref)
    with registry.metadata.reading() as connection:
        found = get_version(through(connection), reference)
        is_new = dropped_bytes.find(connection, found.id) is None
        if is_new:
            _check(connection, found)
    if is_new:
        _check_inputs(registry, found)

    def act(tx: Transaction) -> Dropping:
        stored = get_version(through(tx.connection), reference)
        if there := dropped_bytes.find(tx.connection, stored.id):
            return Dropping(version=stored.version, dropped=there, objects=0, size_bytes=0)
        _check(tx.connection, stored)
        return _drop(tx, stored, request.reason)

    return carry_out(registry, request, act, Dropping)


def plan_drop_bytes(registry: Registry, model: str) -> dict[str, str]:
    """Return whose bytes policy would let go now: reference -> reason."""
    retention = policy_over(registry, model).policy.retention
    with registry.metadata.reading() as connection:
        due = _due(connection, model, retention, datetime.now(UTC))
    return {stored.version.ref: _why(retention) for stored in due}


def drop_bytes_by_policy(registry: Registry, request: DropBytesByPolicy) -> Droppings:
    """Let go of what policy does not keep, all in one transaction.

    A version is left alone if what it was made from is not all there; the log says so.
    Raises: ModelNotFound, NotAProject.
    """
    if told := recall(registry, request, Droppings):
        return told
    retention = policy_over(registry, request.model).policy.retention
    with registry.metadata.reading() as connection:
        due = _due(connection, request.model, retention, datetime.now(UTC))
    remakable = {stored.id for stored in due if _has_inputs(registry, stored)}

    def act(tx: Transaction) -> Droppings:
        still = _due(tx.connection, request.model, retention, tx.at)
        return Droppings(
            dropped=tuple(_drop(tx, s, _why(retention)) for s in still if s.id in remakable)
        )

    return carry_out(registry, request, act, Droppings)


def _why(retention: Retention) -> str:
    return f"archived; policy keeps the bytes for {retention.drop_bytes_after_days} days"


def _due(
    connection: sa.Connection, model: str, retention: Retention, now: datetime
) -> tuple[StoredVersion, ...]:
    get_model(connection, model)  # or there is none
    values = (model, DEFAULT_ENVIRONMENT, Stage.ARCHIVED.value)
    found = []
    for stored in read_versions(through(connection), _ARCHIVED, values):
        making = _making(connection, stored)
        if is_due(making, retention, now):
            kept = why_kept(stored.version.ref, standing(connection, stored), making)
            found += [] if kept else [stored]
    return tuple(found)


def _check(connection: sa.Connection, stored: StoredVersion) -> None:
    seen, making = standing(connection, stored), _making(connection, stored)
    check_droppable(stored.version.ref, seen, making)


def _making(connection: sa.Connection, stored: StoredVersion) -> Making:
    version = stored.version
    model_file = _manifest(connection, stored).find(version.model_path)
    rebuilds = evidence.list_reproductions(connection, stored.id)
    return Making(
        commit=version.commit,
        home=Home.REMOTE if model_file is None else model_file.home,
        verdict=rebuilds[0].verdict if rebuilds else None,
        shared_with=dropped_bytes.needed_by_others(connection, stored.id, version.md5),
        archived_at=dropped_bytes.archived_at(connection, stored.id),
    )


def _manifest(connection: sa.Connection, stored: StoredVersion) -> Manifest:
    return runs.read_manifest(connection, runs.get_row(connection, stored.version.run).id)


def _has_inputs(registry: Registry, stored: StoredVersion) -> bool:
    try:
        _check_inputs(registry, stored)
    except NotDroppable as error:
        _log.warning("%s", error)
        return False
    return True


def _check_inputs(registry: Registry, stored: StoredVersion) -> None:
    """Look for the commit, and read all data that a rebuild would fetch."""
    version = stored.version
    registry.repository.commit(version.commit or "")
    with registry.metadata.reading() as connection:
        files = _manifest(connection, stored).files
    try:
        for artifact in files:
            if artifact.stage is None and artifact.home is not Home.GIT:
                sources.verify(artifact, registry.objects, registry.settings)
    except Corrupt as error:
        raise NotDroppable(version.ref, f"it could not be made again: {error}") from error


def _drop(tx: Transaction, stored: StoredVersion, reason: str) -> Dropping:
    before = dropped_bytes.let_go(tx.connection)
    made: DroppedBytes = dropped_bytes.put(tx, stored.id, reason)
    going = dropped_bytes.let_go(tx.connection) - before
    sizes = {a.md5: a.size_bytes for a in _manifest(tx.connection, stored).stored}
    freed = {md5: size for md5, size in sizes.items() if md5 in going}
    counted = {"objects": len(freed), "size_bytes": sum(freed.values())}
    events.append(
        tx,
        EventKind.VERSION_BYTES_DROPPED,
        model=stored.model_id,
        version=stored.id,
        reason=reason,
        before={"dropped": False},
        after={"dropped": True, **counted},
    )
    version = get_by_id(through(tx.connection), stored.id).version
    return Dropping(version=version, dropped=made, **counted)
