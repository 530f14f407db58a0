"""Check data: has a source something new, has the newest data drifted? Events start what follows."""

from registry_tasks.entities.news import DataCheck
from registry_tasks.tasks.answers import told_checks
from registry_tasks.tasks.data import find_drift, find_news, models_here
from registry_tasks.tasks.lasting import lasting_flow


@lasting_flow(name="check-data", flow_run_name="check data", tells=told_checks)
def check_data(models: tuple[str, ...] = ()) -> tuple[DataCheck, ...]:
    """Look at the models that are named, else at all that the checkout declares."""
    return tuple(
        DataCheck(news=find_news(model), drift=find_drift(model))
        for model in models or models_here()
    )
