"""Archive: take out of sight what a model's retention policy says, never what is in use."""

from prefect import flow

from registry_tasks.entities.promotion import Transition
from registry_tasks.tasks.moves import archive_superseded


@flow(name="archive", flow_run_name="archive {model}", persist_result=False)
def archive(model: str) -> Transition:
    """Return what was moved."""
    return archive_superseded(model)
