"""A project that runs by itself: a Prefect server, workers and a registry's server that can be killed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Generic, TypeVar
from uuid import UUID

import httpx

from registry_tasks.settings import TOKEN
from support.garden import MODELS
from support.patience import until
from support.pipelines import Project
from support.prefect_server import PrefectServer
from support.worker_processes import answers, free_port

UNFINISHED: Final = frozenset({"SCHEDULED", "PENDING", "RUNNING", "CANCELLING"})
TIDY_EVERY_S: Final = 20.0
_SETTINGS: Final = MappingProxyType(
    {
        "PREFECT_SERVER_SERVICES_SCHEDULER_ENABLED": "true",
        "PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED": "true",
        "PREFECT_WORKER_QUERY_SECONDS": "1",
        "PREFECT_WORKER_PREFETCH_SECONDS": "1",
    }
)
WORK_POOL: Final = """
work_pool:
  name: registry
  type: process
  queues:
    - {name: default}
    - {name: training, concurrency_limit: 2, priority: 2}
"""
_RETRAIN: Final = """
  - name: {name}
    entrypoint: flows/retrain.py:retrain
    parameters: {{model: {name}, data: newest}}
    tags: [registry]
    triggers:
      - name: new data
        type: event
        expect: [registry.data.arrived]
        match: {{prefect.resource.id: registry.model.{name}}}
    work_pool: {{name: registry, work_queue_name: training}}
"""
DEPLOYMENTS: Final = f"""deployments:
{"".join(_RETRAIN.format(name=name) for name in MODELS)}
  - name: check-data
    entrypoint: flows/check_data.py:check_data
    tags: [registry]
    work_pool: {{name: registry}}
  - name: tidy
    entrypoint: flows/tidy.py:tidy
    parameters: {{patience_minutes: 0.75}}
    tags: [registry]
    work_pool: {{name: registry}}
"""
FILES: Final = MappingProxyType({"work-pool.yaml": WORK_POOL, "prefect.yaml": DEPLOYMENTS})
Kind = TypeVar("Kind", bound=Project)


class Prefect:
    """What a test asks Prefect's API; without a worker's help."""

    def __init__(self, address: str) -> None:
        self._address = address

    def ask(self, path: str, **body: Any) -> Any:
        """POST and return what it answers."""
        return self._call("POST", path, json=body)

    def look(self, path: str) -> Any:
        """GET and return what it answers."""
        return self._call("GET", path)

    def patch(self, path: str, **fields: Any) -> None:
        """PATCH some fields, as Prefect's page does when something is switched."""
        self._call("PATCH", path, json=fields)

    def delete(self, path: str) -> None:
        """DELETE something."""
        self._call("DELETE", path)

    def _call(self, method: str, path: str, **content: Any) -> Any:
        """Ask again while the server is busy, as Prefect's own client does."""
        for _ in range(60):
            answer = httpx.request(method, f"{self._address}/{path}", timeout=60, **content)
            if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
                break
            time.sleep(1)
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def run(self, deployment: str, minutes_ago: float = 0, **parameters: Any) -> UUID:
        """Ask for a run of ``flow/name`` that is due, or was due a while ago."""
        found = self.look(f"deployments/name/{deployment}")
        due = datetime.now(UTC) - timedelta(minutes=minutes_ago)
        state = {"type": "SCHEDULED", "state_details": {"scheduled_time": due.isoformat()}}
        made = self.ask(
            f"deployments/{found['id']}/create_flow_run", state=state, parameters=parameters
        )
        return UUID(made["id"])

    def runs(self, flows: Iterable[str] = ()) -> list[dict[str, Any]]:
        """Return the flow runs of deployments, the oldest first; of some flows or all."""
        asked = {"flows": {"name": {"any_": list(flows)}}} if flows else {}
        deployed = {"deployment_id": {"is_null_": False}}
        found: list[dict[str, Any]] = self.ask(
            "flow_runs/filter", **asked, flow_runs=deployed, sort="EXPECTED_START_TIME_ASC"
        )
        return found

    def run_of(self, uuid: UUID) -> dict[str, Any]:
        """Return one flow run."""
        run: dict[str, Any] = self.look(f"flow_runs/{uuid}")
        return run

    def ended(self, uuid: UUID) -> dict[str, Any]:
        """Wait until a flow run has ended, and return it."""
        until(lambda: not is_open(self.run_of(uuid)))
        return self.run_of(uuid)


def is_open(run: Mapping[str, Any]) -> bool:
    """Whether something may still come of a flow run."""
    return run["state_type"] in UNFINISHED


def endings(runs: Iterable[Mapping[str, Any]]) -> list[str]:
    """Name the states of runs."""
    return [str(run["state_name"]) for run in runs]


