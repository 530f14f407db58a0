"""Bring a Prefect server to what deployments/ says; done twice, the second time changes nothing.

By Prefect's client and not by `prefect deploy` of 3.8: that one makes no queues, says not what changed,
switches schedules on again that somebody switched off, and ends with an error after the first
deployment, because it asks with a limit of null, which the server refuses under today's FastAPI (422).
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from prefect import get_client
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.actions import WorkPoolCreate, WorkPoolUpdate
from prefect.client.schemas.filters import WorkPoolFilter, WorkPoolFilterName
from prefect.client.schemas.sorting import DeploymentSort
from prefect.exceptions import ObjectNotFound

from registry_tasks.entities.errors import InvalidProject
from registry_tasks.faces.deploying.definitions import (
    DEPLOYMENTS,
    WORK_POOL,
    Definitions,
    Queue,
    WorkPool,
)
from registry_tasks.faces.deploying.deployment import apply_deployment
from registry_tasks.faces.deploying.templates import read_template

_MOST: Final = 200
"""As many as Prefect lists at once."""


class Change(NamedTuple):
    """What was brought to what the files say: ``made``, ``changed``, ``unchanged`` or ``left``."""

    what: str
    outcome: str
    fields: tuple[str, ...] = ()


def deploy(root: Path, definitions: Definitions) -> Iterator[Change]:
    """Apply everything to the server that PREFECT_API_URL names, and tell it piece by piece.

    Must be called in the checkout's root, from where flows are loaded. Raises: InvalidProject for
    what Prefect does not take, httpx.HTTPError if it does not answer.
    """
    with get_client(sync_client=True) as client:
        yield _pool(client, root, definitions.pool)
        for queue in definitions.pool.queues:
            yield _queue(client, definitions.pool.name, queue)
        named = []
        for definition in definitions.deployments:
            name, outcome, fields = apply_deployment(client, root, definitions.pool, definition)
            named.append(name)
            yield Change(f"deployment {name}", outcome, fields)
        for name in _others(client, definitions.pool.name, named):
            yield Change(f"deployment {name}", "left", (f"it is not in {DEPLOYMENTS}",))


def _pool(client: SyncPrefectClient, root: Path, said: WorkPool) -> Change:
    what = f"work pool {said.name}"
    wanted: dict[str, Any] = {
        "description": said.description,
        "concurrency_limit": said.concurrency_limit,
    }
    if said.base_job_template is not None:
        wanted["base_job_template"] = read_template(root, said.base_job_template)
    try:
        found = client.read_work_pool(said.name)
    except ObjectNotFound:
        client.create_work_pool(WorkPoolCreate(name=said.name, type=said.type, **wanted))
        return Change(what, "made")
    if found.type != said.type:
        reason = f"the server has {said.name} as {found.type}, and a pool's type cannot be changed"
        raise InvalidProject(str(WORK_POOL), f"type: {reason}; take another name")
    fields = _differing(found, wanted)
    if fields:
        client.update_work_pool(said.name, WorkPoolUpdate(**wanted))
    return Change(what, "changed" if fields else "unchanged", fields)


def _queue(client: SyncPrefectClient, pool: str, said: Queue) -> Change:
    what = f"queue {pool}/{said.name}"
    wanted = said.model_dump(exclude={"name"} if said.description else {"name", "description"})
    try:
        found = client.read_work_queue_by_name(said.name, work_pool_name=pool)
    except ObjectNotFound:
        client.create_work_queue(said.name, work_pool_name=pool, **wanted)
        return Change(what, "made")
    fields = _differing(found, wanted)
    if fields:
        client.request("PATCH", "/work_queues/{id}", path_params={"id": found.id}, json=wanted)
    return Change(what, "changed" if fields else "unchanged", fields)


def _others(client: SyncPrefectClient, pool: str, named: list[str]) -> Iterator[str]:
    """Give the deployments to the work pool that no file names; somebody may want them."""
    flows: dict[Any, str] = {}
    found = client.read_deployments(
        work_pool_filter=WorkPoolFilter(name=WorkPoolFilterName(any_=[pool])),
        sort=DeploymentSort.NAME_ASC,
        limit=_MOST,
    )
    for deployment in found:
        if deployment.flow_id not in flows:
            flows[deployment.flow_id] = client.read_flow(deployment.flow_id).name
        name = f"{flows[deployment.flow_id]}/{deployment.name}"
        if name not in named:
            yield name


def _differing(found: Any, wanted: dict[str, Any]) -> tuple[str, ...]:
    """Name the fields that are not as wanted; no description is an empty one."""
    return tuple(n for n, value in wanted.items() if (getattr(found, n) or None) != (value or None))
