"""Look for new data and for drift, and say so by events that start retrainings."""

import json
from typing import Final
from uuid import UUID, uuid5

from httpx import HTTPError
from prefect import get_client, get_run_logger, task
from prefect.events import emit_event

from registry_tasks.entities.drift import Drift
from registry_tasks.entities.news import News
from registry_tasks.registry.experiments.drift import measure_drift
from registry_tasks.registry.experiments.newest_data import declared, look_for_news
from registry_tasks.registry.registry import Registry
from registry_tasks.tasks.reports import show_drift
from registry_tasks.tasks.retrying import READS

ARRIVED: Final = "registry.data.arrived"
DRIFTED: Final = "registry.data.drifted"
_OURS: Final = UUID("6f0d6a0e-6f0a-4a7e-9a55-0f3c1d8e2b41")


def models_here() -> tuple[str, ...]:
    """Read: the models of the checkout."""
    with Registry.open() as registry:
        return declared(registry)


@task(name="look for new data", task_run_name="new data for {model}?", **READS)
def find_news(model: str) -> News:
    """Read: what is new; an event says so once, with all of it."""
    with Registry.open() as registry:
        news = look_for_news(registry, model)
    get_run_logger().info("%s: %s", model, "; ".join(news.what) or "nothing new")
    if news.what:
        _emit(ARRIVED, model, news)
    return news


@task(name="measure drift", task_run_name="has data of {model} drifted?", **READS)
def find_drift(model: str) -> Drift | None:
    """Compute: drift of the newest data; beyond the bound an event says so once, with its figures."""
    with Registry.open() as registry:
        drift = measure_drift(registry, model)
    if drift is None:
        return None
    show_drift(drift)
    told = ", ".join(f"{c.column} {c.index:.3g}" for c in drift.columns[:5])
    get_run_logger().info("%s against %s: %s", drift.newest, drift.version, told)
    if drift.beyond:
        _emit(DRIFTED, model, drift)
    return drift


def _emit(event: str, model: str, facts: News | Drift) -> None:
    """Emit an event, unless Prefect has it: one that says the same has the same id."""
    told = facts.model_dump(mode="json")
    name = uuid5(_OURS, json.dumps([event, told], sort_keys=True))
    if _is_known(name):
        get_run_logger().info("%s: %s was said before of this data", model, event)
        return
    resource = {"prefect.resource.id": f"registry.model.{model}", "prefect.resource.name": model}
    emit_event(event, resource=resource, payload=told, id=name)


def _is_known(name: UUID) -> bool:
    """Whether Prefect still has an event; one that cannot be asked for is said rather twice."""
    asked = {"filter": {"id": {"id": [str(name)]}}, "limit": 1}
    try:
        with get_client(sync_client=True) as client:
            found = client.request("POST", "/events/filter", json=asked)
            found.raise_for_status()
    except HTTPError as error:
        get_run_logger().warning("nobody can tell what was said before: %s", error)
        return False
    return bool(found.json()["events"])
