"""Become a Prefect worker for the checkout's flows, which `registry up` started in its root.

On a server of `registry up` the flows of deployments/prefect.yaml are deployed first, as the file
has them now; what is deployed on a server of one's own is nobody's to change here.
"""

import asyncio
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from ruamel.yaml import YAML

POOL: Final = "registry"
DEPLOYMENTS: Final = Path("deployments") / "prefect.yaml"
_TOLD: Final = ("name", "description", "parameters", "tags")


def work(*, deploys: bool) -> None:
    """Deploy if asked to and there is something, then be the worker; never comes back."""
    if deploys:
        asyncio.run(_deploy())
    kind = ("--type", "process", "--install-policy", "never")
    start = ("-m", "prefect", "--no-prompt", "worker", "start", "--pool", POOL, *kind)
    os.execv(sys.executable, (sys.executable, *start))


async def _deploy() -> None:
    """Make the work pool and the deployments; those that are there become as the file has them."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.actions import WorkPoolCreate
    from prefect.exceptions import ObjectAlreadyExists

    async with get_client() as client:
        with suppress(ObjectAlreadyExists):
            await client.create_work_pool(WorkPoolCreate(name=POOL, type="process"))
    for said in _deployments():
        await _apply(said)


async def _apply(said: dict[str, Any]) -> None:
    from prefect.client.schemas.actions import DeploymentScheduleCreate
    from prefect.client.schemas.schedules import CronSchedule
    from prefect.deployments.runner import RunnerDeployment

    schedules = [
        DeploymentScheduleCreate(
            schedule=CronSchedule(cron=s["cron"], timezone=s.get("timezone", "UTC")),
            active=s.get("active", True),
        )
        for s in said.get("schedules", ())
    ]
    made = RunnerDeployment.from_entrypoint(
        said["entrypoint"],
        schedules=schedules,
        work_pool_name=POOL,
        job_variables={"working_dir": str(Path.cwd())},
        **{name: said[name] for name in _TOLD if name in said},
    )
    await made.aapply()
    print(f"deployed {made.flow_name}/{made.name}", flush=True)


def _deployments() -> list[dict[str, Any]]:
    """Return what prefect.yaml says, such as it is read by `prefect deploy` too."""
    if not DEPLOYMENTS.is_file():
        return []
    document = YAML(typ="safe").load(DEPLOYMENTS.read_text())
    found: list[dict[str, Any]] = document.get("deployments") or []
    return found


if __name__ == "__main__":
    work(deploys="--deploy" in sys.argv[1:])