class ByItself(Generic[Kind]):
    """Servers, deployments and workers of a project, such as a garden."""

    def __init__(self, garden: Kind, home: Path) -> None:
        self.garden = garden
        home.mkdir(exist_ok=True)
        self.server = PrefectServer(home, _SETTINGS)
        self._workers: list[subprocess.Popen[bytes]] = []
        self._log, self._registry_log = home / "worker.log", home / "registry.log"
        self._registry: subprocess.Popen[bytes] | None = None
        self._port = free_port()

    @property
    def prefect(self) -> Prefect:
        """The server's API."""
        return Prefect(self.server.environment()["PREFECT_API_URL"])

    @property
    def address(self) -> str:
        """Where the registry's own server answers, if it runs."""
        return f"http://127.0.0.1:{self._port}"

    def begin(self, files: Mapping[str, str] = FILES) -> None:
        """Start Prefect's server and deploy what ``files`` of deployments/ say."""
        self.garden.commit({f"deployments/{name}": text for name, text in files.items()})
        self.server.start()
        self.registry("deploy")

    def registry(self, *arguments: str) -> str:
        """Run ``registry ...`` as a person does; returns what it says."""
        command = "from registry_tasks.faces.cli.app import main; main()"
        done = subprocess.run(
            [sys.executable, "-c", command, *arguments],
            cwd=self.garden.root,
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def environment(self) -> dict[str, str]:
        """What every process here is given."""
        return self.garden.environment(self.server.environment())

    def start_worker(self) -> subprocess.Popen[bytes]:
        """Start a worker as `registry up` does: what a dead one left is tidied up first."""
        with self._log.open("ab") as log:
            worker = subprocess.Popen(
                [sys.executable, "-m", "registry_tasks.faces.up.worker"],
                cwd=self.garden.root,
                env=self.environment(),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._workers.append(worker)
        return worker

    def start_registry(self) -> None:
        """Start the registry's server, which delivers events and carries on what people approved."""
        command = ["-m", "registry_tasks.faces.http.serve", f"--port={self._port}"]
        known = {name: told for name, told in self.environment().items() if name != TOKEN}
        with self._registry_log.open("ab") as log:
            self._registry = subprocess.Popen(
                [sys.executable, *command],
                env={**known, "REGISTRY_ALLOWED_RECEIVERS": "127.0.0.0/8"},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        until(lambda: answers(f"{self.address}/ready"))

    def kill_registry(self) -> None:
        """Kill the registry's server, and all that it started."""
        if self._registry is not None:
            os.killpg(self._registry.pid, signal.SIGKILL)
            self._registry.wait()
            self._registry = None

    def kill_workers(self) -> None:
        """Kill every process that works on this registry at once but its server, as a power cut does."""
        for worker in self._workers:
            worker.kill()
        for pid in self._processes():
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        for worker in self._workers:
            worker.wait()
        self._workers.clear()
        until(lambda: not self._processes())

    def end(self) -> None:
        """Leave no process behind."""
        self.kill_workers()
        self.kill_registry()
        self.server.kill()

    def next_run(self, deployment: str, known: Collection[str]) -> UUID:
        """Wait until there is a run of ``flow/name`` that is not known yet."""
        flow, _, name = deployment.partition("/")

        def found() -> list[str]:
            runs = self.prefect.ask(
                "flow_runs/filter",
                flows={"name": {"any_": [flow]}},
                deployments={"name": {"any_": [name]}},
            )
            return [run["id"] for run in runs if run["id"] not in known]

        return UUID(until(found)[0])

    def settle(self, deadline_s: float = 600) -> list[dict[str, Any]]:
        """Wait until no run is open; what goes on for long is tidied up, as the schedule does."""
        began = tidied = time.monotonic()
        while any(map(is_open, self.prefect.runs())):
            now = time.monotonic()
            assert now - began < deadline_s, f"{self.prefect.runs()}\n{self.worker_log()}"
            if any(map(is_open, self.prefect.runs(["tidy"]))):
                tidied = now
            elif now - tidied > TIDY_EVERY_S:
                self.prefect.run("tidy/tidy")
            time.sleep(1)
        return self.prefect.runs()

    def worker_log(self) -> str:
        """Return the end of what the workers said."""
        return self._log.read_text(errors="replace")[-6000:] if self._log.exists() else ""

    def registry_log(self) -> str:
        """Return the end of what the registry's server said."""
        log = self._registry_log
        return log.read_text(errors="replace")[-6000:] if log.exists() else ""

    def _processes(self) -> list[int]:
        mark = f"REGISTRY_STATE={self.garden.state}".encode()
        spared = None if self._registry is None else str(self._registry.pid)
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                is_ours = mark in (folder / "environ").read_bytes().split(b"\0")
                stat = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:  # it has ended
                continue
            state, session = stat[0], stat[3]
            is_ours = is_ours and session != spared
            if is_ours and state != "Z" and int(folder.name) != os.getpid():
                found.append(int(folder.name))
        return found
