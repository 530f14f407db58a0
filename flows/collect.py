"""Collect: take bytes that nobody has needed for a while out of the remote."""

from registry_tasks.entities.collection import Collection
from registry_tasks.tasks.care import collect_unneeded
from registry_tasks.tasks.lasting import lasting_flow


@lasting_flow(name="collect", flow_run_name="collect what nobody needs")
def collect(days: int = 7, repositories: tuple[str, ...] = ()) -> Collection:
    """Name a checkout of each of the store's other repositories."""
    return collect_unneeded(days, repositories)
