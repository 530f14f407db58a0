"""Ask a Prefect server to run what is deployed there; loads no Prefect.

Source of the addresses: Prefect's REST API, https://docs.prefect.io/v3/api-ref/rest-api
"""

import base64
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote
from uuid import UUID, uuid4

import httpx
from pydantic import BaseModel

from registry_tasks.entities.errors import FlowNotDeployed, FlowRunNotFound, PrefectFailed

_PATIENCE_S: Final = 10.0
_OVER: Final = frozenset({"COMPLETED", "FAILED", "CANCELLED", "CRASHED"})


class State(BaseModel):
    """How a flow run stands, in Prefect's words."""

    type: str
    name: str
    message: str | None = None


class FlowRun(BaseModel):
    """A run of a deployed flow; ``start_time`` is None as long as no worker took it."""

    id: UUID
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

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")

    def start(self, deployment: str, parameters: Mapping[str, Any], key: str | None) -> FlowRun:
        """Let the next free worker run ``flow/deployment``, once a key.

        Raises: FlowNotDeployed, PrefectFailed.
        """
        with self._open() as client:
            there = client.get(f"/deployments/name/{quote(deployment)}")
            if there.status_code == httpx.codes.NOT_FOUND:
                raise FlowNotDeployed(self.url, deployment)
            told = {"parameters": dict(parameters), "idempotency_key": key}
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

    def look(self, uuid: UUID) -> FlowRun:
        """Return how a flow run stands. Raises: FlowRunNotFound, PrefectFailed."""
        with self._open() as client:
            found = client.get(f"/flow_runs/{uuid}")
            if found.status_code == httpx.codes.NOT_FOUND:
                raise FlowRunNotFound(str(uuid))
            return FlowRun.model_validate(_good(self.url, found))

    @contextmanager
    def _open(self) -> Iterator[httpx.Client]:
        try:
            with httpx.Client(
                base_url=self.url, timeout=_PATIENCE_S, headers=_credentials()
            ) as client:
                yield client
        except httpx.HTTPError as error:
            raise PrefectFailed(self.url, str(error) or type(error).__name__) from error


def _credentials() -> dict[str, str]:
    """Return what the server wants to know, from where Prefect's own programs take it."""
    if key := os.environ.get("PREFECT_API_KEY"):
        return {"Authorization": f"Bearer {key}"}
    if pair := os.environ.get("PREFECT_API_AUTH_STRING"):
        return {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}
    return {}


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
