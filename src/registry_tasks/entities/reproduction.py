"""Rebuilding a version from its record: who asks a worker for it, and what came of it."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from registry_tasks.entities.entity import Entity
from registry_tasks.entities.permission import Permission
from registry_tasks.entities.request import Request


class Verdict(StrEnum):
    """Graded: the same bytes, the same metrics within tolerance, or neither."""

    IDENTICAL = "identical"
    EQUIVALENT = "equivalent"
    DIFFERENT = "different"


class Difference(Entity):
    """One output or metric that came out otherwise; ``found`` is None when it is missing."""

    stage: str | None
    what: str
    recorded: str
    found: str | None


class Reproduction(Entity):
    """A verdict, with the first DVC stage in pipeline order whose outputs differ."""

    version: str  # reference
    verdict: Verdict
    first_different_stage: str | None
    differences: tuple[Difference, ...]
    outputs: int  # how many files were compared
    duration_s: float
    at: datetime
    by: str


class Reproduce(Request):
    """Let a worker of Prefect rebuild a version and compare every output."""

    needs: ClassVar = Permission.RECORD

    ref: str


class RebuildRun(Entity):
    """A flow run that rebuilds a version; its verdict is in the version's history.

    ``state`` is of Prefect's kinds, such as ``scheduled``, ``running`` or ``completed``;
    ``state_name`` says it more exactly. ``started_at`` is None as long as no worker took it. ``page``
    is the dashboard's, a path on the server that answers unless ``REGISTRY_DASHBOARD_URL`` is set.
    """

    uuid: str
    ref: str
    name: str  # of the flow run
    state: str
    state_name: str
    message: str
    started_at: datetime | None
    ended_at: datetime | None
    is_over: bool
    page: str
