"""Tidy: end what dead processes left, in Prefect and in the registry, and begin their work again."""

from datetime import timedelta

from registry_tasks.entities.tidied import Tidied
from registry_tasks.tasks.lasting import lasting_flow
from registry_tasks.tasks.tidying import end_dead_flow_runs, finish_what_was_left


@lasting_flow(name="tidy", flow_run_name="tidy up")
def tidy(pool: str = "registry", patience_minutes: float = 15) -> Tidied:
    """Return what there was to finish."""
    return finish_what_was_left(end_dead_flow_runs(pool, timedelta(minutes=patience_minutes)))
