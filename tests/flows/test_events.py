"""Events reach a real Prefect server, and what is deployed there runs because of them."""

import json
import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from support.patience import until
from support.receivers import outward
from support.world import World

from registry_tasks.entities.subscription import Receiver
from registry_tasks.registry.catalogue.show import list_history
from registry_tasks.registry.outward.deliver import deliver
from registry_tasks.registry.outward.own_prefect import follow_prefect
from registry_tasks.registry.outward.sending import message_id
from registry_tasks.registry.outward.subscriptions import list_deliveries, list_subscriptions
from registry_tasks.stores.metadata.subscriptions import get
from registry_tasks.stores.outward import prefect_events

pytestmark = pytest.mark.slow
_PROGRAM = """
from pathlib import Path
from prefect import flow
from prefect.events import DeploymentEventTrigger

@flow
def release(model: str, version: int, before: str) -> None:
    with Path("SAID").open("a") as said:
        said.write(f"{model}@{version} from {before}\\n")

if __name__ == "__main__":  # the runs import it too
    release.serve(
        name="on-production",
        triggers=[
            DeploymentEventTrigger(
                expect={"registry.version.promoted"},
                match={
                    "prefect.resource.id": "registry.model.mower",
                    "registry.stage": "production",
                },
                parameters={
                    "model": "{{ event.resource['registry.model'] }}",
                    "version": "{{ event.payload.version }}",
                    "before": "{{ event.payload.before.stage }}",
                },
            )
        ],
    )
"""


@dataclass
class Served:
    """A deployment that waits for events, and what its runs said."""

    api: str
    said: Path

    def runs(self) -> list[str]:
        return self.said.read_text().splitlines() if self.said.exists() else []

    def ask(self, path: str, told: Any) -> Any:
        request = urllib.request.Request(
            f"{self.api}{path}", json.dumps(told).encode(), {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def is_waiting(self) -> bool:
        """Whether the server knows what starts it; automations of others are none of it."""
        names = (known["name"] for known in self.ask("/automations/filter", {}))
        return any("on-production" in name for name in names)

    def states(self) -> list[str]:
        return [run["state"]["type"] for run in self.ask("/flow_runs/filter", {})]

    def events(self, prefix: str) -> list[dict[str, Any]]:
        """What the server knows of events of ours, oldest first."""
        asked = {"filter": {"event": {"prefix": [prefix]}}, "limit": 50}
        return sorted(self.ask("/events/filter", asked)["events"], key=lambda e: e["occurred"])


@pytest.fixture
def served(prefect: Mapping[str, str], tmp_path: Path) -> Iterator[Served]:
    program, said, log = (tmp_path / name for name in ("release.py", "said.txt", "serve.log"))
    program.write_text(_PROGRAM.replace("SAID", str(said)))
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, str(program)],
            env={**os.environ, **prefect, "PREFECT_RUNNER_POLL_FREQUENCY": "1"},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # its runs end with it
        )
    try:
        found = Served(prefect["PREFECT_API_URL"], said)
        until(lambda: process.poll() is not None or found.is_waiting())
        assert process.poll() is None, log.read_text()
        yield found
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def test_a_promotion_to_production_starts_a_deployment(sqlite_world: World, served: Served) -> None:
    world = sqlite_world
    world.version(1)
    assert follow_prefect(outward(world, prefect_api=served.api))
    assert not follow_prefect(world.registry())
    world.raise_to("mower@1", "staging")
    deliver(world.registry())
    world.raise_to("mower@1", "production")

    assert deliver(world.registry()).failed == 0

    assert until(served.runs) == ["mower@1 from staging"]
    (subscription,) = list_subscriptions(world.registry())
    assert (subscription.receiver, subscription.waiting) == (Receiver.PREFECT, 0)
    to_staging, to_production = until(
        lambda: len(found := served.events("registry.version.promoted")) == 2 and found
    )
    assert to_staging["resource"]["registry.stage"] == "staging"
    resource = to_production["resource"]
    assert resource["prefect.resource.id"] == "registry.model.mower"
    assert (resource["registry.stage.before"], resource["registry.stage"]) == (
        "staging",
        "production",
    )
    related = {
        r["prefect.resource.role"]: r["prefect.resource.id"] for r in to_production["related"]
    }
    assert related["version"] == "registry.version.mower.1"
    assert related["actor"] == "registry.actor.ada"
    assert to_production["payload"]["after"] == {"stage": "production", "environment": "default"}

    event = next(e for e in list_history(world.registry()) if e.kind == "version.promoted")
    with world.registry().metadata.reading() as connection:
        again = message_id(get(connection, "prefect"), event)
    assert prefect_events.post(served.api, again, event, 10).is_taken  # as after a crash
    world.raise_to("mower@1", "experiment")
    world.raise_to("mower@1", "staging", "production")
    deliver(world.registry())
    until(lambda: len(served.runs()) >= 2)
    assert served.runs() == ["mower@1 from staging"] * 2


def test_what_prefect_does_not_take_waits(sqlite_world: World) -> None:
    world = sqlite_world
    world.version(1)
    follow_prefect(outward(world, prefect_api="http://127.0.0.1:9/api"))
    world.raise_to("mower@1", "staging")
    assert deliver(world.registry()).sent == 0
    waits = list_deliveries(world.registry())
    assert waits[0].why == "Connection refused"
    world.also["prefect_api"] = None
    assert deliver(world.registry()).failed == 0  # it is left to who knows a server
