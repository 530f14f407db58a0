"""Deploy: record where a version is used, since when, until when and by whom."""

from pydantic import JsonValue

from registry_tasks.entities.deployment import (
    Deploying,
    Deployment,
    EndDeployment,
    StartDeployment,
)
from registry_tasks.entities.errors import DeploymentNotFound
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.reference import Reference
from registry_tasks.registry.carry_out import carry_out
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.metadata import deployments, events
from registry_tasks.stores.metadata.lookup import (
    StoredVersion,
    get_recorded,
    get_version,
)
from registry_tasks.stores.metadata.query import through
from registry_tasks.stores.metadata.store import Transaction


def start_deployment(registry: Registry, request: StartDeployment) -> Deploying:
    """Record that a version is used at a place; one that is used there already stays as it is.

    Raises: ModelNotFound, VersionNotFound, VersionDeleted.
    """
    reference = Reference.parse(request.ref)

    def act(tx: Transaction) -> Deploying:
        stored = get_version(through(tx.connection), reference)
        here = (request.environment, request.place)
        there = [
            each
            for each in deployments.list_open(tx.connection, stored.model_id)
            if (each.environment, each.place) == here
        ]
        ended = []
        if request.replace:
            why = request.reason or f"replaced by {stored.version.ref}"
            others = [each for each in there if each.version != stored.version.ref]
            ended = [_end(tx, _stored(tx, other), other, why) for other in others]
        mine = next((each for each in there if each.version == stored.version.ref), None)
        if mine is None:
            mine = deployments.start(tx, stored, request)
            _append(tx, EventKind.DEPLOYMENT_STARTED, stored, request.reason, None, _told(mine))
        return Deploying(deployment=mine, ended=tuple(ended))

    return carry_out(registry, request, act, Deploying)


def end_deployment(registry: Registry, request: EndDeployment) -> Deployment:
    """Record that a version is not used at a place any more; one that ended stays as it ended.

    Raises: ModelNotFound, VersionNotFound, DeploymentNotFound if it was never used there.
    """
    reference = Reference.parse(request.ref)

    def act(tx: Transaction) -> Deployment:
        stored = get_recorded(through(tx.connection), reference)
        environment, place = request.environment, request.place
        last = deployments.find_last(tx.connection, stored.id, environment, place)
        if last is None:
            raise DeploymentNotFound(stored.version.ref, environment, place)
        return last if last.until is not None else _end(tx, stored, last, request.reason)

    return carry_out(registry, request, act, Deployment)


def _stored(tx: Transaction, deployment: Deployment) -> StoredVersion:
    return get_recorded(through(tx.connection), Reference.parse(deployment.version))


def _end(tx: Transaction, stored: StoredVersion, last: Deployment, reason: str) -> Deployment:
    over = deployments.end(tx, last)
    _append(tx, EventKind.DEPLOYMENT_ENDED, stored, reason, _told(last), _told(over))
    return over


def _append(
    tx: Transaction,
    kind: EventKind,
    stored: StoredVersion,
    reason: str,
    before: JsonValue,
    after: JsonValue,
) -> None:
    events.append(
        tx,
        kind,
        model=stored.model_id,
        version=stored.id,
        reason=reason,
        before=before,
        after=after,
    )


def _told(deployment: Deployment) -> JsonValue:
    """What its events hold of it, but for who and since when, which they say themselves."""
    fields = {"uuid", "environment", "place", "until"}
    told: JsonValue = deployment.model_dump(mode="json", include=fields)
    return told
