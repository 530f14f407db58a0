"""Archive and restore: out of sight and back; bytes and record stay as they are."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

import sqlalchemy as sa

from registry_tasks.entities.deployment import Deployment
from registry_tasks.entities.errors import InUse, NotArchived
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.promotion import (
    Archive,
    ArchiveByPolicy,
    Move,
    Restore,
    Transition,
)
from registry_tasks.entities.reference import Reference
from registry_tasks.entities.removal import LegalHold
from registry_tasks.entities.stage import DEFAULT_ENVIRONMENT, Stage
from registry_tasks.registry.carry_out import carry_out, recall
from registry_tasks.registry.lifecycle.moves import move
from registry_tasks.registry.policies import policy_over
from registry_tasks.registry.registry import Registry
from registry_tasks.rules.retention import Standing, to_archive, why_in_use
from registry_tasks.rules.stages import stage_of
from registry_tasks.stores.metadata import deployments, holds, stages
from registry_tasks.stores.metadata.lookup import (
    NOT_DELETED,
    StoredVersion,
    get_version,
    read_versions,
)
from registry_tasks.stores.metadata.models import get_model
from registry_tasks.stores.metadata.query import through
from registry_tasks.stores.metadata.store import Transaction

_NOT_ARCHIVED: Final = """
NOT EXISTS (
    SELECT 1 FROM stage_assignment a
    WHERE a.version_id = v.id AND a.environment = ? AND a.stage = ?)
"""


def archive(registry: Registry, request: Archive) -> Transition:
    """Archive one version; one that is archived already stays so.

    Raises: InUse while it is in a held stage or an alias points to it.
    """
    reference = Reference.parse(request.ref)

    def act(tx: Transaction) -> Transition:
        stored = get_version(through(tx.connection), reference)
        moves = []
        if stage_of(stored.version, DEFAULT_ENVIRONMENT) != Stage.ARCHIVED:
            if why := why_in_use(standing(tx.connection, stored)):
                raise InUse(stored.version.ref, why)
            moves.append(_archive(tx, stored, request.reason))
        return Transition(moves=tuple(moves), aliases={})

    return carry_out(registry, request, act, Transition)


def restore(registry: Registry, request: Restore) -> Transition:
    """Bring an archived version back to experiment. Raises NotArchived for any other."""
    reference = Reference.parse(request.ref)

    def act(tx: Transaction) -> Transition:
        stored = get_version(through(tx.connection), reference)
        source = stage_of(stored.version, DEFAULT_ENVIRONMENT)
        if source != Stage.ARCHIVED:
            raise NotArchived(stored.version.ref, source)
        kind = EventKind.VERSION_RESTORED
        moved = move(tx, stored, Stage.EXPERIMENT, kind, reason=request.reason)
        return Transition(moves=(moved,), aliases={})

    return carry_out(registry, request, act, Transition)


def plan_archive(registry: Registry, model: str) -> dict[str, str]:
    """Return what policy would archive now: reference -> reason."""
    retention = policy_over(registry, model).policy.retention
    with registry.metadata.reading() as connection:
        found = _standings(connection, _candidates(connection, model))
    chosen = to_archive(found, retention, datetime.now(UTC))
    return {f"{model}@{number}": reason for number, reason in chosen.items()}


def archive_by_policy(registry: Registry, request: ArchiveByPolicy) -> Transition:
    """Archive what policy says, all in one transaction."""
    model = request.model
    if told := recall(registry, request, Transition):
        return told
    retention = policy_over(registry, model).policy.retention

    def act(tx: Transaction) -> Transition:
        found = _candidates(tx.connection, model)
        chosen = to_archive(_standings(tx.connection, found), retention, tx.at)
        moves = tuple(
            _archive(tx, stored, chosen[stored.version.number])
            for stored in found
            if stored.version.number in chosen
        )
        return Transition(moves=moves, aliases={})

    return carry_out(registry, request, act, Transition)


def _candidates(connection: sa.Connection, model: str) -> tuple[StoredVersion, ...]:
    get_model(connection, model)  # or there is none
    query = through(connection)
    where = f"WHERE m.name = ? AND {NOT_DELETED} AND {_NOT_ARCHIVED} ORDER BY v.number"
    values = (model, DEFAULT_ENVIRONMENT, Stage.ARCHIVED.value)
    return read_versions(query, where, values)


def standing(connection: sa.Connection, stored: StoredVersion) -> Standing:
    """See a version as retention does."""
    used = deployments.list_open_of(connection, stored.id)
    return _standing(stored, None, used, holds.find(connection, stored.id))


def _standing(
    stored: StoredVersion,
    left_production: int | None,
    used: Sequence[Deployment],
    hold: LegalHold | None,
) -> Standing:
    return Standing(
        number=stored.version.number,
        stages=stored.version.stages,
        aliases=stored.version.aliases,
        left_production=left_production,
        created_at=stored.version.created_at,
        used=deployments.places(used),
        held=None if hold is None else hold.reason,
    )


def _standings(
    connection: sa.Connection, versions: tuple[StoredVersion, ...]
) -> tuple[Standing, ...]:
    if not versions:
        return ()
    model_id = versions[0].model_id
    left = stages.former_holders(connection, model_id, DEFAULT_ENVIRONMENT, Stage.PRODUCTION)
    place = {version_id: position for position, version_id in enumerate(left)}
    used: dict[str, list[Deployment]] = {}
    for each in deployments.list_open(connection, model_id):
        used.setdefault(each.version, []).append(each)
    held = holds.of_model(connection, model_id)
    return tuple(
        _standing(stored, place.get(stored.id), used.get(ref, ()), held.get(stored.id))
        for stored in versions
        for ref in (stored.version.ref,)
    )


def _archive(tx: Transaction, stored: StoredVersion, reason: str) -> Move:
    return move(tx, stored, Stage.ARCHIVED, EventKind.VERSION_ARCHIVED, reason=reason)
