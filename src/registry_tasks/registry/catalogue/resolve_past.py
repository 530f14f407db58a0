"""Resolve, also at a time: which version a reference named then, answered from the history."""

from collections.abc import Iterator
from datetime import datetime

import sqlalchemy as sa

from registry_tasks.entities.errors import VersionDeleted, VersionNotFound
from registry_tasks.entities.instant import to_instant
from registry_tasks.entities.model_version import ModelVersion
from registry_tasks.entities.reference import Reference, ReferenceKind
from registry_tasks.entities.stage import DEFAULT_ENVIRONMENT
from registry_tasks.registry.registry import Registry
from registry_tasks.rules.stages import is_single
from registry_tasks.stores.metadata import tombstones
from registry_tasks.stores.metadata.lookup import (
    StoredVersion,
    get_by_id,
    get_recorded,
    get_version,
)
from registry_tasks.stores.metadata.models import get_model
from registry_tasks.stores.metadata.past import Moment, last_event
from registry_tasks.stores.metadata.query import through


def resolve(registry: Registry, ref: str, at: datetime | None = None) -> ModelVersion:
    """Return the version that a reference names now, or named at a time, as it was then.

    Raises: MalformedReference, ModelNotFound, VersionNotFound, VersionDeleted.
    """
    if at is not None:
        return resolve_past(registry, ref, to_instant(at))
    with registry.metadata.reading() as connection:
        return get_version(through(connection), Reference.parse(ref)).version


def resolve_past(registry: Registry, ref: str, at: datetime) -> ModelVersion:
    """Return the version that a reference named, with its stages and aliases of then.

    ``at`` is aware; in the future it means now. Raises: MalformedReference, ModelNotFound,
    VersionNotFound if it named none then, VersionDeleted if what it named was deleted by then.
    """
    reference = Reference.parse(ref)
    with registry.metadata.reading() as connection:
        found = None
        for candidate in _candidates(connection, reference, at):
            if found is None or not candidate.version.deleted:
                found = candidate
            if not found.version.deleted:
                return found.version
        if found is not None:
            stone = tombstones.find(connection, found.id)
            assert stone is not None  # its event says so
            raise VersionDeleted(found.version.ref, stone.by, stone.reason)
    raise VersionNotFound(str(reference), f"it named no version at {at.isoformat()}")


def _candidates(
    connection: sa.Connection, reference: Reference, at: datetime
) -> Iterator[StoredVersion]:
    """Give what the reference named then, deleted or not; a digest can name several versions."""
    query = through(connection)
    match reference.kind:
        case ReferenceKind.LABEL | ReferenceKind.LATEST:
            named = _named(connection, reference, at)
            wanted = [] if named is None else [named]
        case ReferenceKind.DIGEST:
            same = "SELECT id FROM version WHERE sha256 = ? ORDER BY id"
            wanted = [version_id for (version_id,) in query(same, (reference.value,))]
        case _:
            wanted = [get_recorded(query, reference).id]
    for version_id in wanted:
        stored = get_by_id(query, version_id)
        moment = _moment(connection, stored.model_id, at)
        then = None if moment is None else moment.version(stored)
        if then is not None:
            yield then


def _named(connection: sa.Connection, reference: Reference, at: datetime) -> int | None:
    model_id = get_model(connection, reference.model or "")
    moment = _moment(connection, model_id, at)
    if moment is None:
        return None
    if reference.kind is ReferenceKind.LATEST:
        return moment.newest()
    parts = reference.value.split("-")
    slots = [(reference.value, DEFAULT_ENVIRONMENT)]  # then production-eu, as resolve does
    slots += [("-".join(parts[:i]), "-".join(parts[i:])) for i in range(1, len(parts))]
    for stage, environment in slots:
        holder = moment.holder(stage, environment) if is_single(stage) else None
        if holder is not None:
            return holder
    return moment.target(reference.value)


def _moment(connection: sa.Connection, model_id: int, at: datetime) -> Moment | None:
    until = last_event(connection, model_id, at)
    return None if until is None else Moment(connection, model_id, until)
