"""Look for new data and for drift, and say so by events that start retrainings."""

from typing import Final

from prefect import get_run_logger, task
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


def models_here() -> tuple[str, ...]:
    """Read: the models of the checkout."""
    with Registry.open() as registry:
        return declared(registry)


@task(name="look for new data", task_run_name="new data for {model}?", **READS)
def find_news(model: str) -> News:
    """Read: what is new; an event says so, with all of it."""
    with Registry.open() as registry:
        news = look_for_news(registry, model)
    get_run_logger().info("%s: %s", model, "; ".join(news.what) or "nothing new")
    if news.what:
        _emit(ARRIVED, model, news)
    return news


@task(name="measure drift", task_run_name="has data of {model} drifted?", **READS)
def find_drift(model: str) -> Drift | None:
    """Compute: drift of the newest data; beyond the bound an event says so, with all its figures."""
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
    resource = {"prefect.resource.id": f"registry.model.{model}", "prefect.resource.name": model}
    emit_event(event, resource=resource, payload=facts.model_dump(mode="json"))
