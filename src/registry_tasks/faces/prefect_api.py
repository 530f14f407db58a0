"""Ask a Prefect server to run what is deployed there; loads no Prefect.

Source of the addresses: Prefect's REST API, https://docs.prefect.io/v3/api-ref/rest-api
"""

import random
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote
from uuid import UUID, uuid4

import httpx
from pydantic import BaseModel

from registry_tasks.entities.errors import FlowNotDeployed, FlowRunNotFound, PrefectFailed
from registry_tasks.settings import prefect_credentials

_PATIENCE_S: Final = 10.0
_FIRST_PAUSE_S: Final = 0.1
_BUSY: Final = frozenset({429, 502, 503})
"""It did nothing; with SQLite below it, because others write."""
_OVER: Final = frozenset({"COMPLETED", "FAILED", "CANCELLED", "CRASHED"})


class State(BaseModel):
    """How a flow run stands, in Prefect's words."""

    type: str
    name: str
    message: str | None = None


class FlowRun(BaseModel):
    """A run of a deployed flow; ``start_time`` is None as long as no worker took it."""

    id: UUID
    flow_id: UUID
    name: str
    parameters: dict[str, Any] = {}
    state: State | None = None
    start_time: datetime | None = None
    end_time: datetime | None = None

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state is not None and self.state.type in _OVER


class PrefectApi:
    """A Prefect server, named as ``PREFECT_API_URL`` names it."""

    def __init__(self, url: str, patience_s: float = _PATIENCE_S) -> None:
        self.url, self._patience_s = url.rstrip("/"), patience_s

    def start(
        self,
        deployment: str,
        parameters: Mapping[str, Any],
        key: str | None,
        name: str | None = None,
    ) -> FlowRun:
        """Let the next free worker run ``flow/deployment``, once a key.

        Raises: FlowNotDeployed, PrefectFailed.
        """
        with self._open() as client:
            there = client.get(f"/deployments/name/{quote(deployment)}")
            if there.status_code == httpx.codes.NOT_FOUND:
                raise FlowNotDeployed(self.url, deployment)
            told = {"parameters": dict(parameters), "idempotency_key": key or str(uuid4())}
            if name is not None:
                told["name"] = name
            made = client.post(
                f"/deployments/{_good(self.url, there)['id']}/create_flow_run",
                json=told,
                headers=_meant(client),
            )
            return FlowRun.model_validate(_good(self.url, made))

    def under_way(self, deployment: str) -> tuple[FlowRun, ...]:
        """Return runs of ``flow/deployment`` that are not over, the newest first; 50 at most.

        Raises: PrefectFailed.
        """
        flow, _, name = deployment.partition("/")
        asked = {
            "flows": {"name": {"any_": [flow]}},
            "deployments": {"name": {"any_": [name]}},
            "flow_runs": {"state": {"type": {"any_": ["SCHEDULED", "PENDING", "RUNNING"]}}},
            "sort": "EXPECTED_START_TIME_DESC",
            "limit": 50,
        }
        with self._open() as client:
            found = client.post("/flow_runs/filter", json=asked, headers=_meant(client))
            return tuple(map(FlowRun.model_validate, _good(self.url, found)))

    def look(self, uuid: UUID, flow: str) -> FlowRun:
        """Return how a run of one flow stands. Raises: FlowRunNotFound, PrefectFailed."""
        with self._open() as client:
            found = client.get(f"/flow_runs/{uuid}")
            if found.status_code == httpx.codes.NOT_FOUND:
                raise FlowRunNotFound(str(uuid))
            run = FlowRun.model_validate(_good(self.url, found))
            if _good(self.url, client.get(f"/flows/{run.flow_id}"))["name"] != flow:
                raise FlowRunNotFound(str(uuid))
            return run

    @contextmanager
    def _open(self) -> Iterator[httpx.Client]:
        try:
            with _Client(self.url, self._patience_s) as client:
                yield client
        except httpx.HTTPError as error:
            raise PrefectFailed(self.url, str(error) or type(error).__name__) from error


class _Client(httpx.Client):
    """Asks again while the server is too busy, as long as its patience lasts."""

    def __init__(self, url: str, patience_s: float) -> None:
        super().__init__(base_url=url, timeout=patience_s, headers=prefect_credentials())
        self._until = time.monotonic() + patience_s

    def send(self, request: httpx.Request, **how: Any) -> httpx.Response:
        pause = _FIRST_PAUSE_S * (0.5 + random.random())
        while True:
            answer = super().send(request, **how)
            if answer.status_code not in _BUSY or time.monotonic() + pause > self._until:
                return answer
            time.sleep(pause)
            pause *= 2


def _meant(client: httpx.Client) -> dict[str, str]:
    """Return what a server with protection against forged requests wants to see with a change."""
    asked = str(uuid4())
    told = client.get("/csrf-token", params={"client": asked})
    if told.status_code != httpx.codes.OK:  # it has no such protection
        return {}
    return {"Prefect-Csrf-Client": asked, "Prefect-Csrf-Token": told.json()["token"]}


def _good(url: str, answer: httpx.Response) -> Any:
    if not answer.is_success:
        raise PrefectFailed(url, f"it answers {answer.status_code}: {answer.text[:300]}")
    return answer.json()
