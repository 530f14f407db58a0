"""What happened: appended with every change, never touched again.

A kind is ``noun.participle``: the noun that changed and what was done to it.
"""

from datetime import datetime
from enum import StrEnum
from typing import Final

from pydantic import JsonValue

from registry_tasks.entities.entity import Entity


class EventKind(StrEnum):
    """Every auditable act."""

    MODEL_CREATED = "model.created"
    MODEL_DESCRIBED = "model.described"
    MODEL_NOTED = "model.noted"
    MODEL_TAGGED = "model.tagged"
    SCHEMA_PUT = "schema.put"
    SCHEMA_REMOVED = "schema.removed"
    DATASET_DESCRIBED = "dataset.described"
    RUN_STARTED = "run.started"
    RUN_FINISHED = "run.finished"
    RUN_FAILED = "run.failed"
    RUN_COMPARED = "run.compared"
    VERSION_REGISTERED = "version.registered"
    VERSION_CONFIRMED = "version.confirmed"
    VERSION_DESCRIBED = "version.described"
    VERSION_NOTED = "version.noted"
    VERSION_TAGGED = "version.tagged"
    VERSION_REFUSED = "version.refused"
    VERSION_PROMOTED = "version.promoted"
    VERSION_DISPLACED = "version.displaced"
    VERSION_ROLLED_BACK = "version.rolled_back"
    VERSION_ARCHIVED = "version.archived"
    VERSION_RESTORED = "version.restored"
    VERSION_REPRODUCED = "version.reproduced"
    VERSION_DRILLED = "version.drilled"
    VERSION_DRILL_FAILED = "version.drill_failed"
    VERSION_REGRADED = "version.regraded"
    VERSION_BYTES_DROPPED = "version.bytes_dropped"
    VERSION_BYTES_REMADE = "version.bytes_remade"
    VERSION_DELETED = "version.deleted"
    VERSION_HELD = "version.held"
    VERSION_RELEASED = "version.released"
    ALIAS_MOVED = "alias.moved"
    ALIAS_REMOVED = "alias.removed"
    DEPLOYMENT_STARTED = "deployment.started"
    DEPLOYMENT_ENDED = "deployment.ended"
    SWEEP_STARTED = "sweep.started"
    SWEEP_ENDED = "sweep.ended"
    APPROVAL_REQUESTED = "approval.requested"
    APPROVAL_DECIDED = "approval.decided"
    APPROVAL_CLOSED = "approval.closed"
    OBJECTS_COLLECTED = "objects.collected"
    ACCOUNT_ADDED = "account.added"
    ACCOUNT_CLOSED = "account.closed"
    RIGHT_GRANTED = "right.granted"
    RIGHT_REVOKED = "right.revoked"
    TOKEN_ISSUED = "token.issued"
    TOKEN_REVOKED = "token.revoked"
    SUBSCRIPTION_ADDED = "subscription.added"
    SUBSCRIPTION_REMOVED = "subscription.removed"
    SUBSCRIPTION_ROTATED = "subscription.rotated"
    SUBSCRIPTION_TESTED = "subscription.tested"
    SUBSCRIPTION_REPLAYED = "subscription.replayed"
    SUBSCRIPTION_ENDED = "subscription.ended"


MOVES: Final = (
    EventKind.VERSION_PROMOTED,
    EventKind.VERSION_DISPLACED,
    EventKind.VERSION_ROLLED_BACK,
    EventKind.VERSION_ARCHIVED,
    EventKind.VERSION_RESTORED,
)
"""Kinds whose ``before`` and ``after`` hold a stage and an environment."""


class Event(Entity):
    """One change: who, when, what, why, before and after."""

    sequence: int
    at: datetime
    actor: str
    kind: EventKind
    model: str | None
    version: int | None  # number
    run: str | None
    reason: str
    before: JsonValue
    after: JsonValue
