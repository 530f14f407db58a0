"""A registry whose worker runs the flows of approvals on a Prefect server."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import httpx

from registry_tasks.faces.prefect_api import FlowRun, PrefectApi
from support.patience import until
from support.world import World

ROOT: Final = Path(__file__).parents[2]
DASHBOARD: Final = "https://registry.example.org"
DEPLOYED: Final = """
deployments:
  - name: promote
    entrypoint: flows/promote.py:promote
  - name: approval
    entrypoint: flows/decide.py:decide
"""


@dataclass(frozen=True)
class Desk:
    """A registry whose worker runs flows on a Prefect server."""

    world: World
    prefect: PrefectApi
    log: Path

    def run(self, deployment: str, **parameters: Any) -> FlowRun:
        """Let the worker run a flow to its end."""
        asked = self.prefect.start(deployment, parameters, None)
        return until(lambda: self.ended(asked.id))

    def submit(self, deployment: str, **fields: Any) -> httpx.Response:
        """Send a form as Prefect's page does, again while the server is busy."""
        found = httpx.get(f"{self.prefect.url}/deployments/name/{deployment}", timeout=60).json()
        told = {"name": "by the page", "parameters": fields, "state": {"type": "SCHEDULED"}}
        address = f"{self.prefect.url}/deployments/{found['id']}/create_flow_run"

        def sent() -> httpx.Response | None:
            answer = httpx.post(address, json=told, timeout=60)
            return None if answer.status_code == httpx.codes.SERVICE_UNAVAILABLE else answer

        return until(sent)

    def ended(self, uuid: Any) -> FlowRun | None:
        found = httpx.get(f"{self.prefect.url}/flow_runs/{uuid}", timeout=60)
        run = FlowRun.model_validate(found.json())
        return run if run.is_over else None

    def runs(self, request: str) -> list[FlowRun]:
        """All runs that go on from a request."""
        asked = {"flow_runs": {"idempotency_key": {"any_": [request]}}}
        found = httpx.post(f"{self.prefect.url}/flow_runs/filter", json=asked, timeout=60)
        return [FlowRun.model_validate(one) for one in found.json()]

    def shown(self, run: FlowRun) -> str:
        """All that a run shows: texts, tables, links."""
        asked = {"artifacts": {"flow_run_id": {"any_": [str(run.id)]}}}
        found = httpx.post(f"{self.prefect.url}/artifacts/filter", json=asked, timeout=60)
        return "\n".join(str(one["data"]) for one in found.json())


def deploy_flows(world: World) -> None:
    (world.root / "flows").mkdir()
    for name in ("promote.py", "decide.py"):
        shutil.copy(ROOT / "flows" / name, world.root / "flows" / name)
    world.commit({"deployments/prefect.yaml": DEPLOYED})


@contextmanager
def working(world: World, told: Mapping[str, str]) -> Iterator[Path]:
    """Have a worker; gives its log."""
    log = world.folder / "worker.log"
    variables = {
        **os.environ,
        **world.variables(),
        **told,
        "REGISTRY_DASHBOARD_URL": DASHBOARD,
        "PREFECT_WORKER_QUERY_SECONDS": "1",
    }
    with log.open("wb") as output:
        worker = subprocess.Popen(
            [sys.executable, "-m", "registry_tasks.faces.up.worker", "--deploy"],
            cwd=world.root,
            env=variables,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        until(lambda: _is_up(worker, log))
        yield log
    finally:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()


def _is_up(worker: subprocess.Popen[bytes], log: Path) -> bool:
    said = log.read_text()
    assert worker.poll() is None, said
    return "started!" in said
