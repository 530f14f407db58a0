"""Bring one deployment to what its definition says: what it runs, when, and upon which events."""

from pathlib import Path
from typing import Any, Final, cast
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.actions import DeploymentScheduleCreate
from prefect.client.schemas.objects import DeploymentSchedule
from prefect.client.schemas.responses import DeploymentResponse
from prefect.client.schemas.schedules import CronSchedule
from prefect.deployments.runner import RunnerDeployment
from prefect.events.schemas.automations import AutomationCore
from prefect.events.schemas.deployment_triggers import DeploymentTriggerTypes
from prefect.exceptions import ObjectNotFound
from pydantic import TypeAdapter, ValidationError

from registry_tasks.entities.errors import InvalidProject
from registry_tasks.faces.deploying.definitions import (
    DEPLOYMENTS,
    Definition,
    Schedule,
    WorkPool,
)

_TRIGGER: Final = TypeAdapter[Any](DeploymentTriggerTypes)
_COMPARED: Final = (
    "description",
    "entrypoint",
    "job_variables",
    "parameters",
    "work_pool_name",
    "work_queue_name",
)
_OF_AUTOMATION: Final = {"name", "description", "trigger", "actions"}


def apply_deployment(
    client: SyncPrefectClient, root: Path, pool: WorkPool, said: Definition
) -> tuple[str, str, tuple[str, ...]]:
    """Return its full name, what was done, and which fields were changed.

    Whether a schedule or a trigger is switched on is left as somebody switched it. Raises:
    InvalidProject.
    """
    wanted = _wanted(root, pool, said)
    name = wanted.full_name
    try:
        found: DeploymentResponse | None = client.read_deployment_by_name(name)
    except ObjectNotFound:
        found = None
    fields = () if found is None else _differing(found, wanted, said.schedules)
    if found is not None and found.path != str(root):
        fields = (*fields, "path")
    if found is None or fields:
        wanted.schedules = [_schedule(s, found) for s in said.schedules]
        uuid = cast("UUID", wanted.apply())  # a coroutine where a loop runs, and none does
        _move(client, uuid, root)
        _remove_schedules(client, found, said.schedules)
    else:
        uuid = found.id
    if _apply_triggers(client, uuid, name, said):
        fields = (*(f for f in fields), "triggers")
    outcome = "made" if found is None else "changed" if fields else "unchanged"
    return name, outcome, fields if found is not None else ()


def _wanted(root: Path, pool: WorkPool, said: Definition) -> RunnerDeployment:
    """Load the flow, which says which parameters it takes."""
    here = {"working_dir": str(root)} if pool.type == "process" else {}
    try:
        made: RunnerDeployment = RunnerDeployment.from_entrypoint(
            said.entrypoint,
            name=said.name,
            description=said.description or None,
            parameters=said.parameters,
            tags=list(said.tags),
            work_pool_name=said.work_pool.name,
            work_queue_name=said.work_pool.work_queue_name,
            job_variables=here | said.work_pool.job_variables,
        )
    except (ImportError, AttributeError, FileNotFoundError, ValueError) as error:
        raise InvalidProject(str(DEPLOYMENTS), f"deployment {said.name}: {error}") from error
    return made


def _differing(
    found: DeploymentResponse, wanted: RunnerDeployment, schedules: tuple[Schedule, ...]
) -> tuple[str, ...]:
    fields = [n for n in _COMPARED if getattr(found, n) != getattr(wanted, n)]
    if set(found.tags) != set(wanted.tags):
        fields.append("tags")
    known = found.parameter_openapi_schema or {}
    if known != wanted._parameter_openapi_schema.model_dump(
        exclude_unset=True
    ):  # has no other name
        fields.append("what the flow takes")
    if {_moments(s) for s in found.schedules} != {(s.slug, s.cron, s.timezone) for s in schedules}:
        fields.append("schedules")
    return tuple(fields)


def _move(client: SyncPrefectClient, uuid: UUID, root: Path) -> None:
    """Have the flow's code come from here: a worker copies what is there over its working folder.

    Prefect's own update leaves the path of the checkout that deployed first.
    """
    told = {"path": str(root)}
    client.request("PATCH", "/deployments/{id}", path_params={"id": uuid}, json=told)


def _moments(schedule: DeploymentSchedule) -> tuple[str | None, ...]:
    when = schedule.schedule
    if not isinstance(when, CronSchedule):
        return schedule.slug, None, None
    return schedule.slug, when.cron, when.timezone


def _schedule(said: Schedule, found: DeploymentResponse | None) -> DeploymentScheduleCreate:
    when = CronSchedule(cron=said.cron, timezone=said.timezone)
    if found is not None and said.slug in {s.slug for s in found.schedules}:
        return DeploymentScheduleCreate(slug=said.slug, schedule=when)
    return DeploymentScheduleCreate(slug=said.slug, schedule=when, active=said.active)


def _remove_schedules(
    client: SyncPrefectClient, found: DeploymentResponse | None, said: tuple[Schedule, ...]
) -> None:
    if found is None:
        return
    for schedule in found.schedules:
        if schedule.slug is not None and schedule.slug not in {s.slug for s in said}:
            client.delete_deployment_schedule(found.id, schedule.id)


def _apply_triggers(client: SyncPrefectClient, uuid: UUID, name: str, said: Definition) -> bool:
    """Return whether anything was changed. An automation is known by its deployment and name."""
    prefix = f"{name}: "
    related = client.read_resource_related_automations(f"prefect.deployment.{uuid}")
    found = {a.name: a for a in related if a.name.startswith(prefix)}
    is_changed = False
    for number, text in enumerate(said.triggers, start=1):
        wanted = _automation(uuid, prefix, number, said.name, text)
        there = found.pop(wanted.name, None)
        if there is None:
            client.create_automation(wanted)
        elif there.model_dump(include=_OF_AUTOMATION) != wanted.model_dump(include=_OF_AUTOMATION):
            wanted.enabled = there.enabled
            told = wanted.model_dump(mode="json", exclude={"owner_resource"})
            client.request("PUT", "/automations/{id}", path_params={"id": there.id}, json=told)
        else:
            continue
        is_changed = True
    for left in found.values():
        client.delete_automation(left.id)
    return is_changed or bool(found)


def _automation(
    uuid: UUID, prefix: str, number: int, deployment: str, text: dict[str, Any]
) -> AutomationCore:
    try:
        trigger = _TRIGGER.validate_python(text)
    except ValidationError as error:
        first = error.errors()[0]
        where = f"deployment {deployment}: trigger {number}"
        reason = f"{where}: {'.'.join(map(str, first['loc']))}: {first['msg']}"
        raise InvalidProject(str(DEPLOYMENTS), reason) from None
    trigger.name = f"{prefix}{trigger.name or number}"
    trigger.set_deployment_id(uuid)
    made: AutomationCore = trigger.as_automation()
    made.owner_resource = None  # or Prefect removes it whenever the deployment is changed
    return made
