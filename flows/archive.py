"""Archive: take out of sight what a model's retention policy says, never what is in use or held."""

from registry_tasks.entities.promotion import Transition
from registry_tasks.tasks.lasting import lasting_flow
from registry_tasks.tasks.moves import archive_superseded
from registry_tasks.tasks.remaking import drop_archived


@lasting_flow(name="archive", flow_run_name="archive {model}")
def archive(model: str) -> Transition:
    """Return what was moved; bytes that policy keeps no longer are let go of as well."""
    moved = archive_superseded(model)
    drop_archived(model)
    return moved
