"""Archive: take out of sight what a model's retention policy says, never what is in use."""

from registry_tasks.entities.promotion import Transition
from registry_tasks.tasks.lasting import lasting_flow
from registry_tasks.tasks.moves import archive_superseded


@lasting_flow(name="archive", flow_run_name="archive {model}")
def archive(model: str) -> Transition:
    """Return what was moved."""
    return archive_superseded(model)
