"""Deploy: record where a version is used, since when, until when and by whom."""

from datetime import datetime

from pydantic import JsonValue

from registry_tasks.entities.deployment import (
    Deploying,
    Deployment,
    EndDeployment,
    StartDeployment,
)
from registry_tasks.entities.errors import DeploymentNotFound, InvalidSetting
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.reference import Reference
from registry_tasks.registry.carry_out import carry_out
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.metadata import deployments, events
from registry_tasks.stores.metadata.lookup import (
    StoredVersion,
    check_has_bytes,
    get_recorded,
    get_version,
)
from registry_tasks.stores.metadata.query import through
from registry_tasks.stores.metadata.store import Transaction


def start_deployment(registry: Registry, request: StartDeployment) -> Deploying:
    """Record that a version is used at a place; one that is used there already stays as it is.

        What it replaces ended when it began. Raises: ModelNotFound, VersionNotFound, VersionDeleted,
    InvalidSetting for a time that is still to come.
    """
    reference = Reference.parse(request.ref)

    def act(tx: Transaction) -> Deploying:
        _check_over(tx, "since", request.since)
        stored = get_version(through(tx.connection), reference)
        check_has_bytes(through(tx.connection), stored.version)
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
            ended = [_end(tx, _stored(tx, other), other, why, request.since) for other in others]
        mine = next((each for each in there if each.version == stored.version.ref), None)
        if mine is None:
            mine = deployments.start(tx, stored, request)
            _append(tx, EventKind.DEPLOYMENT_STARTED, stored, request.reason, None, _told(mine))
        return Deploying(deployment=mine, ended=tuple(ended))

    return carry_out(registry, request, act, Deploying)


def end_deployment(registry: Registry, request: EndDeployment) -> Deployment:
    """Record that a version is not used at a place any more; one that ended stays as it ended.

    Raises: ModelNotFound, VersionNotFound, DeploymentNotFound if it was never used there,
    InvalidSetting for a time that is still to come, or before it began.
    """
    reference = Reference.parse(request.ref)

    def act(tx: Transaction) -> Deployment:
        _check_over(tx, "until", request.until)
        stored = get_recorded(through(tx.connection), reference)
        environment, place = request.environment, request.place
        last = deployments.find_last(tx.connection, stored.id, environment, place)
        if last is None:
            raise DeploymentNotFound(stored.version.ref, environment, place)
        if last.until is not None:
            return last
        if request.until is not None and request.until < last.since:
            reason = f"the deployment began at {last.since.isoformat()}"
            raise InvalidSetting("until", request.until.isoformat(), reason)
        return _end(tx, stored, last, request.reason, request.until)

    return carry_out(registry, request, act, Deployment)


def _stored(tx: Transaction, deployment: Deployment) -> StoredVersion:
    return get_recorded(through(tx.connection), Reference.parse(deployment.version))


def _check_over(tx: Transaction, name: str, time: datetime | None) -> None:
    if time is not None and time > tx.at:
        reason = f"it is still to come; by the registry's clock it is {tx.at.isoformat()}"
        raise InvalidSetting(name, time.isoformat(), reason)


def _end(
    tx: Transaction,
    stored: StoredVersion,
    last: Deployment,
    reason: str,
    until: datetime | None,
) -> Deployment:
    over = deployments.end(tx, last, until)
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
    """What its events hold of it, but for who, which they say themselves."""
    fields = {"uuid", "environment", "place", "since", "until"}
    told: JsonValue = deployment.model_dump(mode="json", include=fields)
    return told
